"""The history of a dossier: removals, order, questions and answers, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from tadbir.law import Fact, LawError, duties

from .facts import calendar, facts, of


def asked(given, today=date(2026, 10, 20), kind="55-19"):
    return duties(kind, given, calendar(), today)


def test_a_removal_removed_brings_the_fact_back():
    rows = [
        ["2026-10-01", "filed"],
        ["2026-10-01", "completed", {}, "done"],
        ["2026-10-02", "entry_corrected", {}, "fix", "done"],
    ]
    assert of("PROC-DECIDE", "55-19", rows, "2026-10-05") == []
    assert of("PROC-DECIDE", "55-19", [*rows, ["2026-10-03", "entry_corrected", {}, "undo", "fix"]], "2026-10-05")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([Fact("a", "completed", date(2026, 10, 1), voids="ghost")], "not in this dossier"),
        ([Fact("a", "completed", date(2026, 10, 1), voids="a")], "not recorded before it"),
        (
            [Fact("a", "filed", date(2026, 10, 1), seq=5), Fact("b", "filed", date(2026, 10, 1), voids="a", seq=2)],
            "not recorded before it",
        ),
        (
            [Fact("a", "filed", date(2026, 10, 1), voids="b"), Fact("b", "filed", date(2026, 10, 1), voids="a")],
            "in a circle",
        ),
        ([Fact("a", "filed", date(2026, 10, 1)), Fact("a", "completed", date(2026, 10, 1))], "the same id twice"),
        ([Fact("a", "smiled", date(2026, 10, 1))], "not in the vocabulary"),
        ([Fact("a", "filed", datetime(2026, 10, 1))], "needs a time zone"),
        (
            [Fact("a", "filed", date(2026, 10, 1), {"delay_days": "soon"}), Fact("b", "completed", date(2026, 10, 1))],
            "expected a number of days",
        ),
        (
            [Fact("a", "filed", date(2026, 10, 1), {"delay_days": 0}), Fact("b", "completed", date(2026, 10, 1))],
            "expected a number of days",
        ),
        (
            [
                Fact("a", "filed", date(2026, 10, 1), {"delay_days": 5, "delay_unit": "weeks"}),
                Fact("b", "completed", date(2026, 10, 1)),
            ],
            "expected days or working_days",
        ),
    ],
)
def test_a_history_that_makes_no_sense_is_refused(given, message):
    with pytest.raises(LawError, match=message):
        asked(given)


def test_a_session_without_a_date_is_refused():
    with pytest.raises(LawError, match="date: None is not a date"):
        asked([Fact("a", "scheduled", date(2026, 10, 1))], kind="session")
    with pytest.raises(LawError, match="is not a date"):
        asked([Fact("a", "scheduled", date(2026, 10, 1), {"date": "soon"})], kind="session")


def test_unknown_kind_of_dossier_is_refused():
    with pytest.raises(LawError, match="unknown kind"):
        asked([], kind="tea")


def test_same_day_facts_follow_their_recording():
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"], ["2026-10-05", "notified"]]
    (duty,) = of("PROC-DECIDE", "55-19", rows, "2026-10-05")
    assert duty.discharged_on == date(2026, 10, 5)
    given = facts([["2026-10-01", "filed"]])
    early = Fact("n", "notified", date(2026, 10, 1), seq=2)
    done = Fact("c", "completed", date(2026, 10, 1), seq=3)
    found = [duty for duty in asked([*given, early, done]) if duty.rule_id == "PROC-DECIDE"]
    assert found[0].discharged_by is None, "notified before the file was complete answers nothing"


def test_an_answer_goes_to_the_document_it_names():
    rows = [
        ["2026-10-01", "filed"],
        ["2026-10-01", "completed"],
        ["2026-10-05", "replacement_asked", {"document": "plan"}, "p"],
        ["2026-10-05", "replacement_asked", {"document": "deed"}, "d"],
        ["2026-10-09", "replacement_received", {"document": "deed"}, "got"],
    ]
    found = {duty.trigger_fact: duty.discharged_by for duty in of("PROC-REPLACE", "55-19", rows, "2026-10-10")}
    assert found == {"p": None, "d": "got"}


def test_withdrawal_ends_a_duty_and_a_late_answer_discharges_it():
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"]]
    (gone,) = of("PROC-DECIDE", "55-19", [*rows, ["2026-10-09", "withdrawn"]], "2027-03-01")
    assert (gone.open, gone.ended_on, gone.lapsed(date(2027, 3, 1))) == (False, date(2026, 10, 9), False)
    late_rows = [*rows, ["2026-12-20", "notified", {"sense": "granted"}]]
    (late,) = of("PROC-DECIDE", "55-19", late_rows, "2027-03-01")
    assert (late.open, late.discharged_on, late.lapsed(date(2026, 12, 2))) == (False, date(2026, 12, 20), True)
    (appeal,) = of("PROC-APPEAL", "55-19", late_rows, "2027-03-01")
    assert appeal.ended_on == date(2026, 12, 20), "granted: nothing left to appeal"


def test_a_recorded_lapse_stands_even_if_the_calendar_moves():
    rows = [
        ["2026-10-01", "filed"],
        ["2026-10-01", "completed"],
        ["2026-12-02", "lapsed", {"rule": "PROC-DECIDE", "trigger": "f2"}],
        ["2026-10-09", "information_asked"],
    ]
    # A late entry suspends the delay; the lapse already told to the person keeps her appeal open.
    (appeal,) = of("PROC-APPEAL", "55-19", rows, "2026-12-03")
    assert appeal.accept_until == date(2027, 1, 4)


def test_an_appeal_before_the_lapse_discharges_the_right():
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"], ["2026-11-15", "appeal_filed"]]
    (appeal,) = of("PROC-APPEAL", "55-19", rows, "2026-12-10")
    assert appeal.discharged_on == date(2026, 11, 15)


def test_a_grievance_out_of_time_does_not_save_the_court_action():
    rows = [
        ["2026-08-01", "filed"],
        ["2026-08-01", "completed"],
        ["2026-10-01", "notified", {"sense": "refused"}, "refusal"],
    ]

    def action(grievance_on):
        found = of("COURT-60", "55-19", [*rows, [grievance_on, "grievance_filed"]], "2026-12-05")
        return next(duty for duty in found if duty.trigger_fact == "refusal")

    assert action("2026-12-01").ended_on == date(2026, 12, 1)
    assert action("2026-12-02").ended_on is None
    assert action("2026-12-02").lapsed(date(2026, 12, 5))


def test_elapsed_and_limit_for_the_clock_bar():
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"], ["2026-10-10", "information_asked"]]
    (duty,) = of("PROC-DECIDE", "55-19", rows, "2026-10-30")
    assert (duty.limit, duty.unit, duty.elapsed, duty.suspended) == (60, "days", 9, True)
    (running,) = of("PROC-DECIDE", "55-19", rows[:2], "2026-10-30")
    assert (running.elapsed, running.suspended, running.late(date(2026, 12, 2))) == (29, False, True)


def test_an_instant_counts_from_its_day_in_casablanca():
    late = datetime(2026, 9, 18, 23, 30, tzinfo=UTC)  # half past midnight on the 19th, while Morocco was at UTC+1
    given = [Fact("a", "filed", late), Fact("b", "completed", late, seq=1)]
    duty = next(duty for duty in asked(given) if duty.rule_id == "PROC-DECIDE")
    assert duty.starts_on == date(2026, 9, 19)
