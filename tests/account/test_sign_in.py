"""Signing in: one-use link, password, second factor; wrong tries; sessions; the typed text that is not lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tadbir.councils.actions.enrolling import ENROLMENT_LIFE, make_enrolment
from tadbir.councils.clock import CASABLANCA, now, simulated
from tadbir.councils.limits import LIMITS, MINUTE, Limit, opens_at, wait
from tadbir.councils.models import Enrolment
from tadbir.councils.scope import council_scope
from tests.account.conftest import PASSWORD, Agent, code_of, stored_secret
from tests.factories import Office

pytestmark = pytest.mark.django_db


def test_an_agent_enrols_then_sets_a_second_factor_before_the_office_opens(officer: Agent) -> None:
    answer = officer.enrol()
    assert (answer.status_code, answer.url) == (302, officer.url("account/second-factor/"))
    office = officer.get("office/")
    assert (office.status_code, office.url) == (302, officer.url("account/second-factor/"))
    page = officer.get("account/second-factor/")
    assert page.status_code == 200
    answer = officer.set_totp()
    assert answer.url == officer.url("account/security/recovery-codes/")
    codes = officer.get("account/security/recovery-codes/")
    assert codes.content.count(b"<code>") == 10
    assert officer.get("office/").status_code == 200
    assert officer.secret not in stored_secret(officer.person.account_id)


def test_a_link_works_once_and_looking_at_it_does_not_use_it(bureau: Office) -> None:
    agent = Agent(bureau, bureau.officer)
    with council_scope(bureau.council):
        token = make_enrolment(bureau.officer)
    path, fields = f"account/enrol/{token}/", {"password1": PASSWORD, "password2": PASSWORD}
    assert agent.get(path).status_code == agent.get(path).status_code == 200
    assert agent.post(path, {"password1": PASSWORD, "password2": "another one, longer"}).status_code == 200
    assert agent.post(path, {"password1": "123456789012", "password2": "123456789012"}).status_code == 200
    assert agent.post(path, fields).status_code == 302
    assert Client().get(agent.url(path)).status_code == 410
    assert Client().post(agent.url(path), fields).status_code == 410


def test_an_old_link_and_the_link_of_another_council_are_refused(bureau: Office) -> None:
    from tests.factories import make_office

    other = make_office("12.066", "aou")
    with council_scope(bureau.council):
        token = make_enrolment(bureau.officer)
    assert Client().get(f"/{other.council.slug}/account/enrol/{token}/").status_code == 410
    assert Client().get(f"/{bureau.council.slug}/account/enrol/{token}/").status_code == 200
    with simulated(now() + ENROLMENT_LIFE):
        assert Client().get(f"/{bureau.council.slug}/account/enrol/{token}/").status_code == 410
    with council_scope(bureau.council):
        assert Enrolment.objects.get().used_at is None


def test_a_field_has_one_name_and_an_empty_card_is_not_shown(officer: Agent) -> None:
    """The library says the label again inside the field, in words of its own («Adresse e-mail» for «Courriel»)."""
    page = officer.get("account/login/").content.decode()
    assert ("id_login" in page, " placeholder=" in page) == (True, False)
    officer.enrol()
    assert "رموز الاسترجاع" not in officer.get("account/security/").content.decode(), "there are none to see or to make"
    officer.set_totp()
    assert "رموز الاسترجاع" in officer.get("account/security/").content.decode()
    assert " placeholder=" not in officer.get("account/password/").content.decode()


def test_signing_in_asks_the_second_factor_every_time(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    officer.client.logout()
    assert officer.get("office/").status_code == 302
    answer = officer.sign_in()
    assert answer.url == officer.url("account/security/code/")
    assert officer.get("office/").status_code == 302
    cache.clear()  # the code of this half minute was used a moment ago; another half minute would do
    wrong = officer.post("account/security/code/", {"code": "000000"})
    assert wrong.status_code == 200
    answer = officer.post("account/security/code/", {"code": code_of(officer.secret)})
    assert answer.status_code == 302
    assert officer.get("office/").status_code == 200


def test_five_wrong_tries_get_a_page_with_the_time_to_wait(officer: Agent) -> None:
    officer.enrol()
    officer.client.logout()
    name = "wrong_passwords_from_here"
    with simulated(now()):
        for _try in range(5):
            assert officer.sign_in("not the password").status_code == 200
        answer, end = officer.sign_in(), opens_at(name)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == str(wait(name))
        assert f"{end.astimezone(CASABLANCA):%H:%M}" in answer.content.decode()
    with simulated(end - timedelta(seconds=1)):
        assert officer.sign_in().status_code == 429
    with simulated(end):
        for _try in range(12):  # what is right is no try
            assert officer.sign_in().status_code == 302
            officer.client.logout()
        assert officer.sign_in("not the password").status_code == 200


def test_a_shut_account_does_not_shut_the_address(officer: Agent) -> None:
    officer.enrol()
    officer.client.logout()
    with simulated(now()):
        codes = [officer.sign_in("not the password").status_code for _try in range(60)]
        assert codes == [200] * 5 + [429] * 55
        other = {"login": "somebody@oed.example", "password": "not the password"}
        assert officer.post("account/login/", other).status_code == 200


def test_a_stranger_does_not_lock_an_agent_out_of_his_own_address(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    typed = {"login": officer.person.account.email, "password": "not the password"}  # type: ignore[union-attr]
    with simulated(now()):
        stranger = Client(REMOTE_ADDR="203.0.113.7")
        codes = [stranger.post(officer.url("account/login/"), typed).status_code for _try in range(60)]
        assert codes == [200] * 5 + [429] * 55
        assert officer.get("office/").status_code == 200
        seat = Client(REMOTE_ADDR="198.51.100.9")
        right = typed | {"password": PASSWORD}
        assert seat.post(officer.url("account/login/"), right).status_code == 302
        for rank in range(12):  # many strangers together
            for _try in range(5):
                Client(REMOTE_ADDR=f"203.0.113.{100 + rank}").post(officer.url("account/login/"), typed)
        for _time in range(3):
            fresh = Client(REMOTE_ADDR="198.51.100.10")
            assert fresh.post(officer.url("account/login/"), right).status_code == 302, "who types it right comes in"
        assert officer.get("office/").status_code == 200, "a session goes on"


def test_past_many_wrong_passwords_an_address_has_two_tries(officer: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    officer.enrol()
    officer.set_totp()
    page, email = officer.url("account/login/"), officer.person.account.email  # type: ignore[union-attr]
    wrong, right = ({"login": email, "password": password} for password in ("not the password", PASSWORD))
    few = LIMITS["wrong_passwords_of_account"]._replace(most=5)
    monkeypatch.setitem(LIMITS, "wrong_passwords_of_account", few)
    monkeypatch.setitem(LIMITS, "wrong_passwords_in_all", few)
    with simulated(now()):
        assert [Client(REMOTE_ADDR="203.0.113.7").post(page, wrong).status_code for _try in range(6)] == [200] * 5 + [
            429
        ]
        for address, typed, got in (
            ("198.51.100.1", (wrong, right), [200, 302]),
            ("198.51.100.2", (wrong, wrong, right), [200, 200, 429]),
            ("198.51.100.3", (wrong, wrong), [200, 200]),
            ("198.51.100.4", (right,), [429]),  # five from all of them: it is a machine
        ):
            assert [Client(REMOTE_ADDR=address).post(page, one).status_code for one in typed] == got
        end = opens_at("wrong_passwords_in_all")
    with simulated(end):
        assert Client(REMOTE_ADDR="198.51.100.4").post(page, right).status_code == 302


def test_the_codes_after_a_password_are_few_from_everywhere(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    officer.client.logout()
    cache.clear()
    right = {"login": officer.person.account.email, "password": PASSWORD}  # type: ignore[union-attr]
    with simulated(now()):
        got = []
        for rank in range(8):
            thief = Client(REMOTE_ADDR=f"203.0.113.{rank}")
            thief.post(officer.url("account/login/"), right)
            got.append(thief.post(officer.url("account/security/code/"), {"code": "000000"}).status_code)
        assert got == [200] * 5 + [429] * 3


def test_the_old_password_is_not_guessed_where_it_is_changed(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    page = officer.url("account/password/")
    new = "cinq autres mots ordinaires ici"
    with simulated(now()):
        for rank in range(5):
            wrong = {"oldpassword": f"wrong {rank}", "password1": new, "password2": new}
            assert officer.client.post(page, wrong).status_code == 200
        right = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert officer.client.post(page, right).status_code == 429
        officer.client.logout()
        assert officer.sign_in().status_code == 429, "it is the same password"


def test_passkeys_that_prove_nothing_are_counted(officer: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, "wrong_sign_ins_of_address", Limit(4, 5 * MINUTE, by_council=False))
    with simulated(now()):
        page = officer.url("account/security/passkeys/login/")
        codes = [officer.client.post(page, {"credential": '{"id": "x"}'}).status_code for _try in range(6)]
        assert codes == [302] * 4 + [429] * 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_passwords_guessed_all_at_once_are_no_more_than_the_limit(officer: Agent) -> None:
    officer.enrol()
    officer.client.logout()
    moment = now()

    def guess(rank: int) -> int:
        try:
            with simulated(moment):
                form = {"login": officer.person.account.email, "password": f"guess number {rank}"}  # type: ignore[union-attr]
                return int(Client().post(officer.url("account/login/"), form).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(guess, range(16)))
    assert codes == [200] * 5 + [429] * 11


def test_five_wrong_codes_too(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    officer.client.logout()
    cache.clear()
    officer.sign_in()
    for _try in range(5):
        assert officer.post("account/security/code/", {"code": "000000"}).status_code == 200
    assert officer.post("account/security/code/", {"code": code_of(officer.secret)}).status_code == 429


def test_a_code_is_read_in_any_digits_and_half_a_code_is_no_try(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    officer.client.logout()
    cache.clear()
    officer.sign_in()
    page = officer.get("account/security/code/").content.decode()
    assert "رمز التطبيق أو أحد رموز الاسترجاع" in page
    assert "رمز التتبع" not in page
    for typed in ("12345", "1234567", "abcdef", "١٢٣", "12 34 5") * 2:
        answer = officer.post("account/security/code/", {"code": typed})
        assert answer.status_code == 200
        assert "لم تُحسب أي محاولة" in answer.content.decode()
    right = code_of(officer.secret)
    eastern = right.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert officer.post("account/security/code/", {"code": f"\u200f{eastern[:3]} {eastern[3:]}"}).status_code == 302
    assert officer.get("office/").status_code == 200


def test_an_address_is_read_with_what_nobody_sees(officer: Agent) -> None:
    officer.enrol()
    email = f" \u202a{officer.person.account.email.upper()}\u202c\u200f"
    assert officer.post("account/login/", {"login": email, "password": PASSWORD}).status_code == 302


def test_nobody_registers_and_an_unknown_address_tells_nothing(bureau: Office) -> None:
    slug = bureau.council.slug
    assert Client().get(f"/{slug}/account/signup/").status_code == 404
    assert Client().get(f"/{slug}/account/password/reset/").status_code == 404
    bodies = [
        Client().post(f"/{slug}/account/login/", {"login": email, "password": "wrong wrong wrong"})
        for email in ("nobody@oed.example", "officer@oed.example")
    ]
    assert [answer.status_code for answer in bodies] == [200, 200]


def test_the_last_second_factor_stays(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    assert officer.post("account/security/totp/deactivate/").status_code == 200
    assert Authenticator.objects.filter(user_id=officer.person.account_id, type="totp").exists()


@pytest.mark.parametrize("language", ["", "fr/"])
def test_every_page_is_there_in_both_languages(officer: Agent, language: str) -> None:
    assert officer.get(f"{language}account/login/").status_code == 200
    officer.enrol()
    officer.set_totp()
    pages = (
        "security/",
        "security/passkeys/",
        "security/passkeys/add/",
        "security/recovery-codes/generate/",
        "security/totp/deactivate/",
        "sessions/",
        "password/",
        "logout/",
        "reauthenticate/",
    )
    for page in pages:
        answer = officer.get(f"{language}account/{page}")
        assert answer.status_code == 200, page
        assert "style=" not in answer.content.decode(), page
