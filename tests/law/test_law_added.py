"""What a person adds to a remedy: while it waits, to no other, and no day moves."""

from datetime import date

import pytest

from tadbir.law import REGIMES, duties

from .facts import allowed, calendar, facts

CASES = [(code, remedy) for code, one in REGIMES.items() if code != "visit" for remedy in one.answered]


@pytest.mark.parametrize(("kind", "remedy"), CASES, ids=lambda one: getattr(one, "filed", one))
def test_something_is_added_to_a_remedy_while_it_waits_and_to_no_other(kind, remedy):
    bureau = [["2026-10-02", "bureau_refused"]] if kind == "petition" else []
    rows = [["2026-10-01", "filed", {"delay_days": 20}], ["2026-10-01", "completed"], *bureau]
    rows += [["2026-10-05", "outcome_signed", {"sense": "refused"}], ["2026-10-06", "notified", {"sense": "refused"}]]
    assert allowed("remedy_added", rows, "2026-10-07", kind=kind).reasons[0].code == "needs", "none was filed"
    rows += [["2026-10-08", remedy.filed, {"against": "refusal"}, "r"]]
    assert allowed("remedy_added", rows, "2026-10-09", kind=kind, asked="r")
    assert allowed("remedy_added", rows, "2026-10-09", kind=kind), "whichever it is"
    assert not allowed("remedy_added", rows, "2026-10-09", kind=kind, asked="f1"), "the request is no remedy"
    added = [*rows, ["2026-10-09", "remedy_added", {"asked": "r"}]]
    before, after = (
        [(one.key, one.do_by, one.open) for one in duties(kind, facts(said), calendar(), date(2026, 10, 10))]
        for said in (rows, added)
    )
    assert before == after
    rows += [["2026-10-12", remedy.answered, {"asked": "r", "sense": "refused", "means": "hand"}]]
    assert not allowed("remedy_added", rows, "2026-10-13", kind=kind, asked="r"), "it is answered"
    assert not allowed("remedy_added", rows, "2026-10-13", kind=kind)


def test_nothing_is_added_to_a_remedy_that_stopped_with_its_request():
    rows = [["2026-10-01", "filed", {"delay_days": 20}], ["2026-10-01", "completed"]]
    rows += [["2026-10-08", "appeal_filed", {"against": "early"}, "r"]]
    assert allowed("remedy_added", rows, "2026-10-09", asked="r")
    assert not allowed("remedy_added", [*rows, ["2026-10-09", "withdrawn"]], "2026-10-10", asked="r")


def test_all_that_was_asked_leaves_a_remedy_without_object():
    """What waits no more is added to no more: nothing of it would be answered."""
    rows = [["2026-10-01", "filed"], ["2026-10-08", "grievance_filed", {"against": "early"}, "r"]]
    given = [["2026-10-09", "outcome_signed", {"sense": "granted"}], ["2026-10-09", "notified", {"sense": "granted"}]]
    assert allowed("remedy_added", rows, "2026-10-10", kind="council-commitment", asked="r")
    assert not allowed("remedy_added", [*rows, *given], "2026-10-10", kind="council-commitment", asked="r")


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        ("petition", "bureau_accepted"),
        ("09-08", "access_given"),
        ("09-08", "rectified"),
        ("55-19", "letter_signed"),
        ("31-13", "misdirected"),
    ],
)
def test_that_a_letter_arrived_is_recorded_whatever_it_does(kind, done):
    rows = [["2026-10-01", "filed", {}], ["2026-10-05", done, {"act": "A1"}, "a"]]
    assert allowed("request_received", rows, "2026-10-06", kind=kind, asked="a", means="registered_post")
    assert allowed("request_received", rows[:1], "2026-10-06", kind=kind).reasons[0].code == "needs", "nothing left"
