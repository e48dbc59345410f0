"""The pages of sheets: take, every reason against adoption, adopt, switch, correct as a new version, compare."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from tadbir.desk.forms.sheets import CorrectForm
from tadbir.procedures import queries
from tadbir.procedures.catalogue import catalogue
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import current_sheet
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tests.at_once import correct_sheet
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan

GOOD = {"reference": "مقرر 12/2026", "adopted_on": "2026-11-02", "delay_days": "30", "cndp_reference": "D-1/2026"}


@pytest.fixture
def director(office: Office) -> Client:
    return sign_in(office.director)


def take(client: Client, office: Office, code: str) -> Any:
    return client.post(address(office.council, "office-sheets"), {"code": code, "unit": office.unit.pk})


def adopt(client: Client, office: Office, code: str, **changes: str) -> Any:
    return client.post(address(office.council, "office-sheet-adopt", code), GOOD | changes)


def test_a_sheet_is_taken_once_as_a_draft(director: Client, office: Office) -> None:
    assert take(director, office, "equipment-loan").status_code == 302
    assert take(director, office, "equipment-loan").status_code == 422
    assert take(director, office, "no-such-sheet").status_code == 422
    assert Sheet.objects.get().status == "draft"


def test_every_reason_against_adoption_is_shown_together(director: Client, office: Office) -> None:
    take(director, office, "school-transport")
    page = director.get(address(office.council, "office-sheet", "school-transport")).content.decode()
    assert page.count("لا نص مؤكد") == 2
    refused = adopt(director, office, "school-transport", delay_days="90", cndp_reference="")
    text = refused.content.decode()
    assert refused.status_code == 422
    for reason in ("المادة 16", "المادة 3", "اللجنة الوطنية"):
        assert reason in text
    assert 'value="مقرر 12/2026"' in text  # nothing typed is lost
    assert Sheet.objects.get().status == "draft"


def test_adoption_by_the_director_and_no_one_below(director: Client, office: Office) -> None:
    take(director, office, "equipment-loan")
    assert adopt(sign_in(office.head), office, "equipment-loan").status_code == 403
    assert adopt(director, office, "equipment-loan").status_code == 302
    sheet = current_sheet("equipment-loan")
    assert sheet
    assert (sheet.status, sheet.delay_days, sheet.adopted_by) == ("adopted", 30, office.director)
    assert Sheet.objects.get(version=1).status == "retired"  # whoever wrote a letter under the draft keeps it
    assert adopt(director, office, "equipment-loan").status_code == 422


def test_a_service_is_switched_off_and_on(director: Client, office: Office) -> None:
    adopted_loan(office)
    switch = address(office.council, "office-sheet-switch", "equipment-loan")
    counter = address(office.council, "office-counter-file", "equipment-loan")
    director.post(switch, {"on": "0"})
    assert sign_in(office.clerk).get(counter).status_code == 404
    director.post(switch, {"on": "1"})
    assert sign_in(office.clerk).get(counter).status_code == 200
    for chosen in ({}, {"on": "yes"}):  # nothing chosen withdraws nothing, and the page says so
        refused = director.post(switch, chosen)
        assert (refused.status_code, b'role="alert"' in refused.content) == (422, True)
    assert sign_in(office.clerk).get(counter).status_code == 200


def test_a_correction_is_a_new_version_that_is_compared(director: Client, office: Office) -> None:
    sheet = adopted_loan(office)
    page = address(office.council, "office-sheet-correct", "equipment-loan")
    texts = {
        name: sheet.body.get(name, "")
        for name in ("ar", "fr", "summary_ar", "summary_fr", "cost_ar", "cost_fr", "silence_ar", "silence_fr")
    }
    rest = {key: value for key, value in sheet.body.items() if key not in texts}
    same = texts | {"whole": json.dumps(rest, ensure_ascii=False)}
    assert director.post(page, same).status_code == 422
    assert director.post(page, same | {"whole": "{"}).status_code == 422
    unknown = director.post(page, same | {"whole": json.dumps(rest | {"colour": "red"})})
    assert unknown.status_code == 422
    assert "colour" in unknown.content.decode()
    assert director.post(page, same | {"cost_ar": "20 درهما"}).status_code == 302
    newest = queries.newest_sheet("equipment-loan")
    assert newest is not None
    assert (newest.version, newest.status, newest.written_by) == (3, "draft", office.director)
    sheet.refresh_from_db()
    assert sheet.status == "adopted"  # it serves until the next one is adopted
    assert current_sheet("equipment-loan") == sheet
    compared = director.get(address(office.council, "office-sheet-compare", "equipment-loan", 2, 3)).content.decode()
    assert "<del><bdi>مجاني</bdi></del>" in compared
    assert "<ins><bdi>20 درهما</bdi></ins>" in compared
    assert compared.count("<del>") == 1


def ship(monkeypatch: pytest.MonkeyPatch, code: str, **changes: Any) -> None:
    """A later version of Tadbir ships this sheet otherwise."""
    shipped = catalogue()
    shipped[code] = shipped[code] | changes
    monkeypatch.setattr(queries, "catalogue", lambda: shipped)


def test_a_text_shipped_later_is_shown_and_changes_nothing(
    director: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted = adopted_loan(office)
    page, listed = address(office.council, "office-sheet", "equipment-loan"), address(office.council, "office-sheets")
    choose = address(office.council, "office-sheet-shipped", "equipment-loan")
    assert "يوجد نص جديد" not in director.get(listed).content.decode()
    director.post(choose, {"choice": "take"})
    assert Sheet.objects.count() == 2  # there was nothing to take
    ship(monkeypatch, "equipment-loan", cost_ar="10 دراهم")
    assert "يوجد نص جديد" in director.get(listed).content.decode()
    text = director.get(page).content.decode()
    assert "<ins><bdi>10 دراهم</bdi></ins>" in text
    assert text.count("<ins>") == 1
    adopted.refresh_from_db()
    assert (adopted.status, adopted.body.get("cost_ar")) == ("adopted", catalogue()["equipment-loan"].get("cost_ar"))
    assert sign_in(office.head).post(choose, {"choice": "take"}).status_code == 403


def test_the_councils_text_is_kept_until_another_is_shipped(
    director: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted_loan(office)
    choose = address(office.council, "office-sheet-shipped", "equipment-loan")
    ship(monkeypatch, "equipment-loan", cost_ar="10 دراهم")
    assert director.post(choose, {"choice": "keep"}).status_code == 302
    assert queries.with_later_text() == []
    link = Entry.objects.get(kind="sheet_settled")
    assert link.fields["shipped"] == Sheet.objects.get(status="adopted").settled_sha256
    current = current_sheet("equipment-loan")
    assert current is not None
    corrected = correct_sheet(office.director, current, current.body | {"cost_ar": "مجاني تماما"})
    assert queries.later_text(corrected) is None  # settled is remembered over a correction
    ship(monkeypatch, "equipment-loan", cost_ar="15 درهما")
    assert queries.with_later_text() == ["equipment-loan"]


def test_the_new_text_is_taken_as_the_next_draft(
    director: Client, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    adopted = adopted_loan(office)
    switch = address(office.council, "office-sheet-switch", "equipment-loan")
    director.post(switch, {"on": "0"})
    ship(monkeypatch, "equipment-loan", cost_ar="10 دراهم")
    choose = address(office.council, "office-sheet-shipped", "equipment-loan")
    assert director.post(choose, {"choice": "burn"}).status_code == 422
    assert director.post(choose, {"choice": "take"}).status_code == 302
    assert director.post(choose, {"choice": "keep"}).status_code == 422  # there is no other text any more
    newest = queries.newest_sheet("equipment-loan")
    assert newest is not None
    assert (newest.version, newest.status, newest.body["cost_ar"]) == (3, "draft", "10 دراهم")
    assert newest.switched_on is False  # taking a text does not offer the service again
    assert queries.with_later_text() == []
    adopted.refresh_from_db()
    assert adopted.status == "adopted"


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_the_form_of_a_sheet_sent_back_as_it_came_changes_nothing(code: str) -> None:
    sheet = Sheet(code=code, body=catalogue()[code])
    shown = CorrectForm(sheet=sheet)
    sent = {field.html_name: field.value() for field in shown}
    same = CorrectForm({name: text.replace("\n", "\r\n") for name, text in sent.items()}, sheet=sheet)
    assert not same.is_valid()
    assert list(same.errors) == ["__all__"]  # nothing was changed
    other = CorrectForm(sent | {"summary_fr": "Autre phrase."}, sheet=sheet)
    assert other.is_valid(), other.errors


def test_who_reads_french_sees_the_reference_in_french_or_as_it_was_typed(director: Client, office: Office) -> None:
    take(director, office, "equipment-loan")
    assert adopt(director, office, "equipment-loan").status_code == 302
    sheet = current_sheet("equipment-loan")
    assert sheet
    assert sheet.adopted_by_decision == "مقرر 12/2026"
    with override("fr"):
        assert (sheet.adopted_by_decision, sheet.decision_language) == ("délibération n° 12/2026", ""), "it says that"
        sheet.adopted_reference = "مقرر دورة أكتوبر 12/2026"
        assert (sheet.adopted_by_decision, sheet.decision_language) == ("مقرر دورة أكتوبر 12/2026", "ar"), (
            "it says more"
        )
        sheet.adopted_reference = "قرار رقم 7"
        assert sheet.adopted_by_decision == "arrêté n° 7"
        sheet.adopted_reference_fr = "délibération n° 12/2026"
        assert sheet.adopted_by_decision == "délibération n° 12/2026"
        sheet.adopted_reference, sheet.adopted_reference_fr = "12/2026", ""
        assert sheet.adopted_by_decision == "12/2026", "it is of no language"


def test_the_reference_in_french_is_kept_and_proved(director: Client, office: Office) -> None:
    take(director, office, "equipment-loan")
    assert adopt(director, office, "equipment-loan", reference_fr="délibération n° 12/2026").status_code == 302
    assert [str(one) for step in walk() for one in step.found] == []
    Sheet.objects.update(adopted_reference_fr="autre")
    assert any("reference_fr" in str(one) for step in walk() for one in step.found)
