"""A notification that is struck out and recorded again leaves what came after it as it was: the appeal that waits, what
was granted, what was refused. What rests on an entry is struck out before it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import simulated
from tadbir.desk import actions as desk
from tadbir.desk.codes import follow_code
from tadbir.desk.papers import answers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Duty, Fact
from tadbir.register.proving import walk
from tadbir.services import actions
from tests import at_once
from tests.conftest import at
from tests.desk.office_desk import address, sign_in
from tests.factories import Office, adopted_loan, loan_filing

HELD = {"how": "in_hand", "proof": "توقيع على النسخة"}
STRUCK = "والسبب أن الوصل يخص شخصا آخر"


def signed(office: Office, dossier: Dossier, sense: str) -> Act:
    draft = at_once.draft_outcome(
        dossier, office.officer, sense, "جواب المجلس.", "نفد المخزون" if sense != "granted" else ""
    )
    return at_once.sign_outcome(draft, dossier, office.officer, office.president, means="wet_ink")


@pytest.fixture(params=[True, False], ids=["one-day", "other-days"])
def appealed(request: pytest.FixtureRequest, office: Office) -> tuple[Dossier, Act, Fact]:
    """A loan of 1 December, refused; the appeal against it, of the same day or of 3 December."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    act = signed(office, dossier, "refused")
    told = at_once.notify_outcome(act, dossier, office.officer, on=act.date, **HELD)
    with simulated(at("2026-12-01 12:00" if request.param else "2026-12-03 10:00")):
        actions.file_appeal(dossier, "غير منصف ولا مبرر", "key")
    return dossier, act, told


def facts_stand(dossier: Dossier) -> tuple[str, list[tuple[str, str]]]:
    """What the law makes of a dossier: what closed it, and what is owed in it."""
    dossier.refresh_from_db()
    rows = Duty.objects.filter(dossier=dossier, over_on=None)
    return dossier.closed_by_kind, sorted((row.rule, str(row.do_by)) for row in rows)


def now_of(page: str) -> str:
    """What the page of a dossier says must be done now."""
    return page.split('class="card next"')[1].split("</section>")[0]


def again(office: Office, dossier: Dossier, act: Act, told: Fact, *, on: date | None = None) -> None:
    desk.correct_entry(told, office.director, STRUCK)
    act.refresh_from_db()
    at_once.notify_outcome(act, dossier, office.officer, on=on or act.date, **HELD)


def test_an_appeal_that_waits_goes_on_waiting(office: Office, appealed: tuple[Dossier, Act, Fact]) -> None:
    dossier, act, told = appealed
    with simulated(at("2026-12-04 10:00")):
        before = facts_stand(dossier)
        again(office, dossier, act, told)
        assert facts_stand(dossier) == before
        assert ("PROC-APPEAL-ANS" in dict(before[1]), before[0]) == (True, "")


@pytest.mark.parametrize(("sense", "said"), [("granted", "استجاب"), ("refused", "لم يستجب")])
def test_an_appeal_that_was_answered_stays_answered(
    office: Office, appealed: tuple[Dossier, Act, Fact], sense: str, said: str
) -> None:
    dossier, act, told = appealed
    with simulated(at("2026-12-04 10:00")):
        reply = signed(office, dossier, sense)
        at_once.notify_outcome(reply, dossier, office.officer, on=reply.date, **HELD)
        before = facts_stand(dossier)
        desk.correct_entry(told, office.director, STRUCK)
        act.refresh_from_db()
        page = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
        assert address(office.council, "office-answer-notify", dossier.number, act.number) in page
        at_once.notify_outcome(act, dossier, office.officer, on=act.date, **HELD)
        assert facts_stand(dossier) == before
        assert clockwork.may(dossier, "outcome_signed").allowed is (sense == "granted")
        assert not clockwork.may(dossier, "appeal_filed").allowed
        person = Client()
        person.post(address(office.council, "follow"), {"number": dossier.number, "code": follow_code(dossier)})
        followed = person.get(address(office.council, "dossier", dossier.number)).content.decode()
        assert ("لم يستجب المجلس لطلبكم" in followed) is (sense == "refused")
    assert [str(one) for step in walk() for one in step.found] == []


def test_the_granted_relief_is_still_carried_out(office: Office, appealed: tuple[Dossier, Act, Fact]) -> None:
    dossier, act, told = appealed
    with simulated(at("2026-12-04 10:00")):
        reply = signed(office, dossier, "granted")
        at_once.notify_outcome(reply, dossier, office.officer, on=reply.date, **HELD)
        again(office, dossier, act, told)
        assert Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-DO").over_on is None
        new = signed(office, dossier, "granted")
        at_once.notify_outcome(new, dossier, office.officer, on=new.date, **HELD)
        assert facts_stand(dossier)[0] == "notified"
        assert Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-DO").over_on == new.date


def test_it_is_not_dated_after_the_answer_to_the_appeal(office: Office, appealed: tuple[Dossier, Act, Fact]) -> None:
    dossier, act, told = appealed
    with simulated(at("2026-12-04 10:00")):
        reply = signed(office, dossier, "granted")
        answered = at_once.notify_outcome(reply, dossier, office.officer, on=reply.date, **HELD)
    with simulated(at("2026-12-07 10:00")):
        with pytest.raises(ValidationError, match="وإلا فصححوه"):
            again(office, dossier, act, told, on=date(2026, 12, 7))
        act.refresh_from_db()
        assert act.notified_on is None
        desk.correct_entry(answered, office.director, STRUCK)
        reply.refresh_from_db()
        for letter in (act, reply):
            at_once.notify_outcome(letter, dossier, office.officer, on=date(2026, 12, 7), **HELD)
        assert (Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-DO").over_on, dossier.closed_at) == (None, None)


def test_one_letter_has_one_day(office: Office, appealed: tuple[Dossier, Act, Fact]) -> None:
    dossier, _act, told = appealed
    with simulated(at("2026-12-04 10:00")):
        desk.correct_entry(told, office.director, STRUCK)
        page = sign_in(office.officer).get(address(office.council, "office-dossier", dossier.number)).content.decode()
        now = now_of(page)
        assert 'datetime="2027-02-01"' in now
        assert 'datetime="2026-12' not in now


def test_what_rests_on_an_answer_is_struck_before_its_signature(
    office: Office, appealed: tuple[Dossier, Act, Fact]
) -> None:
    dossier, act, told = appealed
    with simulated(at("2026-12-04 10:00")):
        desk.correct_entry(told, office.director, STRUCK)
        written = Fact.objects.get(dossier=dossier, kind="outcome_signed")
        with pytest.raises(ValidationError, match="يطعن في هذه الرسالة"):
            desk.correct_entry(written, office.director, STRUCK)
        desk.correct_entry(Fact.objects.get(dossier=dossier, kind="appeal_filed"), office.director, STRUCK)
        desk.correct_entry(written, office.director, STRUCK)
        act.refresh_from_db()
        assert act.status == Act.Status.ANNULLED


def test_a_question_that_was_answered_is_struck_after_its_answer(office: Office) -> None:
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    asked = desk.ask_opinion(dossier, office.head, office.other_unit, "رأيكم؟")
    given = desk.give_opinion(dossier, office.stranger, asked, "لا مانع من ذلك.")
    with pytest.raises(ValidationError, match="يرتكز"):
        desk.correct_entry(asked, office.director, STRUCK)
    desk.correct_entry(given, office.director, STRUCK)
    desk.correct_entry(asked, office.director, STRUCK)


def test_a_day_put_right_takes_nothing_from_an_appeal_which_is_answered_and_may_be_refused(office: Office) -> None:
    """Told on 1 February, appealed on 24 February; then the notification was of 1 December, says a correction."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    act = signed(office, dossier, "refused")
    with simulated(at("2027-02-01 10:00")):
        told = at_once.notify_outcome(act, dossier, office.officer, on=date(2027, 2, 1), **HELD)
    with simulated(at("2027-02-24 10:00")):
        actions.file_appeal(dossier, "غير منصف ولا مبرر", "key")
        owed = Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS").do_by
        desk.correct_entry(told, office.director, STRUCK)
        assert Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS", over_on=None).do_by == owed
        act.refresh_from_db()
        at_once.notify_outcome(act, dossier, office.officer, on=act.date, **HELD)
        assert Duty.objects.get(dossier=dossier, rule="PROC-APPEAL-ANS", over_on=None).do_by == owed
        answer = at_once.answer_appeal(dossier, office.officer, office.president, "refused", "لم يتغير شيء")
        letter = Act.objects.filter(dossier_ref=dossier.number, kind="appeal_answer").latest("pk")
        assert answer is not None
        # sixty days from 24 February: Sunday 25 April, advised before it
        assert [one["file_before"] for one in letter.document["remedies"]] == ["2027-04-23"]


def test_the_refusal_of_what_came_late_says_its_last_day_and_is_no_answer_without_ways(office: Office) -> None:
    """The counter records nothing late: what another edition took is read as it is."""
    dossier = actions.file_request(loan_filing(adopted_loan(office))).dossier
    act = signed(office, dossier, "refused")
    at_once.notify_outcome(act, dossier, office.officer, on=act.date, **HELD)
    with simulated(at("2027-02-24 10:00")):
        facts = clockwork.told(dossier)
        data = {"level": "president", "against": "refusal"}
        facts.append(law.Fact("late", "appeal_filed", date(2027, 2, 20), data, seq=len(facts)))
        data = {"asked": "late", "sense": "refused", "means": "hand"}
        facts.append(law.Fact(answers.NEXT, "appeal_answered", date(2027, 2, 24), data, seq=len(facts)))
        [said] = answers.remedies(dossier, facts)
    # thirty full days from Tuesday 1 December: Friday 1 January, a holiday; Monday 4
    assert "4 يناير 2027" in said["text_ar"]
    assert "4 janvier 2027" in said["text_fr"]
    assert "file_before" not in said
