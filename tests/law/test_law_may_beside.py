"""Remedies beside an answer that grants, beside another that waits, beside a silence that follows a silence."""

from datetime import date

import pytest

from .facts import allowed, of
from .test_law_may import COMPLETE, NOTIFIED

#: A request of information: its answer was due on 29 October 2026.
ASKED = [["2026-10-01", "filed"]]
YES = [["2026-10-20", "outcome_signed"], ["2026-10-21", "notified", {"sense": "granted", "means": "hand"}]]
#: Answers that give all that was asked, in each kind of dossier that knows a grievance.
WHOLE = [
    ("55-19", "notified", {"sense": "granted"}),
    ("55-19", "delivered_on_spot", {}),
    ("council-commitment", "notified", {"sense": "granted"}),
    ("petition", "notified", {"sense": "granted"}),
    ("09-08", "rectified", {}),
    ("09-08", "access_given", {}),
]


@pytest.mark.parametrize("given", [YES, [["2026-10-21", "delivered_on_spot", {"sense": "granted"}]]])
def test_a_reply_that_grants_is_contested_for_twenty_working_days_and_the_complaint_has_its_answer(given):
    rows = [*ASKED, *given]
    [right] = of("ATI-COMPLAIN", "31-13", rows, "2026-10-22")
    assert (right.file_before, right.accept_until) == (date(2026, 11, 20), date(2026, 11, 23))
    answer = allowed("complaint_to_head", rows, "2026-11-23", kind="31-13")
    assert (answer.allowed, answer.early, answer.until) == (True, False, date(2026, 11, 23))
    late = allowed("complaint_to_head", rows, "2026-11-24", kind="31-13")
    assert (late.allowed, late.reasons[0].code) == (False, "too_late")
    filed = [*rows, ["2026-11-02", "complaint_to_head", {"against": "refusal"}, "c"]]
    [owed] = of("ATI-COMPLAIN-ANS", "31-13", filed, "2026-11-03")
    assert (owed.open, owed.do_by) == (True, date(2026, 11, 17))
    assert allowed("complaint_to_head", filed, "2026-11-03", kind="31-13").reasons[0].code == "appeal_pending"
    [silent] = of("ATI-CDAI", "31-13", filed, "2026-12-10")
    assert silent.open, "the head kept silent: the commission"
    for sense in ("refused", "granted"):
        told = [*filed, ["2026-11-10", "complaint_answered", {"asked": "c", "sense": sense, "means": "hand"}]]
        assert of("ATI-CDAI", "31-13", told, "2026-11-11")[0].open
        why = "granted_and_owed" if sense == "granted" else "appeal_used"
        assert allowed("complaint_to_head", told, "2026-11-11", kind="31-13").reasons[0].code == why
        assert allowed("outcome_signed", told, "2026-11-11", kind="31-13").allowed is (sense == "granted")


def test_a_complaint_against_silence_waits_no_more_once_all_is_granted_and_another_contests_that_reply():
    rows = [*ASKED, ["2026-11-10", "complaint_to_head", {"against": "lapse"}, "c"]]
    rows += [["2026-11-12", "outcome_signed"], ["2026-11-13", "notified", {"sense": "granted", "means": "hand"}]]
    assert not of("ATI-COMPLAIN-ANS", "31-13", rows, "2026-11-14")[0].open
    assert allowed("complaint_to_head", rows, "2026-11-20", kind="31-13").allowed, "nothing came with the yes"
    rows += [["2026-11-20", "complaint_to_head", {"against": "refusal"}, "d"]]
    assert [duty.open for duty in of("ATI-COMPLAIN-ANS", "31-13", rows, "2026-11-21")] == [False, True]
    rows += [["2026-11-25", "complaint_answered", {"asked": "d", "sense": "refused", "means": "hand"}]]
    assert [duty.open for duty in of("ATI-COMPLAIN-ANS", "31-13", rows, "2026-11-26")] == [False, False]


@pytest.mark.parametrize(("kind", "fact", "data"), WHOLE)
def test_no_grievance_is_offered_against_what_was_granted_in_time_late_or_after_a_refusal(kind, fact, data):
    completed = [["2026-10-01", "completed"]] if kind in ("55-19", "council-commitment") else []
    opened = [["2026-10-01", "filed"], *completed]
    for before, day in (
        ([], "2026-10-15"),
        ([], "2027-02-02"),
        ([["2026-10-10", "outcome_signed"], ["2026-10-11", "notified", {"sense": "refused"}]], "2026-10-20"),
    ):
        rows = [*opened, *before, [day, fact, data]]
        answer = allowed("grievance_filed", rows, day, kind=kind)
        assert (answer.allowed, [reason.code for reason in answer.reasons]) == (False, ["granted"])
        assert "nouvelle demande" in answer.reasons[0].fr
    refused = [*opened, ["2026-10-10", "outcome_signed"], ["2026-10-11", "notified", {"sense": "refused"}]]
    assert allowed("grievance_filed", refused, "2026-10-20", kind=kind)


def test_a_grievance_beside_the_appeal_that_waits_keeps_its_last_day():
    rows = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    answer = allowed("grievance_filed", rows, "2026-10-26")
    assert (answer.allowed, answer.until) == (True, date(2026, 12, 21))
    assert [reason.code for reason in answer.reasons] == ["appeal_first"]
    assert allowed("grievance_filed", rows, "2026-12-22").reasons[0].code == "too_late"


@pytest.mark.parametrize(
    ("kind", "opened", "filed", "right"),
    [("55-19", COMPLETE, "appeal", "PROC-APPEAL"), ("31-13", ASKED, "complaint", "ATI-COMPLAIN")],
)
def test_a_remedy_against_a_silence_contests_the_refusal_that_comes_while_it_waits(kind, opened, filed, right):
    code = {"appeal": "appeal_filed", "complaint": "complaint_to_head"}[filed]
    rows = [*opened, ["2026-12-10", code, {"against": "lapse"}, "a"]]
    rows += [["2026-12-01", "outcome_signed"], ["2026-12-14", "notified", {"sense": "refused", "means": "hand"}]]
    assert [duty.open for duty in of(right, kind, rows, "2026-12-15")] == [False, False]
    assert [duty.discharged_by for duty in of(right, kind, rows, "2026-12-15")] == ["a", "a"]
    assert allowed(code, rows, "2026-12-15", kind=kind).reasons[0].code == "appeal_pending"
    if kind == "55-19":
        assert [duty.open for duty in of("COURT-60", kind, rows, "2026-12-15")] == [False], "the court follows it"
        assert of("COURT-APPEAL", kind, rows, "2027-02-01")[0].open
    # answered before the refusal was notified, it contested the silence alone
    early = [*opened, ["2026-10-05", code, {"against": "early"}, "a"]]
    early += [["2026-10-06", f"{filed}_answered", {"asked": "a", "sense": "refused"}], *rows[-2:]]
    assert of(right, kind, early, "2026-12-15")[-1].open
    assert allowed(code, early, "2026-12-15", kind=kind)


@pytest.mark.parametrize(
    ("filed", "data", "court"),
    [
        ("appeal_filed", {"against": "lapse", "level": "president"}, "COURT-APPEAL"),
        ("grievance_filed", {"against": "lapse", "body": "president"}, "COURT-GRIEVANCE"),
    ],
)
def test_the_reasons_of_a_silence_on_a_silence_are_asked_after_the_court_and_lengthen_it_once(filed, data, court):
    rows = [*COMPLETE, ["2026-12-10", filed, data, "a"]]
    today = "2027-06-30"
    [plain] = of(court, "55-19", rows, today)
    asking = [duty for duty in of("REASONS-ASK", "55-19", rows, today) if duty.trigger_fact == "a"]
    assert [duty.starts_on for duty in asking] != [], "no reason was ever given"
    asked = [*rows, [asking[0].accept_until.isoformat(), "reasons_asked", {}, "q"]]
    [longer] = of(court, "55-19", asked, today)
    assert (longer.accept_until - plain.accept_until).days in range(44, 48), "45 days, from a last day that was closed"
    again = [*asked[:-1], [plain.starts_on.isoformat(), "reasons_asked"], *asked[-1:]]
    assert of(court, "55-19", again, today)[0].accept_until == longer.accept_until, "once"
    [after] = [duty for duty in of("REASONS-ASK", "55-19", asked, today) if duty.trigger_fact == "a"]
    assert (after.accept_until, after.discharged_by) == (asking[0].accept_until, "q"), "asking gives no time to ask"
    for spoken in (
        [*NOTIFIED, ["2026-11-10", filed, {**data, "against": "refusal"}, "a"]],
        [*rows, ["2026-12-20", filed.replace("filed", "answered"), {"asked": "a", "sense": "refused"}]],
    ):
        assert not [
            duty for duty in of("REASONS-ASK", "55-19", spoken, today) if duty.trigger_fact == "a" and duty.open
        ]


@pytest.mark.parametrize(
    ("kind", "code", "day"),
    [
        ("complaint", "defect_notified", "2026-10-20"),
        ("55-19", "information_asked", "2026-12-10"),
        ("09-08", "information_asked", "2026-11-10"),
        ("council-commitment", "information_asked", "2026-12-20"),
    ],
)
def test_what_is_asked_after_the_delay_is_told_that_it_suspends_nothing(kind, code, day):
    rows = [["2026-10-01", "filed", {"delay_days": 30}], ["2026-10-01", "completed"]]
    rows = rows if kind in ("55-19", "council-commitment") else rows[:1]
    in_time = allowed(code, rows, "2026-10-05", kind=kind)
    assert (in_time.allowed, in_time.reasons) == (True, ())
    late = allowed(code, rows, day, kind=kind)
    assert (late.allowed, [reason.code for reason in late.reasons]) == (False, ["too_late", "suspends_nothing"])
