"""What was granted is done and recorded; the commission comes after the complaint; a short month has its last day."""

from datetime import date

import pytest

from .facts import allowed, of

ANSWERED = [["2027-03-12", "outcome_signed", {"sense": "refused"}], ["2027-03-12", "notified", {"sense": "refused"}]]
#: By kind: what opens the dossier, its remedy with its answer, its duty to carry out, what carries it out.
CASES = [
    ("09-08", {"right": "rectification"}, "grievance", "GRIEVANCE-DO", "rectified"),
    ("09-08", {"right": "access"}, "grievance", "GRIEVANCE-DO", "access_given"),
    ("55-19", {}, "grievance", "GRIEVANCE-DO", "delivered_on_spot"),
    ("55-19", {}, "appeal", "PROC-APPEAL-DO", "delivered_on_spot"),
    ("council-commitment", {}, "grievance", "GRIEVANCE-DO", "delivered_on_spot"),
    ("31-13", {}, "complaint", "ATI-COMPLAIN-DO", "delivered_on_spot"),
]
FILED = {"grievance": "grievance_filed", "appeal": "appeal_filed", "complaint": "complaint_to_head"}


@pytest.mark.parametrize(("kind", "data", "remedy", "duty", "verb"), CASES)
def test_what_a_remedy_grants_in_full_is_done_and_recorded(kind, data, remedy, duty, verb):
    opened = [["2027-03-03", "filed", data], ["2027-03-03", "completed"], *ANSWERED]
    asked = [*opened, ["2027-03-15", FILED[remedy], {"against": "refusal"}, "r"]]
    for rows, on in ((opened, "2027-03-14"), (asked, "2027-03-16")):
        assert allowed(verb, rows, on, kind=kind).reasons[0].code == "already_answered"
    for sense, why in (("refused", "already_answered"), ("partial", "part_by_letter"), ("granted", None)):
        told = [*asked, ["2027-04-01", f"{remedy}_answered", {"asked": "r", "sense": sense, "means": "hand"}]]
        found = allowed(verb, told, "2027-04-05", kind=kind)
        assert (found.allowed, found.reasons[0].code if found.reasons else None) == (why is None, why)
    done = [*told, ["2027-04-05", verb, {"sense": "granted"} if verb == "delivered_on_spot" else {}]]
    assert of(duty, kind, done, "2027-04-06")[0].discharged_on == date(2027, 4, 5)
    assert allowed(verb, done, "2027-04-07", kind=kind).reasons[0].code == "already_answered", "once"


@pytest.mark.parametrize(
    ("kind", "remedy", "verbs"),
    [
        ("55-19", "appeal", ("information_asked", "original_asked", "replacement_asked", "extended", "misdirected")),
        ("31-13", "complaint", ("extension_notified", "misdirected")),
        ("09-08", "grievance", ("information_asked", "misdirected")),
        ("council-commitment", "grievance", ("information_asked", "replacement_asked", "misdirected")),
    ],
)
def test_after_an_orientation_that_is_taken_back_nothing_stops_a_delay_that_is_over(kind, remedy, verbs):
    opened = [["2027-02-01", "filed", {"delay_days": 30, "delay_unit": "days"}], ["2027-02-01", "completed"]]
    for verb in verbs:
        assert allowed(verb, opened, "2027-02-05", kind=kind), verb
    rows = [*opened, ["2027-02-08", "misdirected", {}], ["2027-02-10", FILED[remedy], {"against": "refusal"}, "r"]]
    rows += [["2027-02-11", f"{remedy}_answered", {"asked": "r", "sense": "granted", "means": "hand"}]]
    for verb in verbs:
        assert allowed(verb, rows, "2027-02-12", kind=kind).reasons[0].code == "already_answered", verb
    assert allowed("outcome_signed", rows, "2027-02-12", kind=kind)


def test_a_file_that_lacked_a_document_when_it_was_sent_elsewhere_is_completed_and_its_delay_begins():
    rows = [["2027-02-01", "filed", {"delay_days": 30, "delay_unit": "days"}], ["2027-02-01", "missing_listed"]]
    rows += [["2027-02-08", "misdirected", {}], ["2027-02-10", "appeal_filed", {"against": "refusal"}, "r"]]
    rows += [["2027-02-11", "appeal_answered", {"asked": "r", "sense": "granted", "means": "hand"}]]
    assert allowed("completed", rows, "2027-02-15")
    rows += [["2027-02-15", "completed"]]
    assert allowed("information_asked", rows, "2027-02-18")
    # thirty full days from Monday 15 February: Thursday 18 March
    assert [duty.do_by for duty in of("PROC-DECIDE", "55-19", rows, "2027-02-18") if duty.open] == [date(2027, 3, 18)]
    sent = [*rows, ["2027-02-19", "misdirected", {}]]
    assert not of("PROC-APPEAL-DO", "55-19", sent, "2027-02-20")[0].open, "it says no again, and is contested as such"
    assert allowed("appeal_filed", sent, "2027-02-22")


def test_the_commission_before_the_complaint_is_told_what_comes_first_and_until_when():
    rows = [["2027-02-01", "filed"]]

    def said(more, on):
        found = allowed("cdai_seised", [*rows, *more], on, kind="31-13")
        assert (found.allowed, found.law, found.article) == (True, "31-13", "20")
        return found.early, found.reasons[0]

    # silence from Monday 1 March; twenty working days, without the feasts of March: Wednesday 31 March
    early, why = said([], "2027-03-20")
    assert (early, why.code) == (True, "complaint_first")
    assert "31 مارس 2027" in why.ar
    assert "31 mars 2027" in why.fr
    assert said([], "2027-04-20")[1].code == "complaint_over"
    assert said([], "2027-02-10")[1].code == "complaint_first"
    complaint = ["2027-03-08", "complaint_to_head", {"against": "lapse"}, "c"]
    early, why = said([complaint], "2027-03-12")
    assert (early, why.code) == (True, "complaint_waits")
    assert "23 مارس 2027" in why.ar, "fifteen days from 8 March"
    answered = ["2027-03-15", "complaint_answered", {"asked": "c", "sense": "refused", "means": "hand"}]
    early, why = said([complaint, answered], "2027-03-20")
    assert (early, why.code) == (False, "advice")
    assert "14 avril 2027" in why.fr, "thirty days from 15 March"
    for text in (why.ar, why.fr):
        assert "يُقبل" not in text
        assert "acceptée" not in text


def test_a_month_that_is_too_short_says_which_of_its_days_is_taken():
    [owed] = of("PET-REFUSE", "petition", [["2026-12-31", "filed"]], "2027-01-02")
    assert any("اعتُمد آخر يوم من الشهر" in step.ar for step in owed.steps)
    assert any("le jour retenu est le dernier du mois" in step.fr for step in owed.steps)


@pytest.mark.parametrize("kind", ["petition", "09-08", "council-commitment"])
def test_the_court_of_another_law_says_nothing_of_the_appeal_of_law_55_19(kind):
    rows = [["2027-02-01", "filed"], ["2027-02-01", "completed"], ["2027-02-22", "notified", {"sense": "refused"}]]
    [right] = of("COURT-60", kind, rows, "2027-02-23")
    for step in right.steps:
        assert "55-19" not in step.fr
        assert "55.19" not in step.ar
