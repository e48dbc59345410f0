"""An office whose agents sign in through the pages."""

import time
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from tadbir.councils.actions.enrolling import make_enrolment
from tadbir.councils.models import Person
from tests.factories import Office, make_office

PASSWORD = "quatre mots tres ordinaires"


@pytest.fixture
def bureau(db: None) -> Office:
    """A council, not being served: requests find it by their path."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    return make_office()


class Agent:
    """Somebody at a browser."""

    def __init__(self, office: Office, person: Person) -> None:
        self.client, self.slug, self.person = Client(), office.council.slug, person
        self.secret = ""

    def url(self, path: str) -> str:
        return f"/{self.slug}/{path}"

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(self.url(path), **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(self.url(path), data or {}, **more)

    def enrol(self, password: str = PASSWORD) -> Any:
        from tadbir.councils.scope import council_scope

        with council_scope(self.person.council):
            token = make_enrolment(self.person)
        return self.post(f"account/enrol/{token}/", {"password1": password, "password2": password})

    def set_totp(self) -> Any:
        self.get("account/security/totp/activate/")
        self.secret = self.client.session["mfa.totp.secret"]
        return self.post("account/security/totp/activate/", {"code": code_of(self.secret)})

    def sign_in(self, password: str = PASSWORD) -> Any:
        return self.post("account/login/", {"login": self.person.account.email, "password": password})


def code_of(secret: str) -> str:
    """The six digits that the application shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def stored_secret(account_id: int) -> str:
    """The secret as the database has it, and as it is."""
    row = Authenticator.objects.get(user_id=account_id, type=Authenticator.Type.TOTP)
    assert get_adapter().decrypt(row.data["secret"])
    return str(row.data["secret"])


@pytest.fixture
def officer(bureau: Office) -> Agent:
    return Agent(bureau, bureau.officer)
