"""Accounts, roles and sessions: nobody takes another's account, gives himself a role, or stays after he left."""

import logging
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, override_settings

from tadbir.councils import actions as councils
from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.models import Account, Council, Delegation, Enrolment, Person, Quality, Role
from tadbir.councils.scope import council_scope
from tadbir.desk.actions import powers
from tadbir.register.models import Entry
from tadbir.services import actions
from tadbir.site.account.actions import enrol
from tests.account.conftest import PASSWORD, Agent
from tests.desk.office_desk import address, sign_in
from tests.factories import SINCE, Office, adopted_loan, loan_filing, make_office


@pytest.fixture
def admin(office: Office) -> Person:
    person = councils.create_person("هشام", "Hicham", "admin@oed.example")
    councils.give_role(person, Quality.ADMIN, SINCE)
    return person


def test_a_council_cannot_take_over_an_account_of_another(office: Office) -> None:
    other = make_office("12.066", "aou")
    mine = other.director.account
    assert mine is not None
    mine.set_password(PASSWORD)
    mine.save()
    with pytest.raises(ValidationError):
        councils.create_person("منتحل", "Imposteur", "DIRECTOR@aou.example")
    page = address(office.council, "office-new-person")
    sent = {
        "name_ar": "منتحل",
        "name_fr": "Imposteur",
        "email": "director@aou.example",
        "quality": "clerk",
        "starts_on": "2026-01-01",
    }
    assert sign_in(office.director).post(page, sent).status_code == 422
    assert not Person.objects.filter(account=mine).exists()
    assert sign_in(office.director).post(page, sent | {"email": "new@oed.example"}).status_code == 302


@pytest.mark.postgres
def test_a_link_resets_no_account_that_serves_another_council_too(office: Office) -> None:
    """Such accounts were possible before: their link must not open the other council."""
    other = make_office("12.066", "aou")
    mine = other.director.account
    assert mine is not None
    mine.set_password(PASSWORD)
    mine.save()
    person = Person.objects.create(account=mine, name_ar="منتحل", name_fr="Imposteur")
    with pytest.raises(ValidationError):
        enrol(make_enrolment(person), "quatre mots bien differents")
    mine.refresh_from_db()
    assert mine.check_password(PASSWORD)
    token = make_enrolment(office.officer)
    assert enrol(token, "quatre mots bien differents") == office.officer


@pytest.mark.postgres
def test_nobody_gives_himself_a_role_and_the_register_says_who_gave_which(office: Office, admin: Person) -> None:
    with pytest.raises(PermissionDenied):
        councils.give_role(admin, Quality.DIRECTOR, SINCE, by=admin)
    with pytest.raises(PermissionDenied):
        councils.give_role(office.clerk, Quality.DIRECTOR, SINCE, by=office.officer)
    councils.give_role(office.clerk, Quality.HEAD, SINCE, office.unit, by=admin)
    entry = Entry.objects.filter(kind="role_given").latest("seq")
    assert (entry.fields["person"], entry.fields["by"]) == (office.clerk.pk, admin.pk)
    page = address(office.council, "office-give-role", admin.pk)
    sent = {"quality": "director", "starts_on": "2026-01-01"}
    assert sign_in(admin).post(page, sent).status_code in (403, 422)
    assert sign_in(office.director).post(page, sent).status_code == 302
    assert Role.objects.filter(person=admin, quality="director").count() == 1


def test_delegations_links_and_ends_of_roles_are_in_the_register(office: Office, admin: Person) -> None:
    role = office.stranger.roles.get()
    councils.end_role(role, date(2026, 12, 31), by=admin)
    powers.record_delegation(office.head, ["letter"], "8/2026", SINCE, None, "signature", by=office.director)
    made = Delegation.objects.get()
    councils.end_delegation(made, date(2026, 12, 31), by=office.director)
    make_enrolment(office.officer, by=admin)
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"role_ended", "delegation_recorded", "delegation_ended", "enrolment_made"} <= kinds
    for attempt in (
        lambda: councils.end_role(role, date(2026, 12, 31), by=office.officer),
        lambda: powers.record_delegation(office.head, ["*"], "9", SINCE, None, "signature", by=admin),
        lambda: powers.end_delegation(made, date(2026, 12, 31), office.clerk),
        lambda: make_enrolment(office.president, by=office.clerk),
        lambda: councils.record_absence(office.president, SINCE, None, by=office.clerk),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.postgres
def test_a_new_link_ends_the_older_ones(office: Office) -> None:
    first = make_enrolment(office.officer)
    second = make_enrolment(office.officer)
    with pytest.raises(ValidationError):
        enrol(first, PASSWORD)
    assert enrol(second, PASSWORD) == office.officer
    assert Enrolment.objects.filter(used_at__isnull=True).count() == 0


def test_whoever_is_removed_while_signed_in_is_nobody_at_the_next_page(office: Office) -> None:
    number = actions.file_request(loan_filing(adopted_loan(office))).dossier.number
    client, page = sign_in(office.officer), address(office.council, "office-dossier", number)
    assert client.get(page).status_code == 200
    councils.end_role(office.officer.roles.get(), date(2026, 11, 30))
    assert client.get(page).status_code == 403
    assert client.get(f"/{office.council.slug}/api/duties").status_code in (401, 403)
    head = sign_in(office.head)
    assert head.get(page).status_code == 200
    Account.objects.filter(pk=office.head.account_id).update(is_active=False)
    assert head.get(page).status_code == 302


def test_the_administrator_sees_no_dossier(office: Office, admin: Person) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    client = sign_in(admin)
    for name, *args in (
        ("office-dossier", filed.dossier.number),
        ("office-paper", filed.dossier.number, filed.receipt.number),
        ("office-document", filed.dossier.number, filed.dossier.documents.first().pk),
        ("office-answer", filed.dossier.number),
    ):
        assert client.get(address(office.council, name, *args)).status_code == 404
        answer = sign_in(office.director).get(address(office.council, name, *args))
        assert answer.status_code == 200
        if answer.streaming:
            assert b"".join(answer.streaming_content)  # reading it to its end also closes the file
    found = client.get(address(office.council, "office-search"), {"q": "النخلة"}).content.decode()
    assert filed.dossier.number not in found


def test_a_demonstration_session_is_strong_nowhere_else(office: Office) -> None:
    client = sign_in(office.clerk)
    session = client.session
    session["demo_sign_in"] = True
    session.save()
    page = address(office.council, "office-home")
    assert client.get(page).status_code == 302  # though a second factor was noted in this session
    Council.objects.filter(pk=office.council.pk).update(demo=True)
    with override_settings(DEMO=True):
        assert client.get(page).status_code == 200
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "password/reset/",
        "password/set/",
        "confirm-email/",
        "3rdparty/",
        "social/login/",
        "login/code/",
        "2fa/",
        "security/trust/",
    ],
)
def test_no_other_page_of_the_library_is_open(office: Office, path: str) -> None:
    client = sign_in(office.clerk)
    assert client.get(f"/{office.council.slug}/account/{path}").status_code == 404
    assert Client().get(f"/{office.council.slug}/account/login/").status_code == 200


def test_another_forwarded_address_gives_no_more_tries(bureau: Office) -> None:
    agent = Agent(bureau, bureau.officer)
    agent.enrol()
    agent.client.logout()
    codes = [
        agent.post(
            "account/login/",
            {"login": f"x{rank}@oed.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{rank}"},
        ).status_code
        for rank in range(31)
    ]
    assert codes[0] == 200
    assert codes[-1] == 429


def test_signing_in_changes_the_session_and_leaves_nothing_of_the_visitor_before(bureau: Office) -> None:
    agent = Agent(bureau, bureau.officer)
    session = agent.client.session
    session["office_codes"] = {"x": "y"}
    session.save()
    before = session.session_key
    agent.enrol()
    assert agent.client.session.session_key != before


@pytest.mark.parametrize("address_", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(bureau: Office, address_: str) -> None:
    agent = Agent(bureau, bureau.officer)
    agent.enrol()
    agent.client.logout()
    answer = agent.post("account/login/", {"login": "officer@oed.example", "password": PASSWORD, "next": address_})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_codes_and_links_in_addresses_do_not_reach_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    from tadbir.ui.logs import MaskSecrets

    token = make_enrolment(office.officer)
    record = logging.LogRecord(
        "django.request",
        logging.WARNING,
        "x",
        1,
        "%s: %s",
        ("Gone", f"/{office.council.slug}/fr/account/enrol/{token}/"),
        None,
    )
    assert MaskSecrets().filter(record)
    assert token not in record.getMessage()
    key = "a" * 32
    shut = logging.LogRecord("x", logging.WARNING, "x", 1, "%s: %s", ("Gone", f"/x/request/closed/{key}/"), None)
    assert MaskSecrets().filter(shut)
    assert key not in shut.getMessage()
    plain = logging.LogRecord("django.request", logging.WARNING, "x", 1, "%s: %s", ("Gone", "/x/services/"), None)
    assert MaskSecrets().filter(plain)
    assert plain.getMessage() == "Gone: /x/services/"


def test_a_kept_form_does_not_fill_the_database(bureau: Office) -> None:
    client = Client()
    path = f"/{bureau.council.slug}/office/counter/"
    codes = [client.post(path, {"body": "x" * 50_000}).status_code for _ in range(25)]
    assert codes[0] == 302
    assert codes[-1] == 429


def test_each_council_shows_its_own_codes_in_one_session(office: Office) -> None:
    """The quarter of an hour in which a code is readable belongs to the dossier of one council."""
    other = make_office("12.066", "aou")
    first = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with council_scope(other.council):
        from tadbir.acts.keys import make_keys

        make_keys()
        person = Person.objects.create(account=office.clerk.account, name_ar="خديجة", name_fr="Khadija")
        councils.give_role(person, Quality.INFORMATION_OFFICER, SINCE)
        theirs = actions.file_request(loan_filing(adopted_loan(other))).dossier
    assert theirs.number == first.number
    client = sign_in(office.clerk)
    done = client.post(
        address(office.council, "office-do", first.number, "code"), {"key": "k", "identity_kind": "passport"}
    )
    assert done.status_code == 302
    assert client.get(address(office.council, "office-receipt", first.number)).status_code == 200
    assert client.get(address(other.council, "office-receipt", theirs.number)).status_code == 404
