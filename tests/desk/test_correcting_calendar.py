"""A closed day typed wrong is put right or withdrawn: dossiers follow, people are told, nothing said is lost."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tadbir.councils.models import Correction
from tadbir.dossiers import queries
from tadbir.dossiers.models import ClosedDay, Dossier, Duty, Fact
from tadbir.notify.models import Notice
from tadbir.register.models import Entry
from tadbir.register.proving import walk
from tadbir.services import actions
from tadbir.services.requests import Applicant
from tests import at_once
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

MONDAY, MARCH = date(2027, 2, 1), date(2027, 3, 4)
WRONG = ("closure", MONDAY, "منشور رقم 3/2026", 31)


def do_by(dossier: Dossier) -> date | None:
    return Duty.objects.get(dossier=dossier, rule="PROC-DECIDE").do_by


def whole() -> list[str]:
    return [str(one) for step in walk() for one in step.found]


def test_a_month_typed_wrong_is_put_right_and_the_wrong_receipts_are_named(office: Office) -> None:
    sheet = adopted_loan(office)
    before = actions.file_request(loan_filing(sheet)).dossier  # its receipt says 1 February
    wrong = at_once.learn_closed_day(office.director, *WRONG)
    assert do_by(before) == MARCH
    with_phone = Applicant("فاطمة المثال", phone="0661234567")
    told = actions.file_request(loan_filing(sheet, applicant=with_phone)).dossier  # its receipt says 4 March
    silent = actions.file_request(loan_filing(sheet, applicant=Applicant("علي المثال"))).dossier

    page = address(office.council, "office-closed-day", wrong.pk)
    director = sign_in(office.director)
    said = {"what": "change", "day": "2027-02-01", "days": "1", "source": "منشور رقم 3/2026", "reason": "كُتب 31 سهوا"}
    assert sign_in(office.officer).post(page, said).status_code == 403
    assert director.post(page, said | {"reason": " "}).status_code == 422
    assert director.post(page, said | {"days": "31"}).status_code == 422  # nothing is otherwise
    assert do_by(told) == MARCH
    assert director.post(page, said).status_code == 302

    assert [do_by(one) for one in (before, told, silent)] == [date(2027, 2, 2)] * 3
    (kept,) = Correction.objects.all()
    assert (kept.noun, kept.before, kept.after, kept.by) == ("closed_day", {"days": 31}, {"days": 1}, office.director)
    assert "كُتب 31 سهوا" in director.get(page).content.decode()
    facts = Fact.objects.filter(kind="dated_anew", source="correction")
    assert {fact.dossier for fact in facts if "papers" in fact.data} == {told, silent}  # 4 March was never on the first
    notices = {notice.dossier_ref: notice.status for notice in Notice.objects.filter(code="date_corrected")}
    assert notices == {told.number: "queued", silent.number: "failed"}
    moved = director.get(address(office.council, "office-moved")).content.decode()
    assert told.number in moved
    assert silent.number in moved
    assert before.number not in moved
    assert f'{address(office.council, "office-dossier", silent.number)}#untold">لم يُخبَر: أخبروه</a>' in moved
    assert f"{told.number}#untold" not in moved
    assert whole() == []


def test_a_day_that_was_never_closed_is_withdrawn(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    row = at_once.learn_closed_day(office.director, *WRONG)
    with pytest.raises(PermissionDenied):
        at_once.withdraw_closed_day(office.officer, row, "خطأ")
    with pytest.raises(ValidationError):
        at_once.withdraw_closed_day(office.director, row, "")
    at_once.withdraw_closed_day(office.director, row, "لم يصدر أي قرار بالإغلاق")
    assert do_by(dossier) == MONDAY
    row.refresh_from_db()
    with pytest.raises(ValidationError):
        at_once.withdraw_closed_day(office.director, row, "مرة ثانية")
    again = at_once.learn_closed_day(office.director, "closure", MONDAY, "منشور رقم 4/2026", 1)  # the day is free again
    assert do_by(dossier) == date(2027, 2, 2)
    text = sign_in(office.clerk).get(address(office.council, "office-calendar")).content.decode()
    assert "<del>" in text
    assert {entry.kind for entry in Entry.objects.filter(about=f"closed_day:{row.pk}")} == {
        "closed_day_learned",
        "closed_day_corrected",
    }
    assert whole() == []
    ClosedDay.objects.filter(pk=again.pk).update(days=9)
    assert any("days is 9" in one for one in whole())


def test_two_who_correct_the_same_day_do_not_undo_each_other(office: Office) -> None:
    row = at_once.learn_closed_day(office.director, *WRONG)
    page, president = address(office.council, "office-closed-day", row.pk), sign_in(office.president)
    read = president.read(page)  # type: ignore[attr-defined]
    at_once.correct_closed_day(office.director, row, "يوم واحد", day=MONDAY, days=1, source="منشور")
    said = {"what": "withdraw", "day": "2027-02-01", "days": "31", "source": "منشور", "reason": "خطأ"}
    assert president.post(page, said | {"shown": read}).status_code == 409
    row.refresh_from_db()
    assert (row.withdrawn, row.days) == (False, 1)


def test_the_list_of_wrong_receipts_is_not_searched_among_all_facts(office: Office) -> None:
    plan = queries.moved_by_correction(Dossier.objects.all()).explain()
    assert "fact_moved" in plan


def test_the_day_told_is_that_of_the_duty_the_receipt_spoke_of(office: Office) -> None:
    """Under a month that was not closed, several duties fall on the first day after it; each has its own true day."""
    sheet = adopted_loan(office, 15)
    wrong = at_once.learn_closed_day(office.director, "closure", date(2026, 12, 1), "منشور رقم 4/2026", 31)
    told = actions.file_request(loan_filing(sheet)).dossier
    typed = do_by(told)
    assert Duty.objects.filter(dossier=told, do_by=typed).count() > 1, "more than one duty on the wrong day"
    at_once.correct_closed_day(office.director, wrong, "كُتب 31 سهوا", day=wrong.day, days=1, source=wrong.source)
    right = do_by(told)
    assert right not in (None, typed)
    fact = Fact.objects.get(dossier=told, kind="dated_anew", source="correction")
    assert {(day, now) for _number, day, now in fact.data["papers"]} == {(str(typed), str(right))}
    assert str(right.day) in Notice.objects.filter(code="date_corrected").first().body
