"""What the page says before an entry is struck out is what then happens to the delays, for every kind of entry."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction

from tadbir import law
from tadbir.councils.clock import simulated, today
from tadbir.councils.queries import qualities_of
from tadbir.desk.actions import correct_entry
from tadbir.desk.dossier import Desk
from tadbir.desk.endings import moved_by
from tadbir.desk.forms.verbs import correctable
from tadbir.desk.matter import left_out_of
from tadbir.desk.striking import striking
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Document, Dossier, Duty, Fact
from tadbir.services import actions
from tests import at_once as desk
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, contested_loan, loan_filing

WHY = "قُيدت في ملف آخر"


class _Back(Exception):
    """What was tried is taken back."""


def last(dossier: Dossier, kind: str) -> Fact:
    return Fact.objects.filter(dossier=dossier, kind=kind).latest("pk")


def lacking(office: Office) -> Dossier:
    """A list of what lacks, whose reception was recorded eight days later."""
    dossier = actions.file_request(loan_filing(adopted_loan(office), brought=("signed-request",))).dossier
    with simulated(at("2026-12-09 10:00")):
        actions.mark_received(dossier, office.officer, last(dossier, "missing_listed"), "hand")
    return dossier


def not_complete(office: Office) -> Dossier:
    """A file that was called complete, from which a document was taken away."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-04 10:00")):
        document = Document.objects.get(dossier=dossier, requirement="liability", withdrawn=False)
        dossiers.withdraw_document(document, office.clerk, WHY, again=False)
    return dossier


def asked(office: Office) -> Dossier:
    """A replacement that was asked, received and brought, and a question that was answered."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-03 10:00")):
        question = desk.ask_replacement(dossier, office.officer, "liability", "النسخة غير مقروءة")
    with simulated(at("2026-12-05 10:00")):
        actions.mark_received(dossier, office.officer, question, "hand")
    with simulated(at("2026-12-07 10:00")):
        actions.receive_document(dossier, "liability", "التزام", None)
        desk.ask_information(dossier, office.officer, "ما هو تاريخ النشاط؟")
    with simulated(at("2026-12-09 10:00")):
        actions.answer_information(dossier, "يوم 20 دجنبر")
    return dossier


def waiting(office: Office) -> Dossier:
    """A replacement that was asked and received, and waits."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-03 10:00")):
        question = desk.ask_replacement(dossier, office.officer, "liability", "النسخة غير مقروءة")
    with simulated(at("2026-12-07 10:00")):
        actions.mark_received(dossier, office.officer, question, "hand")
    return dossier


def elsewhere(office: Office) -> Dossier:
    """An orientation, its reception, and an appeal against it."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2026-12-02 10:00")):
        sent = desk.misdirected(dossier, office.officer, "جماعة مجاورة", "ليس من اختصاص المجلس")
    with simulated(at("2026-12-07 10:00")):
        actions.mark_received(dossier, office.officer, sent, "hand")
    with simulated(at("2026-12-08 10:00")):
        actions.file_appeal(dossier, "الاختصاص للمجلس", "appeal")
    return dossier


def silent(office: Office) -> Dossier:
    """A silence, and an appeal against it."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    with simulated(at("2027-02-05 10:00")):
        dossiers.record_lapses()
        actions.file_appeal(dossier, "لم يصلني أي جواب", "appeal")
    return dossier


def contested(office: Office) -> Dossier:
    """A refusal, and an appeal against it."""
    return contested_loan(office)


STORIES: tuple[Callable[[Office], Dossier], ...] = (lacking, not_complete, asked, waiting, elsewhere, silent, contested)


def rows(dossier: Dossier) -> dict[str, tuple[str, str, date | None, date | None]]:
    """What runs in a dossier, as it is kept: what it is called, the day that is shown, the certain one."""
    found = Duty.objects.filter(dossier=dossier, over_on__isnull=True).exclude(type="bar")
    # what the page of the dossier calls impossible is not told as running: an extension whose sheet names no inquiry
    found = found.exclude(rule__in=left_out_of(dossier))
    live = (row for row in found if row.type == "duty" or row.lapses_on is None or today() < row.lapses_on)
    named = ((row, law.RULES[row.rule]) for row in live)
    return {
        row.key: (row.type, (rule.label or rule.sentence).ar, row.shown_day, row.accept_until) for row, rule in named
    }


Rows = dict[str, tuple[str, str, date | None, date | None]]


def became(before: Rows, after: Rows) -> tuple[Counter[object], ...]:
    """What stopped, what began, what moved."""
    return (
        Counter(row[1:] for key, row in before.items() if key not in after and row[0] != "effect"),
        Counter(row[1:] for key, row in after.items() if key not in before and row[0] != "effect"),
        Counter(row[1:] for key, row in after.items() if key in before and before[key] != row),
    )


def tried(office: Office, dossier: Dossier) -> Iterator[tuple[str, tuple[object, ...], tuple[object, ...]]]:
    """Each entry that may be struck out: what is told of it, and what striking it out does; then it stands again."""
    shown = Desk(dossier, office.president)
    shown.qualities = qualities_of(office.president, today())
    for fact in correctable(shown):
        told = striking(shown, fact).moved
        said = tuple(Counter(map(tuple, clocks)) for clocks in told)
        before = rows(dossier)
        try:
            with transaction.atomic():
                correct_entry(Fact.objects.get(pk=fact.pk), office.president, WHY)
                clockwork.recompute(Dossier.objects.get(pk=dossier.pk))
                after = rows(dossier)
                raise _Back
        except _Back:
            yield fact.kind, said, became(before, after)


@pytest.mark.parametrize("story", STORIES)
def test_what_is_told_before_an_entry_is_struck_out_is_what_happens(
    office: Office, story: Callable[[Office], Dossier]
) -> None:
    dossier = story(office)
    dossier.refresh_from_db()
    with simulated(at("2027-02-06 10:00" if story is silent else "2026-12-10 10:00")):
        found = list(tried(office, dossier))
    assert found
    for kind, told, happened in found:
        assert told == happened, kind
    moving = {kind for kind, told, _happened in found if any(told)}
    wanted = {
        lacking: {"missing_listed", "request_received"},
        not_complete: {"completed"},
        asked: {"replacement_received", "information_received"},
        waiting: {"request_received", "replacement_asked"},
        elsewhere: {"misdirected", "appeal_filed"},
        silent: {"appeal_filed"},
        contested: {"notified"},
    }
    assert wanted[story] <= moving


def test_no_page_that_ends_or_begins_clocks_tells_one_that_its_dossier_calls_impossible(office: Office) -> None:
    """The sheet of a loan names no inquiry: nothing is extended, so no extension ends, begins or moves."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    shown = Desk(dossier, office.president)
    shown.qualities = qualities_of(office.president, today())
    assert "PROC-EXTEND" in left_out_of(dossier)
    assert Duty.objects.filter(dossier=dossier, rule="PROC-EXTEND", over_on__isnull=True).exists()
    moved = [striking(shown, fact).moved for fact in correctable(shown)]
    moved.append(moved_by(shown, [law.Fact("1", "filed", at("2026-12-01 10:00"), {})]))
    told = {clock.label for one in moved for clocks in one for clock in clocks}
    assert told
    assert law.RULES["PROC-EXTEND"].label.ar not in told


def test_the_page_says_that_the_reception_of_a_list_moves_its_certain_end(office: Office) -> None:
    """The advised day stays; that on which the time is certainly over moves with the reception."""
    dossier = lacking(office)
    with simulated(at("2026-12-10 10:00")):
        fact = last(dossier, "request_received")
        where = address(office.council, "office-do", dossier.number, "correct")
        page = sign_in(office.president).get(f"{where}?fact={fact.pk}").content.decode()
    assert "لا يبتدئ بذلك أجل" not in page
    assert "ينصرم بصفة مؤكدة بعد" in page
