"""The lines of a list are kept as they were drawn: whatever one of them says that changes is drawn anew."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.template.backends.django import Template
from django.test import Client

from tadbir.councils.clock import now, today
from tadbir.councils.models import Person, Role
from tadbir.dossiers.models import Dossier, Duty, Party
from tadbir.register.models import Content
from tadbir.services import actions
from tadbir.ui.dates import day_words
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

#: As a tag of a line; a tray bears the same name.
NOBODY = ">بدون مسؤول</"


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A request in the name of the officer."""
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    Dossier.objects.filter(pk=filed.dossier.pk).update(officer=office.officer)
    Duty.objects.filter(dossier=filed.dossier).update(officer=office.officer)
    return Dossier.objects.get(pk=filed.dossier.pk)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that were drawn."""
    found: list[str] = []
    real = Template.render

    def render(self: Template, context: dict[str, object] | None = None, request: object = None) -> str:
        if context and "line" in context:
            found.append(self.template.name or "")
        return str(real(self, context, request))

    monkeypatch.setattr(Template, "render", render)
    return found


def reader(office: Office, *, french: bool = False) -> Callable[[], str]:
    """The list of duties, as the director reads it."""
    client: Client = sign_in(office.director)

    def read() -> str:
        page = client.get(address(office.council, "office-home", french=french), {"show": "all"})
        return page.content.decode()

    return read


def test_a_line_is_drawn_once_and_again_when_what_it_says_changes(
    office: Office, dossier: Dossier, drawn: list[str]
) -> None:
    read = reader(office)
    assert dossier.subject in read()
    many = len(drawn)
    assert many == Duty.objects.filter(over_on=None, type="duty", owner="administration").count()
    assert dossier.subject in read()
    assert len(drawn) == many
    assert "Kamal" not in read()
    Party.objects.filter(pk=dossier.applicant_id).update(name="Kamal Rami")
    assert "Kamal Rami" in read()
    assert "غائب" not in read()
    Person.objects.filter(pk=office.officer.pk).update(absent_from=today(), absent_until=today() + timedelta(days=2))
    assert "غائب" in read()
    assert NOBODY not in read()
    Role.objects.filter(person=office.officer).update(ends_on=today() - timedelta(days=1))
    assert NOBODY in read()
    due = today() - timedelta(days=3)
    assert day_words(due, "ar") not in read()
    Duty.objects.filter(dossier=dossier).update(do_by=due)
    late = read()
    assert day_words(due, "ar") in late
    assert dossier.sheet is not None
    assert dossier.sheet.parsed.ar not in late
    Content.objects.filter(pk=dossier.request_id).update(body=None)
    assert dossier.sheet.parsed.ar in read()  # once erased, the service says what it was about


def test_a_line_speaks_the_language_of_its_reader(office: Office, dossier: Dossier) -> None:
    arabic, french = reader(office), reader(office, french=True)
    assert office.unit.name_ar in arabic()
    assert office.unit.name_fr in french()
    assert address(office.council, "office-dossier", dossier.number, french=True) in french()
    assert office.unit.name_ar in arabic()


def test_a_row_of_dossiers_is_drawn_again_when_what_it_says_changes(
    office: Office, dossier: Dossier, drawn: list[str]
) -> None:
    client = sign_in(office.director)

    def read() -> str:
        return client.get(address(office.council, "office-search")).content.decode()

    assert dossier.subject in read()
    many = len(drawn)
    assert many == 1
    assert dossier.subject in read()
    assert len(drawn) == many
    Party.objects.filter(pk=dossier.applicant_id).update(name="Kamal Rami")
    assert "Kamal Rami" in read()
    due = today() - timedelta(days=3)
    Duty.objects.filter(dossier=dossier).update(do_by=due)
    assert "متأخر" in read()
    assert "(مُسح)" not in read()
    Content.objects.filter(pk=dossier.request_id).update(body=None, erased_at=now())
    erased = read()
    assert "(مُسح)" in erased
    assert "Kamal Rami" not in erased
    assert dossier.subject not in erased
