"""Helpers of the office tests: signing somebody in, and the addresses of his council."""

from typing import Any

from django.test import Client
from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from tadbir.councils.models import Account, Council, Person
from tadbir.site.account.middleware import STRONG
from tests.browser import Browser

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(person: Person, client: Client | None = None) -> Client:
    """A browser in which this agent is signed in, his second factor seen."""
    client, account = client or Browser(), person.account
    assert isinstance(account, Account)
    client.force_login(account, backend=BACKEND)
    session = client.session
    session[STRONG] = account.pk
    session.save()
    return client


def opens(*people: Person) -> None:
    """They have chosen a password: they can sign in."""
    for person in people:
        assert person.account is not None
        person.account.set_password("quatre mots bien differents")
        person.account.save()


def address(council: Council, name: str, *args: Any, french: bool = False) -> str:
    """The address of an office page in a council."""
    set_script_prefix("/")
    with override("fr" if french else "ar"):
        return f"/{council.slug}{reverse(name, args=args)}"


def ask_for_tents(hand: Any) -> None:
    """Answer the questions of the loan sheet with the keyboard."""
    hand.press("#id_q_equipment_0", "Space")
    hand.write("#id_q_from", "12122026")
    hand.write("#id_q_days", "3")
    hand.write("#id_q_place", "دوار النخلة")
    hand.write("#id_q_purpose", "حفل مدرسي")
