"""The law cannot be walked around: corrections, dates of the past, huge numbers, dates without sense."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk.papers import half_written
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import ClosedDay, Dossier, Duty, Fact
from tadbir.procedures.actions import take_from_catalogue
from tadbir.register.models import Entry
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """A complete file of 1 December 2026; its answer is due on 1 February 2027."""
    return actions.file_request(loan_filing(adopted_loan(office))).dossier


def last(dossier: Dossier, kind: str) -> Fact:
    return Fact.objects.filter(dossier=dossier, kind=kind).latest("pk")


def sign(office: Office, dossier: Dossier) -> Act:
    draft = desk.draft_outcome(dossier, office.officer, "granted", "نعم")
    return desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")


def notify(office: Office, dossier: Dossier, act: Act, on: date) -> Fact:
    return desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=on, proof="توقيع على النسخة")


def test_a_lapse_that_happened_is_nobodys_to_strike_out(office: Office, dossier: Dossier) -> None:
    with simulated(at("2027-02-05 06:00")):
        dossiers.record_lapses()
        lapse, told = last(dossier, "lapsed"), last(dossier, "person_told_of_lapse")
        for person in (office.officer, office.head, office.director, office.president):
            for fact in (lapse, told):
                with pytest.raises((ValidationError, PermissionDenied)):
                    desk.correct_entry(fact, person, "لم يحدث")
        assert not Fact.objects.filter(kind="entry_corrected").exists()


def test_a_lapse_that_did_not_happen_is_corrected_by_the_director(office: Office, dossier: Dossier) -> None:
    """The slip of the registered letter came back late: the answer had been received in time."""
    with simulated(at("2027-01-25 10:00")):
        act = sign(office, dossier)
    with simulated(at("2027-02-05 06:00")):
        dossiers.record_lapses()
        lapse = last(dossier, "lapsed")
        with pytest.raises(ValidationError):
            desk.correct_entry(lapse, office.director, "لم يحدث")
        notify(office, dossier, act, date(2027, 1, 28))
        with pytest.raises(PermissionDenied):
            desk.correct_entry(lapse, office.officer, "بُلغ داخل الأجل")
        desk.correct_entry(lapse, office.director, "بُلغ داخل الأجل، ورجع الإشعار متأخرا")
        desk.correct_entry(last(dossier, "notified"), office.director, "الإشعار يخص ملفا آخر")
        assert [fact.data["rule"] for fact in dossiers.record_lapses()] == ["PROC-DECIDE"]  # it did lapse after all


@pytest.mark.parametrize("kind", ["document_received", "appeal_filed"])
def test_an_officer_corrects_his_own_questions_only(office: Office, dossier: Dossier, kind: str) -> None:
    if kind == "document_received":
        actions.receive_document(dossier, "other", "وثيقة", None)
    if kind == "appeal_filed":
        actions.file_appeal(dossier, "أطلب جوابا قريبا", "key")
    with pytest.raises(PermissionDenied):
        desk.correct_entry(last(dossier, kind), office.officer, "خطأ")
    desk.correct_entry(last(dossier, kind), office.director, "سجل في ملف آخر")
    asked = desk.ask_information(dossier, office.director, "سؤال")
    desk.correct_entry(asked, office.officer, "سجل في ملف آخر")


def test_an_answer_to_a_question_is_not_struck_out_to_stop_the_clock_again(office: Office, dossier: Dossier) -> None:
    desk.ask_information(dossier, office.officer, "كم خيمة؟")
    actions.answer_information(dossier, "أربع")
    with pytest.raises(PermissionDenied):
        desk.correct_entry(last(dossier, "information_received"), office.officer, "خطأ")
    assert not Duty.objects.get(dossier=dossier, rule="PROC-DECIDE").is_suspended


def test_a_corrected_notification_can_be_made_again_and_a_corrected_signature_ends_its_act(
    office: Office, dossier: Dossier
) -> None:
    act = sign(office, dossier)
    fact = notify(office, dossier, act, date(2026, 12, 1))
    with pytest.raises(PermissionDenied):
        desk.correct_entry(fact, office.officer, "خطأ في الملف")
    with pytest.raises(ValidationError):  # what was handed over comes first
        desk.correct_entry(last(dossier, "outcome_signed"), office.director, "خطأ")
    desk.correct_entry(fact, office.director, "خطأ في الملف")
    act.refresh_from_db()
    assert act.notified_on is None
    assert Entry.objects.filter(kind="act_notification_corrected", fields__number=act.number).exists()
    notify(office, dossier, act, date(2026, 12, 1))
    desk.correct_entry(last(dossier, "notified"), office.director, "خطأ مرة أخرى")
    desk.correct_entry(last(dossier, "outcome_signed"), office.president, "الجواب يخص ملفا آخر")
    act.refresh_from_db()
    assert act.status == Act.Status.ANNULLED
    assert sign(office, dossier).status == Act.Status.VALID


def test_a_file_whose_completion_was_corrected_is_completed_again(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    actions.receive_document(dossier, "liability", "وثيقة أخرى", None)
    document = dossier.documents.get(requirement="liability")
    dossiers.withdraw_document(document, office.clerk, "الوثيقة تخص ملفا آخر", again=False)
    with pytest.raises(PermissionDenied):
        desk.correct_entry(last(dossier, "completed"), office.officer, "الوثيقة تخص ملفا آخر")
    desk.correct_entry(last(dossier, "completed"), office.director, "الوثيقة تخص ملفا آخر")
    _document, receipt = actions.receive_document(dossier, "liability", "التزام", None)
    assert receipt is not None


def information(office: Office) -> Dossier:
    sheet = take_from_catalogue("access-to-information", office.unit)
    return actions.file_request(loan_filing(sheet, brought=())).dossier


def test_an_extension_cannot_bear_an_earlier_date_nor_be_given_twice_backwards(office: Office) -> None:
    dossier = information(office)
    with simulated(at("2027-02-20 10:00")):  # twenty working days are long over
        for day in (date(2026, 12, 7), date(2027, 2, 20)):
            with pytest.raises(ValidationError):
                desk.record_step(dossier, office.officer, "extension_notified", day, "كثرة الوثائق")
    with simulated(at("2026-12-07 10:00")):
        desk.record_step(dossier, office.officer, "extension_notified", None, "كثرة الوثائق")
    with simulated(at("2026-12-09 10:00")), pytest.raises(dossiers.Refused):  # the count looks at every fact
        dossiers.record(dossier, "extension_notified", at=date(2026, 12, 4), by=office.officer, data={"reasons": True})


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2026, 11, 30), date(9999, 12, 31)])
def test_nothing_happens_before_the_dossier_nor_after_today(office: Office, day: date) -> None:
    dossier = information(office)
    with pytest.raises(ValidationError):
        desk.record_step(dossier, office.officer, "acknowledged", day)
    assert desk.record_step(dossier, office.officer, "acknowledged", date(2026, 12, 1))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2023, 1, 1), date(2025, 11, 30)])
def test_a_paper_of_another_age_is_not_filed(office: Office, day: date) -> None:
    sheet = adopted_loan(office)
    with pytest.raises(ValidationError):
        actions.file_request(loan_filing(sheet, filed_on=day), by=office.clerk)
    assert actions.file_request(loan_filing(sheet, filed_on=date(2026, 10, 1)), by=office.clerk).dossier.opened_on


@pytest.mark.parametrize("days", [-5, 0, 400, 10**12])
def test_an_extension_of_senseless_length_is_refused(office: Office, dossier: Dossier, days: int) -> None:
    assert dossier.sheet is not None
    vars(dossier.sheet)["parsed"] = replace(dossier.sheet.parsed, extendable=True)
    with pytest.raises(ValidationError):
        desk.extend(dossier, office.officer, "expertise", days, "خبرة تقنية")
    assert "extended" not in Fact.objects.values_list("kind", flat=True)
    assert desk.extend(dossier, office.officer, "expertise", 15, "خبرة تقنية")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2019, 1, 1), date(2099, 1, 1), date(9999, 12, 31)])
def test_a_closed_day_without_sense_does_not_stop_the_council(office: Office, day: date) -> None:
    for kind, feast in (("closure", ""), ("feast", "fitr")):
        with pytest.raises(ValidationError):
            desk.learn_closed_day(office.director, kind, day, "بلاغ", 1, feast)
    for days in (-1, 0, 10**6):
        with pytest.raises(ValidationError):
            desk.learn_closed_day(office.director, "closure", date(2027, 2, 1), "بلاغ", days)
    assert not ClosedDay.objects.exists()
    desk.learn_closed_day(office.director, "closure", date(2027, 2, 1), "بلاغ", 1)
    assert actions.file_request(loan_filing(adopted_loan(office))).dossier.number


@pytest.mark.parametrize("delay", [-1, 0, 3650, 10**9])
def test_a_sheet_cannot_be_adopted_with_a_delay_that_cannot_be_counted(office: Office, delay: int) -> None:
    sheet = take_from_catalogue("road-damage", office.unit)
    words = {"reference": "مقرر 1", "adopted_on": date(2026, 6, 9), "cndp_reference": "D-1"}
    with pytest.raises(ValidationError, match="365"):
        desk.adopt(office.president, sheet, delay_days=delay, **words)


def test_a_sheet_is_not_adopted_tomorrow(office: Office) -> None:
    sheet = take_from_catalogue("equipment-loan", office.unit)
    words = {"reference": "مقرر 1", "delay_days": 60, "cndp_reference": "D-1"}
    with pytest.raises(ValidationError):
        desk.adopt(office.president, sheet, adopted_on=date(2026, 12, 2), **words)
    assert desk.adopt(office.president, sheet, adopted_on=date(2026, 12, 1), **words).is_adopted


@pytest.mark.parametrize("text", ["{", "{}", "{place.__class__.__mro__}", "{place:>2000000000}", "{place!r}"])
def test_a_wording_of_a_sheet_is_no_program(dossier: Dossier, text: str) -> None:
    sheet = dossier.sheet
    assert sheet is not None
    wording = replace(sheet.parsed.granted, ar=text + " {place} {nothing}", fr="")
    vars(sheet)["parsed"] = replace(sheet.parsed, granted=wording)
    assert half_written(dossier, "granted")[0] == f"{text} دوار النخلة ……"


def test_a_duplicate_is_of_the_same_service(office: Office, dossier: Dossier) -> None:
    other = information(office)
    with pytest.raises(ValidationError):
        actions.mark_duplicate(other, office.director, dossier)
    again = actions.file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
    assert actions.mark_duplicate(again, office.officer, dossier)
    third = actions.file_request(loan_filing(dossier.sheet)).dossier  # type: ignore[arg-type]
    with pytest.raises(ValidationError):  # the first one must go on
        actions.mark_duplicate(third, office.officer, again)
