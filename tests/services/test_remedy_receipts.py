"""The receipt of a remedy says the day of its answer: where an entry that is put right moves that day, a new receipt
takes its place and the person is told, as where an answer moves that of a remedy which came early; where nothing moves,
the receipt stands."""

from datetime import date

import pytest
from django.utils.html import strip_tags

from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk.actions import correct_entry
from tadbir.dossiers.actions import record_lapses
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.factories import Office, adopted_loan, contested_loan, loan_filing
from tests.services.residents import Resident

WHY = "سُجل هذا في غير ملفه"


@pytest.fixture
def refused(office: Office) -> Dossier:
    """A loan of 1 December 2026, refused that day; its appeal came on the 3rd."""
    return contested_loan(office)


def receipts(dossier: Dossier) -> list[Act]:
    """Those of its appeal, oldest first."""
    found = Act.objects.filter(kind="receipt", dossier_ref=dossier.number, content__isnull=False).order_by("pk")
    return [act for act in found if "الطعن" in act.document["title_ar"]]


def said(act: Act) -> str:
    return str(act.document["receipt"]["clock"]["do_by"])


def day_of(dossier: Dossier) -> str:
    return str(Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS").do_by)


def test_a_notification_struck_out_takes_no_day_from_who_was_told(office: Office, refused: Dossier) -> None:
    """The president answers from the day on which the appeal was laid before him (law 55-19, article 21): the receipt
    stands while the notification is struck out, and once it is recorded anew."""
    [first] = receipts(refused)
    assert said(first) == day_of(refused)
    with simulated(at("2026-12-04 10:00")):
        correct_entry(Fact.objects.get(kind="notified"), office.director, WHY)
        assert (receipts(refused), first.status, day_of(refused)) == ([first], Act.Status.VALID, said(first))
        act = Act.objects.get(kind="outcome")
        desk.notify_outcome(act, refused, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
        assert (receipts(refused), day_of(refused)) == ([first], said(first))
        assert not Notice.objects.filter(code="remedy_receipt_corrected").exists()
    assert [str(one) for step in walk() for one in step.found] == []


def test_the_receipt_of_a_grievance_that_never_came_is_annulled_too(office: Office, refused: Dossier) -> None:
    with simulated(at("2026-12-04 10:00")):
        grievance = actions.file_appeal(refused, "غير منصف ولا مبرر", "grievance", filed="grievance_filed")
        kept = Act.objects.filter(kind="receipt", dossier_ref=refused.number).latest("pk")
        correct_entry(grievance, office.director, WHY)
        kept.refresh_from_db()
    assert kept.status == Act.Status.ANNULLED
    assert [act.status for act in receipts(refused)] == [Act.Status.VALID], (
        "what moves no day leaves a receipt as it is"
    )
    assert not Notice.objects.filter(code="remedy_receipt_corrected").exists()


def test_a_receipt_gives_way_only_to_one_that_says_a_day(office: Office, refused: Dossier) -> None:
    """The day of the answer is long past when the notification is struck out and made anew."""
    with simulated(at("2027-05-10 10:00")):
        record_lapses()
        correct_entry(Fact.objects.get(kind="notified"), office.director, WHY)
        act = Act.objects.get(kind="outcome")
        assert all(one.document["receipt"]["clock"]["do_by"] for one in receipts(refused))
        desk.notify_outcome(act, refused, office.officer, how="in_hand", on=date(2026, 12, 1), proof="توقيع")
        assert all(one.document["receipt"]["clock"]["do_by"] for one in receipts(refused))
        assert said(receipts(refused)[-1]) == "2026-12-21"


def early(office: Office) -> Dossier:
    """A loan of 1 December 2026, whose appeal came on the 3rd, before any answer."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "لن يكفيني الأجل", "appeal")
    return dossier


@pytest.mark.parametrize("sense", ["refused", "granted"])
def test_the_day_of_an_early_remedy_moves_with_the_answer_that_comes_before_its_delay_is_over(
    office: Office, sense: str
) -> None:
    """A refusal that it then contests: its fifteen days run from it. A grant answers it: nothing is to be renewed."""
    dossier = early(office)
    [first] = receipts(dossier)
    assert said(first) == day_of(dossier) == "2027-02-16"
    with simulated(at("2026-12-07 10:00")):
        draft = desk.draft_outcome(dossier, office.officer, sense, "نص الجواب", "السبب" if sense == "refused" else "")
        act = desk.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")
        assert [one.status for one in receipts(dossier)] == [Act.Status.VALID], "a signature moves no day"
        desk.notify_outcome(act, dossier, office.officer, how="in_hand", on=date(2026, 12, 7), proof="توقيع")
        told = Notice.objects.filter(code="remedy_receipt_corrected", dossier_ref=dossier.number)
        if sense == "granted":
            assert ([one.status for one in receipts(dossier)], told.count()) == ([Act.Status.VALID], 0)
            return
        first, second = receipts(dossier)
        assert (first.status, first.replaced_by) == (Act.Status.REPLACED, second)
        assert first.status_reason == "تغير به تاريخ الجواب: تبليغ الجواب، 7 دجنبر 2026"
        assert said(second) == day_of(dossier) == "2026-12-23"
        assert second.document["receipt"]["filed_at"] == first.document["receipt"]["filed_at"]
        assert "23 دجنبر 2026" in told.get().body
    assert [str(one) for step in walk() for one in step.found] == []


def test_an_early_appeal_counted_from_a_closed_day_says_until_when_the_request_is_answered(resident: Resident) -> None:
    """The sixty full days of 1 December end on Sunday 31 January: the request is answered until Monday 1 February, as
    every page says, and the appeal is counted from the Sunday, so that its answer is late by no reading."""
    adopted_loan(resident.office)
    _draft, number, code = resident.file("signed-request", "liability")
    dossier = Dossier.objects.get(number=number)
    with simulated(at("2026-12-03 10:00")):
        actions.file_appeal(dossier, "لن يكفيني الأجل", "appeal")
        [receipt] = receipts(dossier)
        resident.post("follow/", {"number": number, "code": code})
        page = strip_tags(resident.get(f"follow/{number}/").content.decode())
    steps = " ".join(one["text_fr"] for one in receipt.document["receipt"]["clock"]["steps"])
    assert str(Duty.objects.get(dossier=dossier, rule="PROC-DECIDE").do_by) == "2027-02-01"
    assert "le dimanche 31 janvier 2027" in steps
    assert "la demande peut recevoir sa réponse jusqu’au lundi 1er février 2027" in steps
    assert "31 يناير 2027" in page
    assert "يمكن الجواب عن طلبكم نفسه إلى غاية الاثنين فاتح فبراير 2027" in page


def test_what_suspends_the_delay_moves_the_receipt_once_it_is_given(office: Office) -> None:
    dossier = early(office)
    with simulated(at("2026-12-07 10:00")):
        desk.ask_information(dossier, office.officer, "ما هو تاريخ النشاط؟")
        assert len(receipts(dossier)) == 1, "while it waits there is no day to say"
    with simulated(at("2026-12-10 10:00")):
        actions.answer_information(dossier, "يوم 20 دجنبر")
        first, second = receipts(dossier)
        assert (first.status, second.status) == (Act.Status.REPLACED, Act.Status.VALID)
        assert said(second) == day_of(dossier) > said(first)
