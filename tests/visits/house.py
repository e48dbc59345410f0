"""Helpers of the tests of visits: a school that asked to come, and the pages of whoever works on it."""

from datetime import date
from typing import Any

from django.test import Client

from tadbir.councils.models import Person
from tadbir.desk.papers import letter_waiting
from tadbir.dossiers.models import Dossier, Fact
from tests.at_once import taken
from tests.desk.office_desk import address, sign_in
from tests.factories import Office
from tests.visits import actions

SCHOOL = "مدرسة الأمل الابتدائية"


def asked(office: Office) -> Dossier:
    """A visit asked for on 1 December, for thirty pupils on 15 December."""
    return actions.ask_visit(office.clerk, office.unit, SCHOOL, "0612345678", 30, date(2026, 12, 15))


def page(office: Office, dossier: Dossier, person: Person, french: bool = False) -> str:
    """The page of a dossier as this agent reads it."""
    return get(office, person, "office-dossier", dossier.number, french=french)


def get(office: Office, person: Person, name: str, *args: Any, french: bool = False) -> str:
    """A page of the office as this agent reads it."""
    answer = sign_in(person).get(address(office.council, name, *args, french=french))
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def do(client: Client, office: Office, dossier: Dossier, verb: str = "confirm-visit", **typed: Any) -> Any:
    """Send the form of a verb."""
    typed = {"key": "one-key", "on": "2026-12-15"} | typed
    return client.post(address(office.council, "office-do", dossier.number, verb), typed)


def confirm(office: Office, dossier: Dossier, **typed: Any) -> Fact:
    """The head writes the letter that confirms the visit; the president signs it."""
    assert do(sign_in(office.head), office, dossier, **typed).status_code == 302
    letter = letter_waiting(dossier, "visit_confirmed")
    assert letter
    return taken(letter)


def kinds(dossier: Dossier) -> list[str]:
    """What happened in a dossier."""
    return list(Fact.objects.filter(dossier=dossier).order_by("pk").values_list("kind", flat=True))
