"""A version in force stays in force: for whoever asks, for what was begun under it, for the dossier filed under it."""

import re
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import override

from tadbir.councils.clock import simulated
from tadbir.councils.shown import Changed
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier
from tadbir.procedures import actions as procedures
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import as_shown, current_sheet, newest_sheet, serves
from tadbir.services import actions
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing
from tests.services.residents import Resident, text

pytestmark = pytest.mark.postgres

ADOPTION = {"reference": "مقرر 20/2026", "delay_days": 30, "cndp_reference": "D-1/2026"}


def corrected(office: Office, sheet: Sheet, **changes: str) -> Sheet:
    return at_once.correct_sheet(office.director, sheet, sheet.body | changes)


def adopted_again(office: Office, sheet: Sheet) -> Sheet:
    return at_once.adopt(office.president, sheet, adopted_on=at("2026-12-01 10:00").date(), **ADOPTION)


def test_one_unrelated_paper_does_not_complete_a_file_under_a_sheet_that_was_corrected(office: Office) -> None:
    sheet = adopted_loan(office)
    dossier = actions.file_request(loan_filing(sheet, brought=("signed-request",))).dossier
    newer = adopted_again(office, corrected(office, sheet, cost_ar="20 درهما"))
    actions.receive_document(dossier, "other", "ورقة أخرى", None)
    assert not dossier.facts.filter(kind="completed").exists()
    assert dossiers.main_clock(dossier).rule != "PROC-DECIDE"  # type: ignore[union-attr]
    actions.receive_document(dossier, "liability", "التزام", None)
    assert dossier.facts.filter(kind="completed").exists()
    clock = dossiers.main_clock(dossier)
    assert clock
    assert (clock.rule, newer.version) == ("PROC-DECIDE", 3)
    dossier.refresh_from_db()
    assert dossier.sheet == sheet
    assert clock.do_by == at("2027-02-01 10:00").date()  # sixty full days, the delay of its own version


def test_a_corrected_sheet_serves_until_the_next_one_is_adopted(office: Office) -> None:
    sheet, resident = adopted_loan(office), Resident(office)
    draft = corrected(office, sheet, cost_ar="20 درهما")
    public = text(resident.get("services/equipment-loan/"))
    assert "مجاني" in public
    assert "20 درهما" not in public
    assert current_sheet("equipment-loan") == sheet
    assert newest_sheet("equipment-loan") == draft
    assert (serves(sheet), serves(draft)) == (True, False)
    with pytest.raises(ValidationError):
        actions.file_request(loan_filing(draft))
    page = sign_in(office.head).get(address(office.council, "office-sheet", "equipment-loan")).content.decode()
    assert "<ins><bdi>20 درهما</bdi></ins>" in page  # the officer sees what waits, and what it changes
    assert str(office.director) in page
    listed = sign_in(office.head).get(address(office.council, "office-sheets")).content.decode()
    assert "تصحيح ينتظر الاعتماد" in listed
    newer = adopted_again(office, draft)
    assert newer == draft
    assert "20 درهما" in text(resident.get("services/equipment-loan/"))
    sheet.refresh_from_db()
    assert (sheet.status, sheet.is_adopted, serves(sheet)) == ("retired", True, False)


def test_a_request_begun_is_sent_under_its_own_version(office: Office) -> None:
    """Corrected, adopted again, and the service stopped: what was begun is filed as it was begun."""
    sheet, resident = adopted_loan(office), Resident(office)
    draft = resident.begin()
    body = sheet.body | {"questions": [], "documents": []}
    adopted_again(office, at_once.correct_sheet(office.director, sheet, body))
    at_once.switch(office.director, sheet, on=False)
    assert resident.get("services/equipment-loan/").status_code == 404
    with simulated(at("2026-12-14 10:00")):
        kept = resident.get(f"request/{draft}/").content.decode()
        assert "دوار النخلة" in kept
        assert resident.send(draft).status_code == 302
        dossier = Dossier.objects.get()
    assert (dossier.sheet, dossier.answers["place"]) == (sheet, "دوار النخلة")
    assert dossier.facts.get(kind="missing_listed").data["documents"] == ["signed-request", "liability"]


def test_a_letter_begun_under_a_draft_stays_a_letter(office: Office) -> None:
    """The sheet is adopted while somebody writes: his letter is there, nothing is required of him."""
    sheet, resident = procedures.take_from_catalogue("equipment-loan", office.unit), Resident(office)
    letter = {"subject": "خيام", "letter": "نطلب خياما", "kind": "association", "name": "جمعية آفاق النخلة"}
    draft = resident.begin(data=letter)
    adopted = adopted_again(office, sheet)
    assert (adopted.version, adopted.status) == (2, "adopted")
    assert "نطلب خياما" in resident.get(f"request/{draft}/").content.decode()
    assert resident.send(draft).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.sheet, dossier.answers["letter"]) == (sheet, "نطلب خياما")
    assert dossier.facts.get(kind="filed").data["adopted"] is False
    assert not dossier.facts.filter(kind="missing_listed").exists()
    number = re.escape(dossier.number)
    assert re.search(number, text(resident.get(f"follow/{dossier.number}/receipt/")))


def test_of_two_corrections_the_later_drops_nothing_unseen(office: Office) -> None:
    sheet = adopted_loan(office)
    read = as_shown(sheet).token
    first = corrected(office, sheet, cost_ar="20 درهما")
    with pytest.raises(Changed) as told:
        procedures.correct_sheet(
            office.director, "equipment-loan", sheet.body | {"summary_fr": "Autre phrase."}, shown=read
        )
    with override("ar"):  # in words, not by the key of the data; each part by whoever changed it
        found = {str(one.label).strip("\u2068\u2069"): one for one in told.value.differences}
        cost = found["الكلفة بالعربية"]
    assert (cost.before, cost.after) == ("مجاني", "20 درهما")
    assert {one.by for one in found.values()} == {str(office.director)}
    assert all(one.at for one in found.values())
    assert newest_sheet("equipment-loan") == first


def test_the_president_adopts_the_version_that_he_read(office: Office) -> None:
    sheet = adopted_loan(office)
    corrected(office, sheet, cost_ar="20 درهما")
    president, page = sign_in(office.president), address(office.council, "office-sheet-adopt", "equipment-loan")
    told: dict[str, Any] = {**ADOPTION, "adopted_on": "2026-12-01", "shown": president.read(page)}  # type: ignore[attr-defined]
    newest = newest_sheet("equipment-loan")
    assert newest
    corrected(office, newest, cost_ar="30 درهما")
    refused = president.post(page, told)
    html = refused.content.decode()
    assert (refused.status_code, current_sheet("equipment-loan")) == (409, sheet)
    assert '<del dir="auto">20 درهما</del>' in html
    assert '<ins dir="auto">30 درهما</ins>' in html
    assert 'value="مقرر 20/2026"' in html  # what he typed is there; he reads, and confirms
    del told["shown"]
    assert president.post(page, told).status_code == 302
    now = current_sheet("equipment-loan")
    assert now
    assert now.body["cost_ar"] == "30 درهما"


def test_an_upgrade_puts_the_last_adopted_version_back_in_force(office: Office) -> None:
    """As an earlier version left it: a correction waits, and what was adopted is out of force."""
    sheet = adopted_loan(office)
    corrected(office, sheet, cost_ar="20 درهما")
    letter = procedures.take_from_catalogue("complaint", office.unit)
    Sheet.objects.filter(pk=sheet.pk).update(status="retired")
    migration = import_module("tadbir.procedures.migrations.0003_sheet_in_force")
    migration.put_back_in_force(apps, SimpleNamespace(connection=connection))
    sheet.refresh_from_db()
    assert (sheet.status, current_sheet("equipment-loan"), current_sheet("complaint")) == ("adopted", sheet, letter)
