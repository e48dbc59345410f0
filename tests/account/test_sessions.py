"""Where an agent is signed in: listed, ended by him, by a changed secret, by an administrator for a lost telephone."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.models import Person
from tadbir.councils.powers import email_shown
from tadbir.councils.scope import council_scope
from tadbir.desk.actions import powers
from tadbir.notify.models import Notice
from tadbir.register.models import Entry
from tadbir.site.account.sessions import BEGAN, SessionStore
from tests.account.conftest import PASSWORD, Agent, code_of
from tests.factories import Office


def test_a_new_link_forgets_the_lost_telephone_and_ends_other_sessions(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    again = Agent.__new__(Agent)
    again.__dict__ = {**officer.__dict__, "client": Client()}
    assert again.enrol("quatre mots bien differents").status_code == 302
    assert not Authenticator.objects.filter(user_id=officer.person.account_id).exists()
    assert officer.get("office/").status_code == 302
    assert again.get("office/").url == again.url("account/second-factor/")


def test_sessions_are_listed_and_others_ended(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    page = officer.get("account/sessions/")
    assert page.status_code == 200
    assert b"127.0.0.1" in page.content
    assert "متصفح آخر" in page.content.decode()
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"
    UserSession.objects.update(user_agent=firefox)
    page = officer.get("account/sessions/")
    assert b"Gecko" not in page.content
    assert "Firefox على Windows" in page.content.decode()
    assert officer.post("account/logout/").status_code == 302
    assert officer.get("account/sessions/").status_code == 302


def _elsewhere(agent: Agent, password: str = PASSWORD) -> Agent:
    """The same agent at another browser, signed in there too."""
    other = Agent.__new__(Agent)
    other.__dict__ = {**agent.__dict__, "client": Client()}
    other.sign_in(password)
    cache.clear()  # the code of this half minute was used a moment ago; another half minute would do
    assert other.post("account/security/code/", {"code": code_of(agent.secret)}).status_code == 302
    return other


def test_a_new_password_ends_the_sessions_elsewhere_and_so_does_signing_out_everywhere(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    for ending in (
        lambda: officer.post("account/sessions/"),
        lambda: officer.post(
            "account/password/",
            {"oldpassword": PASSWORD, "password1": "une autre phrase longue", "password2": "une autre phrase longue"},
        ),
    ):
        other = _elsewhere(officer)
        assert other.get("office/").status_code == 200
        assert ending().status_code == 302
        assert officer.get("office/").status_code == 200
        assert other.get("office/").status_code == 302


def test_a_new_second_factor_ends_the_sessions_elsewhere(
    officer: Agent, django_capture_on_commit_callbacks: Any
) -> None:
    committed = django_capture_on_commit_callbacks
    officer.enrol()
    other = Agent.__new__(Agent)
    other.__dict__ = {**officer.__dict__, "client": Client()}
    other.sign_in()  # the password alone: nothing of the office is open yet
    assert other.client.session.get("_auth_user_id")
    with committed(execute=True):
        officer.set_totp()
    assert officer.get("office/").status_code == 200
    assert other.client.session.get("_auth_user_id") is None


def test_an_administrator_closes_the_account_of_a_lost_telephone(officer: Agent, bureau: Office) -> None:
    from tadbir.desk.actions.enrolling import close_account

    officer.enrol()
    officer.set_totp()
    assert officer.get("office/").status_code == 200
    with council_scope(bureau.council):
        with pytest.raises(PermissionDenied):
            close_account(officer.person, bureau.clerk)
        with pytest.raises(ValidationError):
            close_account(bureau.director, bureau.director)
        link = make_enrolment(officer.person)
        assert close_account(officer.person, bureau.director) == 1
        (said,) = Entry.objects.filter(kind="account_closed")
        assert said.fields == {"person": officer.person.pk, "by": bureau.director.pk, "sessions": 1}
        assert Notice.objects.filter(code="account_closed").count() == 1
    assert officer.get("office/").status_code == 302
    officer.sign_in()
    assert officer.get("office/").status_code == 302, "the old password opens nothing"
    assert not Authenticator.objects.filter(user_id=officer.person.account_id).exists()
    assert officer.post(f"account/enrol/{link}/", {"password1": PASSWORD, "password2": PASSWORD}).status_code == 410
    officer.person.refresh_from_db()
    assert officer.enrol().status_code == 302
    officer.set_totp()
    assert officer.get("office/").status_code == 200


def rows_of(agent: Agent) -> tuple[str, str]:
    row = Session.objects.get(session_key=agent.client.session.session_key)
    return row.session_key, row.session_data


def revived(agent: Agent, key: str, data: str) -> Agent:
    """Another browser with a session that somebody put there, for a year."""
    Session.objects.update_or_create(
        session_key=key, defaults={"session_data": data, "expire_date": timezone.now() + timedelta(days=365)}
    )
    other = Agent.__new__(Agent)
    other.__dict__ = {**agent.__dict__, "client": Client()}
    other.client.cookies[settings.SESSION_COOKIE_NAME] = key
    return other


def test_a_session_lives_under_its_own_key_alone(officer: Agent) -> None:
    officer.enrol()
    officer.set_totp()
    key, data = rows_of(officer)
    assert revived(officer, key, data).get("office/").status_code == 200  # itself
    assert officer.post("account/logout/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()
    assert revived(officer, "a" * 32, data).get("office/").status_code == 302


def test_a_session_ends_nine_hours_after_it_began_whatever_its_row_says(
    officer: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer.enrol()
    officer.set_totp()
    key, data = rows_of(officer)
    began = time.time()
    for hours, status in ((8.9, 200), (9.1, 302)):
        monkeypatch.setattr("tadbir.site.account.sessions.time.time", lambda hours=hours: began + hours * 3600)
        assert revived(officer, key, data).get("office/").status_code == status
    monkeypatch.undo()
    fresh = SessionStore()
    fresh[BEGAN] = int(began) - 8 * 3600
    fresh.save()
    fresh.cycle_key()  # whoever signs in begins anew
    fresh.save()
    assert SessionStore(fresh.session_key)[BEGAN] >= int(began)


def test_another_email_ends_what_was_open_and_keeps_the_password(officer: Agent, bureau: Office) -> None:
    """With the old address it may have been a stranger who opened it."""
    officer.enrol()
    officer.set_totp()
    assert officer.get("office/").status_code == 200
    with council_scope(bureau.council):
        shown = email_shown(officer.person).token
        assert powers.correct_email(officer.person, "now@oed.example", "خطأ", bureau.director, shown=shown) is None
        assert not UserSession.objects.filter(user_id=officer.person.account_id).exists()
    assert officer.get("office/").status_code == 302
    assert officer.sign_in().status_code == 200, "the old address opens nothing"
    officer.person = Person.everywhere.select_related("account").get(pk=officer.person.pk)
    assert officer.sign_in().status_code == 302
    assert Authenticator.objects.filter(user_id=officer.person.account_id).exists()
