"""A remedy that its person takes back while the request goes on: nobody answers it; the days are those of before."""

from datetime import date

import pytest

from tadbir.law import REGIMES, duties

from .facts import allowed, calendar, facts, of
from .held import faults
from .walked import Walked

CASES = [(code, remedy) for code, one in REGIMES.items() if code != "visit" for remedy in one.answered]


def refused(kind):
    bureau = [["2026-10-02", "bureau_refused"]] if kind == "petition" else []
    rows = [["2026-10-01", "filed", {"delay_days": 20}], ["2026-10-01", "completed"], *bureau]
    return [
        *rows,
        ["2026-10-05", "outcome_signed", {"sense": "refused"}],
        ["2026-10-06", "notified", {"sense": "refused"}],
    ]


def days(kind, rows, on):
    found = duties(kind, facts(rows), calendar(), date.fromisoformat(on))
    return [(one.key, one.file_before, one.accept_until, one.do_by, one.open) for one in found]


@pytest.mark.parametrize(("kind", "remedy"), CASES, ids=lambda one: getattr(one, "filed", one))
def test_everything_is_counted_as_if_it_had_not_come(kind, remedy):
    rows = refused(kind)
    assert allowed("remedy_withdrawn", rows, "2026-10-07", kind=kind).reasons[0].code == "needs"
    filed = [*rows, ["2026-10-08", remedy.filed, {"against": "refusal"}, "r"]]
    said = allowed("remedy_withdrawn", filed, "2026-10-09", kind=kind, asked="r")
    assert (said.allowed, said.reasons[0].code) == (True, "days_of_before"), "who takes it back is told first"
    assert not allowed("remedy_withdrawn", filed, "2026-10-09", kind=kind, asked="f1")
    back = [*filed, ["2026-10-09", "remedy_withdrawn", {"asked": "r"}]]
    assert days(kind, back, "2026-10-10") == days(kind, rows, "2026-10-10")
    assert not allowed(remedy.answered, back, "2026-10-10", kind=kind), "nothing waits"
    assert not allowed("remedy_added", back, "2026-10-10", kind=kind)
    assert not allowed("remedy_withdrawn", back, "2026-10-10", kind=kind), "once"
    again = [*back, ["2026-10-12", remedy.filed, {"against": "refusal"}, "s"]]
    assert allowed(remedy.filed, back, "2026-10-12", kind=kind), "in its time, it may come anew"
    assert not [*faults(Walked(kind, tuple(facts(back)), date(2026, 10, 10), ("back",)))]
    assert not [*faults(Walked(kind, tuple(facts(again)), date(2026, 10, 13), ("again",)))]


def test_the_other_remedy_goes_on():
    rows = [*refused("55-19"), ["2026-10-08", "grievance_filed", {"against": "refusal"}, "g"]]
    rows += [["2026-10-09", "appeal_filed", {"against": "refusal"}, "a"]]
    back = [*rows, ["2026-10-10", "remedy_withdrawn", {"asked": "g"}]]
    assert not of("GRIEVANCE-60", "55-19", back, "2026-10-11")
    assert of("PROC-APPEAL-ANS", "55-19", back, "2026-10-11")[0].open
    assert allowed("appeal_answered", back, "2026-10-11", asked="a", sense="refused")


def test_nothing_is_taken_back_once_its_silence_opened_the_next_way():
    """What the silence opened is its person's: a word of his does not close the court to him."""
    rows = [*refused("council-commitment"), ["2026-10-08", "grievance_filed", {"against": "refusal"}, "g"]]
    assert allowed("remedy_withdrawn", rows, "2026-11-20", kind="council-commitment", asked="g")
    said = allowed("remedy_withdrawn", rows, "2026-12-20", kind="council-commitment", asked="g")
    assert said.reasons[0].code == "silence_came"


def test_who_struck_out_that_it_was_taken_back_owes_its_answer_again():
    rows = [*refused("55-19"), ["2026-10-08", "appeal_filed", {"against": "refusal"}, "a"]]
    back = [*rows, ["2026-10-10", "remedy_withdrawn", {"asked": "a"}, "b"]]
    assert days("55-19", [*back, ["2026-10-11", "entry_corrected", {}, "s", "b"]], "2026-10-12") == days(
        "55-19", rows, "2026-10-12"
    )


def test_what_pressed_the_president_falls_with_the_appeal():
    rows = [*refused("55-19"), ["2026-10-08", "appeal_filed", {"against": "refusal"}, "a"]]
    rows += [["2026-10-09", "appeal_filed", {"level": "governor", "against": "refusal"}, "u"]]
    rows += [["2026-10-10", "governor_invited"], ["2026-10-12", "remedy_withdrawn", {"asked": "a"}]]
    assert not of("PROC-APPEAL-GOV", "55-19", rows, "2026-10-13")


def test_an_answer_that_is_signed_is_notified():
    rows = [*refused("55-19"), ["2026-10-08", "appeal_filed", {"against": "refusal"}, "a"]]
    rows += [["2026-10-09", "answer_signed", {"asked": "a", "sense": "granted"}]]
    assert allowed("remedy_withdrawn", rows, "2026-10-10", asked="a").reasons[0].code == "already_decided"
