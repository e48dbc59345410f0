"""The journey of one request through the actions: filing, questions, outcome, notification, lapse, appeal."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.acts.actions import NoSigningPower
from tadbir.acts.models import Act
from tadbir.councils import actions as councils
from tadbir.councils.clock import simulated
from tadbir.desk.actions.digest import send_digests
from tadbir.desk.codes import code_matches
from tadbir.desk.papers import half_written
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Duty, Fact
from tadbir.notify.models import Notice
from tadbir.register.queries import breaks_of_chain
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import ANSWERS, Office, adopted_loan, loan_filing


def kinds(dossier: object) -> list[str]:
    return list(Fact.objects.filter(dossier=dossier).order_by("pk").values_list("kind", flat=True))


def due(dossier: object, rule: str = "PROC-DECIDE") -> Duty:
    return Duty.objects.get(dossier=dossier, rule=rule)


@pytest.mark.postgres
def test_a_complete_file_gets_its_receipt_and_its_date(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    receipt = filed.receipt.document["receipt"]
    assert receipt["state"] == "filed"
    assert receipt["clock"]["do_by"] == "2027-02-01"  # 60 full days from 1 December 2026, past a Sunday
    duty = due(filed.dossier)
    assert (duty.do_by, duty.lapses_on) == (date(2027, 2, 1), date(2027, 2, 2))
    assert clockwork.explained(duty).steps()
    assert code_matches(filed.dossier, filed.code)
    assert not code_matches(filed.dossier, "0000-0000")
    assert list(breaks_of_chain()) == []


@pytest.mark.postgres
def test_an_incomplete_file_is_told_everything_once(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",)))
    receipt = filed.receipt.document["receipt"]
    assert receipt["state"] == "filing"
    assert len(receipt["missing"]) == 1
    assert receipt["supply_by"]
    assert kinds(filed.dossier) == ["filed", "missing_listed"]
    assert not Duty.objects.filter(dossier=filed.dossier, rule="PROC-DECIDE", do_by__isnull=False).exists()
    with simulated(at("2026-12-10 09:00")):
        _document, second = actions.receive_document(filed.dossier, "liability", "engagement.pdf", None)
    assert second is not None
    assert second.document["receipt"]["state"] == "filed"
    assert due(filed.dossier).starts_on == date(2026, 12, 10)


def test_a_draft_sheet_requires_nothing_and_shows_no_legal_delay(office: Office) -> None:
    from tadbir.procedures.actions import take_from_catalogue

    filed = actions.file_request(loan_filing(take_from_catalogue("equipment-loan", office.unit), brought=()))
    assert filed.receipt.document["receipt"]["state"] == "registered"
    assert filed.receipt.document["receipt"]["missing"] == []


@pytest.mark.postgres
def test_information_stops_the_clock_once_and_only_in_the_first_half(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    with simulated(at("2026-12-11 09:00")):
        desk.ask_information(filed.dossier, office.officer, "كم عدد الخيام؟")
        assert due(filed.dossier).is_suspended
        with pytest.raises(dossiers.Refused):
            desk.ask_information(filed.dossier, office.officer, "وكم عدد الكراسي؟")
    with simulated(at("2026-12-21 09:00")):
        actions.answer_information(filed.dossier, "أربع خيام")
    duty = due(filed.dossier)
    assert not duty.is_suspended
    assert duty.do_by is not None
    assert duty.do_by > date(2027, 2, 1)
    with simulated(at("2027-01-25 09:00")), pytest.raises(dossiers.Refused):
        desk.ask_replacement(filed.dossier, office.officer, "liability", "غير مقروءة")


def test_a_document_that_is_not_on_the_sheet_cannot_be_asked(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    with pytest.raises(ValidationError):
        desk.ask_replacement(filed.dossier, office.officer, "birth-certificate", "ناقصة")
    with pytest.raises(ValidationError):  # the council gets this one itself (article 23)
        desk.ask_original(filed.dossier, office.officer, "association-receipt", "للتأكد")
    with pytest.raises(PermissionDenied):
        desk.ask_replacement(filed.dossier, office.stranger, "liability", "غير مقروءة")
    assert desk.ask_replacement(filed.dossier, office.officer, "liability", "غير مقروءة").pk


@pytest.mark.postgres
def test_a_refusal_is_reasoned_signed_by_right_and_notified(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    body, _french = half_written(filed.dossier, "refused")
    with pytest.raises(ValidationError):
        desk.draft_outcome(filed.dossier, office.officer, "refused", body)
    draft = desk.draft_outcome(filed.dossier, office.officer, "refused", body, "الخيام محجوزة في نفس المدة.")
    assert not any({"file_before", "if_received"} & set(one) for one in draft.body["remedies"]), (
        "last days are counted at the seal"
    )
    with pytest.raises(NoSigningPower, match="101"):
        desk.sign_outcome(draft, filed.dossier, office.officer, office.head, means="wet_ink")
    councils.delegate(office.president, office.head, ["outcome"], "3/2026", date(2026, 2, 1), date(2026, 12, 31))
    act = desk.sign_outcome(draft, filed.dossier, office.officer, office.head, means="wet_ink")
    appeal, court = act.document["remedies"]
    assert appeal["file_before"]
    assert appeal["if_received"] == act.document["date"] == "2026-12-01", "it runs from the notification, not from here"
    assert "file_before" not in court, "it follows the appeal, and has no day yet (law 41-90, article 23)"
    assert "if_received" not in court
    assert due(filed.dossier).discharged_on is None  # a signature alone discharges nothing
    with pytest.raises(ValidationError):
        desk.notify_outcome(act, filed.dossier, office.officer, how="in_hand", on=date(2026, 12, 1), proof="")
    day = date(2026, 12, 1)
    desk.notify_outcome(act, filed.dossier, office.officer, how="in_hand", on=day, proof="توقيع على النسخة")
    assert due(filed.dossier).discharged_on == date(2026, 12, 1)
    right = Duty.objects.get(dossier=filed.dossier, rule="PROC-APPEAL")
    assert right.file_before is not None
    filed.dossier.refresh_from_db()
    assert filed.dossier.closed_at is not None


def test_a_delegation_that_ended_gives_no_power(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    councils.delegate(office.president, office.head, ["*"], "3/2026", date(2026, 2, 1), date(2026, 11, 30))
    draft = desk.draft_outcome(filed.dossier, office.officer, "granted", "نعم")
    with pytest.raises(NoSigningPower):
        desk.sign_outcome(draft, filed.dossier, office.officer, office.head, means="wet_ink")
    assert desk.sign_outcome(draft, filed.dossier, office.officer, office.president, means="wet_ink").number


@pytest.mark.postgres
def test_a_lapse_is_recorded_once_told_and_appealed(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    with simulated(at("2027-02-01 23:00")):
        assert dossiers.record_lapses() == []
    with simulated(at("2027-02-05 06:00")):
        found = dossiers.record_lapses()
        assert [fact.data["rule"] for fact in found] == ["PROC-DECIDE"]
        assert found[0].happened_at.date() == date(2027, 2, 2)
        assert dossiers.record_lapses() == []
        assert "person_told_of_lapse" in kinds(filed.dossier)
        first = actions.file_appeal(filed.dossier, "لم أتوصل بأي جواب", "key-1")
        again = actions.file_appeal(filed.dossier, "لم أتوصل بأي جواب", "key-1")
        assert first == again
        assert first.data["against"] == "lapse"
        assert Duty.objects.get(dossier=filed.dossier, rule="PROC-APPEAL-ANS").do_by is not None
        with pytest.raises(NoSigningPower):
            desk.answer_appeal(filed.dossier, office.officer, office.officer, "granted")
        answered = desk.answer_appeal(filed.dossier, office.officer, office.president, "granted")
        assert (answered.kind, answered.data["asked"]) == ("appeal_answered", str(first.pk))


def test_an_early_appeal_is_accepted(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    fact = actions.file_appeal(filed.dossier, "أطلب جوابا قريبا", "early")
    assert fact.data["against"] == "early"
    assert Act.objects.filter(dossier_ref=filed.dossier.number, kind="receipt").count() == 2


def test_a_mistaken_entry_is_voided_and_stays_in_the_register(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    asked = desk.ask_information(filed.dossier, office.officer, "سؤال في الملف الخطأ")
    with pytest.raises(ValidationError):
        desk.correct_entry(asked, office.officer, " ")
    desk.correct_entry(asked, office.officer, "سجل في ملف آخر")
    assert not due(filed.dossier).is_suspended
    assert due(filed.dossier).do_by == date(2027, 2, 1)
    assert Fact.objects.filter(pk=asked.pk).exists()


def test_a_closure_dates_open_dossiers_anew(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    with pytest.raises(PermissionDenied):
        desk.learn_closed_day(office.officer, "closure", date(2027, 2, 1), "بلاغ رئيس الحكومة")
    desk.learn_closed_day(office.director, "closure", date(2027, 2, 1), "بلاغ رئيس الحكومة")
    assert due(filed.dossier).do_by == date(2027, 2, 2)
    assert "dated_anew" in kinds(filed.dossier)
    assert not Notice.objects.filter(code="duties").exists(), "one mail a day, not one a dossier"
    assert send_digests() == 1
    mail = Notice.objects.get(code="duties")
    assert mail.recipient == "head@oed.example"
    assert "ملفات أعيد حساب آجالها: 1." in mail.body


def test_withdraw_return_misdirect_duplicate_and_reassign(office: Office) -> None:
    sheet = adopted_loan(office)
    first, second, third = (actions.file_request(loan_filing(sheet)).dossier for _ in range(3))
    actions.withdraw(first)
    with pytest.raises(dossiers.Refused):
        desk.ask_information(first, office.officer, "سؤال")
    actions.mark_duplicate(third, office.officer, second)
    dossiers.reassign(second, office.head, None, office.other_unit, "من اختصاص القسم الاجتماعي")
    second.refresh_from_db()
    with pytest.raises(PermissionDenied):
        desk.ask_information(second, office.officer, "سؤال")
    desk.misdirected(second, office.stranger, "جماعة النخلة", "رخصة استغلال الملك الجماعي")
    incomplete = actions.file_request(loan_filing(sheet, brought=())).dossier
    with pytest.raises(dossiers.Refused):
        desk.return_file(incomplete, office.officer, "missing")
    with simulated(at("2027-01-15 09:00")):
        desk.return_file(incomplete, office.officer, "missing")
    assert not queries.duties_of(office.officer).filter(dossier=incomplete).exists()


def test_the_code_is_given_again_only_at_the_counter(office: Office) -> None:
    filed = actions.file_request(loan_filing(adopted_loan(office)))
    assert desk.reprint_code(filed.dossier, office.clerk, "بطاقة التعريف الوطنية") == filed.code
    with pytest.raises(PermissionDenied):
        desk.reprint_code(filed.dossier, office.clerk, " ")
    with pytest.raises(PermissionDenied):
        desk.reprint_code(filed.dossier, office.president, "بطاقة التعريف الوطنية")


def test_a_block_of_paper_receipts_is_keyed_in_and_closed(office: Office) -> None:
    sheet = adopted_loan(office)
    with simulated(at("2026-11-26 16:00")):
        block, pages = actions.print_block(office.clerk, office.unit, 10)
    numbers = list(block.receipts.values_list("number", flat=True))
    assert pages.document["numbers"] == numbers
    filed = actions.key_in_receipt(office.clerk, numbers[0], loan_filing(sheet, filed_on=date(2026, 11, 27)))
    assert filed.dossier.opened_on == date(2026, 11, 27)
    assert due(filed.dossier).starts_on == date(2026, 11, 27)
    with pytest.raises(ValidationError):
        actions.key_in_receipt(office.clerk, numbers[0], loan_filing(sheet))
    with pytest.raises(ValidationError):
        actions.close_block(office.clerk, block, {numbers[1]: "ممزق"})
    closed = actions.close_block(office.clerk, block, dict.fromkeys(numbers[1:], "لم يستعمل"))
    assert closed.closed_at is not None
    with pytest.raises(ValidationError):
        actions.key_in_receipt(office.clerk, numbers[2], loan_filing(sheet))


def test_a_paper_dated_tomorrow_is_refused(office: Office) -> None:
    sheet = adopted_loan(office)
    with pytest.raises(ValidationError):
        actions.file_request(loan_filing(sheet, filed_on=date(2026, 12, 2)), by=office.clerk)
    with pytest.raises(PermissionDenied):
        actions.file_request(loan_filing(sheet), by=office.president)
    assert actions.file_request(loan_filing(sheet, filed_on=date(2026, 11, 30)), by=office.clerk)


def test_a_place_is_joined_to_the_letter_before_it_and_a_number_is_not(office: Office) -> None:
    sheet = adopted_loan(office)
    for place, read in (("حي النهضة", "بحي النهضة"), ("12 زنقة الورد", "بـ12 زنقة الورد"), ("", "بـ……")):
        filed = actions.file_request(loan_filing(sheet, answers={**ANSWERS, "place": place}))
        assert read in half_written(filed.dossier, "granted")[0]
