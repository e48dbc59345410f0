"""A petition (organic law 112-14, articles 39 and 116): its bureau decides, and what a grievance changes.

The cases are counted by hand from the texts.
"""

from datetime import date

import pytest

from tadbir.law import RULES

from .facts import allowed, of

KIND = "petition"
FILED = [["2027-02-01", "filed"]]
REFUSED = [
    *FILED,
    ["2027-02-15", "bureau_refused"],
    ["2027-02-19", "outcome_signed", {"sense": "refused", "act": "1"}],
    ["2027-02-22", "notified", {"sense": "refused", "act": "1", "means": "hand"}],
]
CONTESTED = [*REFUSED, ["2027-03-01", "grievance_filed", {"body": "president", "against": "refusal"}, "g"]]


def answered(rows: list, sense: str, on: str = "2027-03-08") -> list:
    return [*rows, [on, "grievance_answered", {"asked": "g", "sense": sense, "means": "hand"}]]


def permitted(verb: str, rows: list, on: str, **data: str):
    return allowed(verb, rows, on, kind=KIND, **data)


@pytest.mark.parametrize("sense", ["granted", "partial"])
def test_a_refusal_that_is_taken_back_goes_on_to_the_bureau_and_the_agenda(sense):
    rows = answered(CONTESTED, sense)
    assert permitted("bureau_accepted", rows, "2027-03-12")
    assert permitted("bureau_refused", rows, "2027-03-12")
    assert of("GRIEVANCE-DO", KIND, rows, "2027-03-12")[0].open
    rows += [["2027-03-12", "bureau_accepted"]]
    assert of("GRIEVANCE-DO", KIND, rows, "2027-03-15")[0].discharged_on == date(2027, 3, 12)
    [owed] = of("PET-AGENDA", KIND, rows, "2027-03-15")
    assert (owed.open, owed.do_by) == (True, date(2027, 6, 14)), "second Monday of June: the next ordinary session"
    assert permitted("put_on_agenda", rows, "2027-05-20")
    again = permitted("bureau_refused", rows, "2027-03-16")
    assert (again.allowed, again.reasons[0].code) == (False, "bureau_decided")


def test_a_refusal_that_stands_is_not_decided_again():
    for rows, on in (
        (REFUSED, "2027-03-12"),
        (CONTESTED, "2027-03-05"),
        (answered(CONTESTED, "refused"), "2027-03-12"),
    ):
        for verb in ("bureau_accepted", "bureau_refused"):
            assert permitted(verb, rows, on).reasons[0].code == "bureau_decided"
        assert not permitted("put_on_agenda", rows, on)


def test_the_bureau_that_refuses_again_is_told_and_contested_as_a_new_decision():
    rows = answered(CONTESTED, "granted")
    first = permitted("outcome_signed", rows, "2027-03-15")
    assert (first.allowed, first.reasons[0].code) == (False, "needs")
    assert "مكتب" in first.reasons[0].ar
    rows += [["2027-03-15", "bureau_refused"]]
    assert permitted("outcome_signed", rows, "2027-03-16")
    rows += [["2027-03-16", "outcome_signed", {"sense": "refused", "act": "2"}]]
    assert permitted("notified", rows, "2027-03-17")
    rows += [["2027-03-17", "notified", {"sense": "refused", "act": "2", "means": "hand"}]]
    # sixty days from 17 March: Sunday 16 May; advised the Friday before, 14 May
    assert [duty.file_before for duty in of("COURT-60", KIND, rows, "2027-03-18") if duty.open] == [date(2027, 5, 14)]
    assert permitted("grievance_filed", rows, "2027-03-20")
    assert permitted("bureau_accepted", rows, "2027-03-20").reasons[0].code == "bureau_decided"


def test_an_answer_signed_after_the_grant_without_the_bureau_is_not_notified():
    rows = [*answered(CONTESTED, "granted"), ["2027-03-10", "outcome_signed", {"sense": "granted", "act": "2"}]]
    assert permitted("notified", rows, "2027-03-11").reasons[0].code == "needs"
    assert permitted("bureau_accepted", rows, "2027-03-11")
    assert permitted("notified", [*rows, ["2027-03-11", "bureau_accepted"]], "2027-03-12")


def test_the_notification_that_was_struck_out_is_recorded_again_after_the_grant():
    rows = answered(CONTESTED, "granted")
    kept = [row for row in rows if row[1] != "notified"]
    assert permitted("notified", kept, "2027-02-22"), "the same letter, on its own day"


def test_nothing_is_refused_nor_granted_before_the_bureau():
    signed = [*FILED, ["2027-02-10", "outcome_signed", {"sense": "refused"}]]
    for verb, rows in (("outcome_signed", FILED), ("misdirected", FILED), ("notified", signed)):
        first = permitted(verb, rows, "2027-02-15")
        assert (first.allowed, first.reasons[0].code) == (False, "needs")
        assert "المكتب" in first.reasons[0].ar
    assert permitted("bureau_refused", FILED, "2027-02-15")
    assert permitted("notified", [*signed, ["2027-02-15", "bureau_refused"]], "2027-02-16")
    # two months from 1 February: Thursday 1 April
    [owed] = of("PET-REFUSE", KIND, FILED, "2027-02-15")
    assert (owed.open, owed.do_by) == (True, date(2027, 4, 1))


def test_an_answer_says_what_the_bureau_decided():
    refused, accepted = [*FILED, ["2027-02-12", "bureau_refused"]], [*FILED, ["2027-02-12", "bureau_accepted"]]
    heard = [*accepted, ["2027-06-14", "put_on_agenda"]]
    for rows, sense, why in (
        (refused, "refused", None),
        (refused, "granted", "bureau_refused_it"),
        (refused, "partial", "bureau_refused_it"),
        (accepted, "granted", None),
        (accepted, "refused", "bureau_accepted_it"),
        (heard, "refused", None),
        (heard, "partial", None),
    ):
        found = permitted("outcome_signed", rows, "2027-06-20", sense=sense)
        assert (found.reasons[0].code if found.reasons else None) == why
        assert found.allowed is (why is None)


def test_what_is_for_another_authority_is_refused_by_the_bureau_and_told_by_the_letter_that_names_it():
    refused = [*FILED, ["2027-02-12", "bureau_refused"]]
    assert permitted("misdirected", refused, "2027-02-15")
    accepted = [*FILED, ["2027-02-12", "bureau_accepted"]]
    assert permitted("misdirected", accepted, "2027-02-15").reasons[0].code == "needs"
    signed = [*refused, ["2027-02-13", "outcome_signed", {"sense": "refused"}]]
    assert permitted("misdirected", signed, "2027-02-15").reasons[0].code == "already_decided"
    sent = [*refused, ["2027-02-15", "misdirected", {}, "m"]]
    assert of("PET-REFUSE", KIND, sent, "2027-02-16")[0].discharged_on == date(2027, 2, 15)
    # sixty days from 15 February: Friday 16 April
    assert of("COURT-60", KIND, sent, "2027-02-16")[0].file_before == date(2027, 4, 16)
    granted = answered([*sent, ["2027-02-20", "grievance_filed", {"against": "refusal"}, "g"]], "granted", "2027-03-01")
    assert permitted("bureau_accepted", granted, "2027-03-05")
    assert permitted("outcome_signed", granted, "2027-03-05").reasons[0].code == "needs"
    assert not permitted("misdirected", granted, "2027-03-05")


def test_a_silence_that_is_contested_and_granted_leaves_the_bureau_to_decide():
    silent = [*FILED, ["2027-04-20", "grievance_filed", {"body": "council", "against": "lapse"}, "g"]]
    granted = answered(silent, "granted", "2027-05-03")
    assert permitted("bureau_accepted", granted, "2027-05-10")
    assert permitted("outcome_signed", granted, "2027-05-10").reasons[0].code == "needs"
    refused = answered(silent, "refused", "2027-05-03")
    assert permitted("bureau_accepted", refused, "2027-05-10").reasons[0].code == "already_answered"


def test_every_step_of_the_bureau_is_of_article_116():
    for verb in ("bureau_accepted", "bureau_refused", "outcome_signed", "notified", "misdirected"):
        found = permitted(verb, FILED, "2027-02-15")
        assert (found.law, found.article, found.confidence) == ("112-14", "116", "verified")
    assert RULES["PET-AGENDA"].article == "39, 116"
