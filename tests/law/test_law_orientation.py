"""After a letter that sends elsewhere and is taken back, by a remedy or struck out, the request is answered anew, and
nothing else is owed (decision 0040)."""

from datetime import date

import pytest

from tadbir.law import History, ground_of

from .facts import allowed, facts, of
from .held import GRANTED, REQUEST, faults, owed
from .walked import Walked

#: By kind: its remedy, what it answers with, what is owed then.
CASES = [
    ("55-19", "appeal_filed", "appeal_answered", "PROC-APPEAL-DO"),
    ("55-19", "grievance_filed", "grievance_answered", "GRIEVANCE-DO"),
    ("31-13", "complaint_to_head", "complaint_answered", "ATI-COMPLAIN-DO"),
    ("09-08", "grievance_filed", "grievance_answered", "GRIEVANCE-DO"),
    ("council-commitment", "grievance_filed", "grievance_answered", "GRIEVANCE-DO"),
]


def oriented(kind, filed, *more):
    """A complete request of 1 February that was sent elsewhere on the 8th, and contested on the 10th."""
    rows = [["2027-02-01", "filed", {"right": "access"} if kind == "09-08" else {"delay_days": 30}]]
    rows += [["2027-02-01", "completed"]] if kind in ("55-19", "council-commitment") else []
    return [*rows, ["2027-02-08", "misdirected", {}, "m"], ["2027-02-10", filed, {"against": "refusal"}, "r"], *more]


def due(kind, rows, on):
    walked = Walked(kind, tuple(facts(rows)), on)
    found = [item.duty for items in walked.state.found.values() for item in items]
    return {duty.rule_id for duty in owed(found)} & (REQUEST | GRANTED)


@pytest.mark.parametrize(("kind", "filed", "answered", "duty"), CASES)
def test_a_remedy_granted_against_it_leaves_the_request_to_be_answered_in_whatever_sense(kind, filed, answered, duty):
    granted = ["2027-02-11", answered, {"asked": "r", "sense": "granted", "means": "hand"}]
    rows = oriented(kind, filed, granted)
    assert of(duty, kind, rows, "2027-02-12")[0].open
    assert not [one for rule in REQUEST for one in of(rule, kind, rows, "2027-02-12") if one.open], "its delay was kept"
    for sense in ("granted", "partial", "refused"):
        assert allowed("outcome_signed", rows, "2027-02-12", kind=kind, sense=sense), sense
        signed = [["2027-02-12", "outcome_signed", {"sense": sense}], ["2027-02-13", "notified", {"sense": sense}]]
        assert not of(duty, kind, [*rows, *signed], "2027-02-14")[0].open, "any answer is that answer"
    assert not allowed("misdirected", rows, "2027-02-12", kind=kind), "nobody is sent elsewhere a second time"
    assert allowed(filed, rows, "2027-02-12", kind=kind).reasons[0].code == "granted_and_owed"
    refused = [*rows, ["2027-02-12", "outcome_signed"], ["2027-02-13", "notified", {"sense": "refused"}]]
    assert allowed(filed, refused, "2027-02-14", kind=kind), "a new decision is contested as one"


@pytest.mark.parametrize(("kind", "filed", "answered", "duty"), CASES)
def test_where_it_answered_a_part_that_part_is_given(kind, filed, answered, duty):
    part = ["2027-02-11", answered, {"asked": "r", "sense": "partial", "means": "hand"}]
    rows = oriented(kind, filed, part)
    assert of(duty, kind, rows, "2027-02-12")[0].open
    assert (
        allowed("outcome_signed", rows, "2027-02-12", kind=kind, sense="refused").reasons[0].code == "given_on_remedy"
    )


@pytest.mark.parametrize(("kind", "filed", "answered", "duty"), CASES)
def test_struck_out_it_leaves_the_request_as_if_it_had_never_been_sent_elsewhere(kind, filed, answered, duty):
    """With its remedy waiting, or granted before: what was granted was that it be answered."""
    granted = ["2027-02-11", answered, {"asked": "r", "sense": "granted", "means": "hand"}]
    for more, code in (([], None), ([granted], None)):
        rows = [*oriented(kind, filed, *more), ["2027-02-12", "entry_corrected", {}, None, "m"]]
        never = [row for row in oriented(kind, filed)[:-1] if row[1] != "misdirected"]
        for rule in REQUEST:
            here, there = of(rule, kind, rows, "2027-02-13"), of(rule, kind, never, "2027-02-13")
            assert [(one.open, one.do_by) for one in here] == [(one.open, one.do_by) for one in there], rule
        for sense in ("granted", "refused"):
            said = allowed("outcome_signed", rows, "2027-02-13", kind=kind, sense=sense)
            assert (said.allowed, said.reasons[0].code if said.reasons else None) == (True, code), sense
        answer = [["2027-02-14", "outcome_signed"], ["2027-02-15", "notified", {"sense": "refused", "means": "hand"}]]
        assert not [one for one in of(duty, kind, [*rows, *answer], "2027-02-16") if one.open]


def test_the_petition_that_its_bureau_refused_is_decided_anew_by_it():
    rows = [["2027-02-01", "filed"], ["2027-02-05", "bureau_refused"], ["2027-02-08", "misdirected", {}, "m"]]
    rows += [["2027-02-10", "grievance_filed", {"against": "refusal"}, "r"]]
    rows += [["2027-02-11", "grievance_answered", {"asked": "r", "sense": "granted", "means": "hand"}]]
    assert allowed("bureau_accepted", rows, "2027-02-12", kind="petition")
    assert of("GRIEVANCE-DO", "petition", rows, "2027-02-12")[0].open


def test_a_file_that_lacked_a_document_gets_its_days_again():
    """Thirty days again, then it may be returned: nothing that nobody can end stays owed."""
    for kind, filed, answered, duty, rule in (
        ("55-19", "appeal_filed", "appeal_answered", "PROC-APPEAL-DO", "PROC-COMPLETE-AGAIN"),
        ("55-19", "grievance_filed", "grievance_answered", "GRIEVANCE-DO", "PROC-COMPLETE-AGAIN"),
        ("council-commitment", "grievance_filed", "grievance_answered", "GRIEVANCE-DO", "COMMIT-COMPLETE"),
    ):
        rows = [["2027-02-01", "filed", {"delay_days": 30}], ["2027-02-01", "missing_listed"]]
        rows += [["2027-02-08", "misdirected", {}], ["2027-02-10", filed, {"against": "refusal"}, "r"]]
        rows += [["2027-02-11", answered, {"asked": "r", "sense": "granted", "means": "hand"}]]
        assert [one.open for one in of(rule, kind, rows, "2027-02-12")][-1], kind
        assert not allowed("file_returned", rows, "2027-02-20", kind=kind)
        assert allowed("file_returned", rows, "2027-04-20", kind=kind)
        done = [*rows, ["2027-02-20", "completed"]]
        assert not of(duty, kind, done, "2027-02-21")[0].open, "its own delay runs then"
        assert due(kind, done, History(facts(done)).facts[-1].at) & REQUEST


def test_of_two_remedies_against_it_the_second_answer_takes_nothing_back():
    rows = oriented("55-19", "appeal_filed", ["2027-02-11", "grievance_filed", {"against": "refusal"}, "g"])
    rows += [["2027-02-12", "appeal_answered", {"asked": "r", "sense": "granted", "means": "hand"}]]
    for sense, code in (("granted", None), ("partial", "given_on_remedy"), ("refused", "given_on_remedy")):
        said = allowed("grievance_answered", rows, "2027-02-13", sense=sense)
        assert (said.allowed, said.reasons[0].code if said.reasons else None) == (code is None, code)


def lacking(filed, answered, *more):
    """A file that lacks a document, sent elsewhere on 8 February; a remedy took that back, and it was completed."""
    rows = [["2027-02-01", "filed", {"delay_days": 30}], ["2027-02-01", "missing_listed", {"documents": ["cin"]}]]
    rows += [["2027-02-08", "misdirected", {}, "m"], ["2027-02-10", filed, {"against": "refusal"}, "r"]]
    rows += [["2027-02-12", answered, {"asked": "r", "sense": "granted", "means": "hand"}]]
    return [*rows, ["2027-02-15", "completed", {}, "c"], *more]


PAIRS = [
    ("appeal_filed", "appeal_answered", "grievance_filed", "GRIEVANCE-60"),
    ("grievance_filed", "grievance_answered", "appeal_filed", "PROC-APPEAL-ANS"),
]


@pytest.mark.parametrize(("filed", "answered", "other", "answer"), PAIRS)
def test_once_it_is_taken_back_and_the_file_completed_nothing_is_left_to_contest(filed, answered, other, answer):
    rows = lacking(filed, answered)
    assert ground_of(History(facts(rows[:3]))) == "refusal"
    assert ground_of(History(facts(rows))) == "early", "the request runs, as if nothing had been refused"
    assert of("PROC-DECIDE", "55-19", rows, "2027-02-16")[0].open
    assert not [one for one in of("PROC-APPEAL", "55-19", rows, "2027-02-16") if one.open], "no day to contest it"
    said = allowed(other, rows, "2027-02-18")
    assert said, "it is taken as any that comes before the answer"
    assert said.early
    assert not allowed(filed, rows, "2027-02-18"), "not what was granted already"
    contested = [*rows, ["2027-02-18", other, {"against": "early"}, "o"]]
    walked = Walked("55-19", tuple(facts(contested)), date(2027, 2, 19))
    assert not [*faults(walked)]
    assert not History(facts(contested)).contesting(other), "it contests nothing yet"
    assert [one.trigger_fact for one in of(answer, "55-19", contested, "2027-02-19") if one.open] == ["o"]
    refused = [["2027-02-22", "outcome_signed", {"sense": "refused"}], ["2027-02-23", "notified", {"sense": "refused"}]]
    assert History(facts([*contested, *refused])).contesting(other), "it waits, and contests what is refused since"
    assert ground_of(History(facts([*rows, *refused]))) == "refusal"
    assert allowed(filed, [*rows, *refused], "2027-02-24"), "a new decision"


def test_an_appeal_long_after_it_was_taken_back_is_early_and_not_too_late():
    """The days to contest the letter are over, and it is gone: they bind nobody."""
    rows = lacking("grievance_filed", "grievance_answered")
    rows[-1][0] = "2027-03-30"
    said = allowed("appeal_filed", rows, "2027-04-05")
    assert said
    assert said.early


def test_a_silence_after_it_is_what_a_remedy_contests():
    rows = lacking("appeal_filed", "appeal_answered")
    lapsed = ["2027-04-20", "lapsed", {"rule": "PROC-DECIDE", "trigger": "c", "owner": "unit"}]
    assert ground_of(History(facts([*rows, lapsed]))) == "lapse"
    assert ground_of(History(facts(rows)), silent=True) == "lapse", "certain before the daily round recorded it"
