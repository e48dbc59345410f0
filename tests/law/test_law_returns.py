"""A file sent back (law 55-19, article 10; an undertaking): when it may be, how it is contested, what a grant changes.

The days are counted by hand from the texts: law 41-90, article 23, sixty days; law 55-19, articles 10 and 31, thirty
full days.
"""

from datetime import date

import pytest

from .facts import allowed, of

LISTED = [
    ["2027-02-01", "filed", {"delay_days": 30, "delay_unit": "days"}],
    ["2027-02-01", "missing_listed", {"documents": ["a"]}],
]
RETURNED = [*LISTED, ["2027-03-05", "file_returned", {"ground": "missing"}, "r"]]
REPLACED = [
    ["2027-02-01", "filed", {"delay_days": 30, "delay_unit": "days"}],
    ["2027-02-01", "completed"],
    ["2027-02-08", "replacement_asked", {"document": "a"}, "q"],
    ["2027-02-10", "request_received", {"asked": "q"}],
    ["2027-03-16", "file_returned", {"ground": "replacement"}, "r"],
]


def grievance(rows: list, filed: str, answered: str = "", sense: str = "granted", name: str = "g") -> list:
    found = [*rows, [filed, "grievance_filed", {"body": "president", "against": "refusal"}, name]]
    answer = [answered, "grievance_answered", {"asked": name, "sense": sense, "means": "hand"}]
    return [*found, answer] if answered else found


@pytest.mark.parametrize("kind", ["55-19", "council-commitment"])
def test_a_return_is_contested_within_sixty_days_of_its_reception(kind):
    # sixty days from Friday 5 March: Tuesday 4 May
    [right] = of("COURT-60", kind, RETURNED, "2027-03-10")
    assert (right.open, right.file_before, right.accept_until) == (True, date(2027, 5, 4), None)
    taken = allowed("grievance_filed", RETURNED, "2027-04-01", kind=kind)
    assert (taken.allowed, taken.early, [one.code for one in taken.reasons]) == (True, False, ["advice"])
    assert allowed("grievance_filed", RETURNED, "2027-12-20", kind=kind), "nothing says when the letter was received"
    assert allowed("request_received", RETURNED, "2027-03-10", kind=kind)
    got = [*RETURNED, ["2027-03-10", "request_received", {"asked": "r", "means": "registered_post"}]]
    # from Wednesday 10 March: Sunday 9 May; counted in full Monday 10. The advice stays that of the letter.
    [right] = of("COURT-60", kind, got, "2027-03-11")
    assert (right.file_before, right.accept_until) == (date(2027, 5, 4), date(2027, 5, 10))
    assert allowed("grievance_filed", got, "2027-05-10", kind=kind)
    late = allowed("grievance_filed", got, "2027-05-11", kind=kind)
    assert (late.allowed, late.reasons[0].code) == (False, "too_late")
    assert allowed("court_seised", got, "2027-12-20", kind=kind), "only the judge says whether it comes too late"


@pytest.mark.parametrize("kind", ["55-19", "council-commitment"])
def test_what_a_late_grievance_against_a_return_opens(kind):
    got = [*RETURNED, ["2027-03-10", "request_received", {"asked": "r"}]]
    assert of("GRIEVANCE-60", kind, grievance(got, "2027-12-20"), "2027-12-21") == []
    [owed] = of("GRIEVANCE-60", kind, grievance(got, "2027-05-03"), "2027-05-04")
    assert owed.do_by == date(2027, 7, 2), "sixty days from Monday 3 May"
    refused = grievance(got, "2027-05-03", "2027-05-10", "refused")
    # sixty days from 10 May: Friday 9 July
    assert of("COURT-GRIEVANCE", kind, refused, "2027-05-11")[0].file_before == date(2027, 7, 9)
    again = allowed("grievance_filed", refused, "2027-05-12", kind=kind)
    assert (again.allowed, again.reasons[0].code) == (False, "appeal_used")


def test_a_return_that_is_taken_back_gives_the_person_his_thirty_days_again():
    rows = grievance(REPLACED, "2027-03-17", "2027-03-24")
    # thirty full days from 24 March: Saturday 24 April, carried to Monday 26; certain on the 27th
    [again] = of("PROC-COMPLETE-AGAIN", "55-19", rows, "2027-03-25")
    assert (again.open, again.file_before, again.accept_until) == (True, date(2027, 4, 23), date(2027, 4, 26))
    for day in ("2027-03-25", "2027-04-26"):
        early = allowed("file_returned", rows, day)
        assert (early.allowed, early.reasons[0].code, early.opens_on) == (False, "too_early", date(2027, 4, 27))
    assert allowed("file_returned", rows, "2027-04-27")
    given = [*rows, ["2027-03-30", "replacement_received", {"asked": "q", "document": "a"}]]
    assert not of("PROC-COMPLETE-AGAIN", "55-19", given, "2027-04-01")[0].open
    assert not allowed("file_returned", given, "2027-06-01")


def test_a_missing_document_has_thirty_days_again_too():
    rows = grievance(RETURNED, "2027-03-08", "2027-03-22")
    # thirty full days from Monday 22 March: Thursday 22 April
    assert allowed("file_returned", rows, "2027-03-23").opens_on == date(2027, 4, 23)
    assert allowed("completed", rows, "2027-03-25")
    assert not allowed("file_returned", [*rows, ["2027-03-25", "completed"]], "2027-04-23")


def test_a_second_return_is_another_decision():
    rows = [*grievance(REPLACED, "2027-03-17", "2027-03-24"), ["2027-04-27", "file_returned", {}, "s"]]
    assert not of("GRIEVANCE-DO", "55-19", rows, "2027-05-03")[0].open
    # sixty days from Tuesday 27 April: Saturday 26 June, advised Friday 25
    assert [duty.file_before for duty in of("COURT-60", "55-19", rows, "2027-05-03") if duty.open] == [
        date(2027, 6, 25)
    ]
    assert allowed("grievance_filed", rows, "2027-05-03")
    waits = grievance(rows, "2027-05-03", name="h")
    assert allowed("grievance_filed", waits, "2027-05-04").reasons[0].code == "appeal_pending"
    refused = grievance(rows, "2027-05-03", "2027-05-10", "refused", "h")
    assert allowed("grievance_filed", refused, "2027-05-11").reasons[0].code == "appeal_used"
    assert allowed("appeal_filed", refused, "2027-05-11").reasons[0].code == "closed", "no negative answer (article 21)"
    assert of("PROC-APPEAL", "55-19", refused, "2027-05-11") == []
    granted = grievance(rows, "2027-05-03", "2027-05-10", name="h")
    # thirty full days from Monday 10 May: Thursday 10 June
    assert allowed("file_returned", granted, "2027-05-11").opens_on == date(2027, 6, 11)


def test_a_grievance_against_a_return_leaves_whole_what_opens_against_a_later_silence():
    rows = [*LISTED, ["2027-04-01", "file_returned", {"ground": "missing"}]]
    rows = [*grievance(rows, "2027-04-02", "2027-04-15"), ["2027-04-20", "completed"]]
    # sixty days of silence from 20 April: Saturday 19 June, Monday 21, certain Tuesday 22
    # sixty more from the 19th: 18 August
    for more in ([], [["2027-06-22", "lapsed", {"rule": "SILENCE-60"}]]):
        [right] = of("COURT-SILENCE", "council-commitment", [*rows, *more], "2027-07-20")
        assert (right.open, right.file_before) == (True, date(2027, 8, 18))
        taken = allowed("grievance_filed", [*rows, *more], "2027-07-20", kind="council-commitment")
        assert (taken.allowed, taken.early, taken.reasons[0].code) == (True, False, "advice")
    used = grievance([*rows, *more], "2027-07-20", "2027-07-26", "refused", "h")
    assert not of("COURT-SILENCE", "council-commitment", used, "2027-07-27")[0].open
    again = allowed("grievance_filed", used, "2027-07-27", kind="council-commitment")
    assert again.reasons[0].code == "appeal_used"
    decided = grievance(rows, "2027-07-20", "2027-07-26", "refused", "h")
    assert of("SILENCE-60", "council-commitment", decided, "2027-07-27")[0].lapses_on == date(2027, 6, 22)


def test_a_refusal_after_a_return_that_was_taken_back_goes_to_the_appeal_of_its_law_first():
    rows = [*grievance(RETURNED, "2027-03-08", "2027-03-22"), ["2027-03-25", "completed"]]
    rows += [["2027-04-05", "outcome_signed", {"sense": "refused"}], ["2027-04-06", "notified", {"sense": "refused"}]]
    courts = [duty for duty in of("COURT-60", "55-19", rows, "2027-04-07") if duty.open]
    assert [duty.file_before for duty in courts] == [None], "law 41-90, article 23, paragraph 4"
    # thirty full days from Tuesday 6 April: Friday 7 May
    assert of("PROC-APPEAL", "55-19", rows, "2027-04-07")[0].accept_until == date(2027, 5, 7)


def test_an_undertaking_returns_nothing_before_the_person_had_the_time_to_complete():
    # thirty days from Monday 1 February: Wednesday 3 March; counted in full the 4th, certain the 5th
    [time] = of("COMMIT-COMPLETE", "council-commitment", LISTED, "2027-02-02")
    assert (time.file_before, time.accept_until, time.owner) == (date(2027, 3, 3), date(2027, 3, 4), "user")
    for day in ("2027-02-01", "2027-03-04"):
        early = allowed("file_returned", LISTED, day, kind="council-commitment")
        assert (early.allowed, early.opens_on) == (False, date(2027, 3, 5))
    assert allowed("file_returned", LISTED, "2027-03-05", kind="council-commitment")
    unlisted = allowed("file_returned", LISTED[:1], "2027-03-05", kind="council-commitment")
    assert (unlisted.allowed, unlisted.reasons[0].code) == (False, "nothing_to_return")
    back = grievance(RETURNED, "2027-03-08", "2027-03-22")
    # thirty days from Monday 22 March: Wednesday 21 April; counted in full the 22nd, certain the 23rd
    assert allowed("file_returned", back, "2027-03-23", kind="council-commitment").opens_on == date(2027, 4, 23)
    said_ar, said_fr = (" ".join(getattr(step, lang) for step in time.steps) for lang in ("ar", "fr"))
    assert ("يتعهد المجلس" in said_ar, "Le conseil s’engage" in said_fr) == (True, True)
    assert ("النص" in said_ar, "المادة" in said_ar) == (False, False)
    assert ("Le texte" in said_fr, "l’article" in said_fr, "fiche" in said_fr) == (False, False, False)
    assert "engagement du conseil" in early.reasons[0].fr
    own = of("PROC-COMPLETE", "55-19", LISTED, "2027-02-02")[0]
    assert "article 10" in " ".join(step.fr for step in own.steps), "there the law says it"
    for article in (early.article, unlisted.article):
        assert article == "", "no text gives it"


def test_what_is_closed_as_a_duplicate_is_contested_as_an_end_and_says_where_the_answer_comes():
    rows = [["2027-02-01", "filed"], ["2027-02-01", "completed"], ["2027-02-05", "duplicate_of", {}]]
    taken = allowed("grievance_filed", rows, "2027-02-10")
    assert (taken.allowed, taken.reasons[0].code) == (True, "first_goes_on")
    other = allowed("complaint_to_head", rows, "2027-02-10", kind="31-13")
    assert not other
    assert taken.reasons[0].ar in [reason.ar for reason in other.reasons]


@pytest.mark.parametrize("kind", ["55-19", "council-commitment"])
@pytest.mark.parametrize("sense", ["granted", "partial"])
def test_a_return_that_is_taken_back_grants_nothing_of_what_was_asked(kind, sense):
    rows = grievance(RETURNED, "2027-03-08", "2027-03-22", sense)
    assert of("GRIEVANCE-DO", kind, rows, "2027-03-23")[0].open, "the file goes on: that is owed"
    whole = [*rows, ["2027-03-25", "completed"]]
    assert of("GRIEVANCE-DO", kind, whole, "2027-03-26")[0].discharged_on == date(2027, 3, 25)
    for one in ("granted", "partial", "refused"):
        assert allowed("outcome_signed", whole, "2027-03-26", kind=kind, sense=one)
        told = [["2027-03-26", "outcome_signed", {"sense": one}], ["2027-03-29", "notified", {"sense": one}]]
        assert not of("GRIEVANCE-DO", kind, [*whole, *told], "2027-03-30")[0].open
    # a grievance against the refusal that follows is another one: what it grants is given
    refused = [*whole, ["2027-03-26", "outcome_signed"], ["2027-03-29", "notified", {"sense": "refused"}]]
    again = grievance(refused, "2027-04-01", "2027-04-05", name="h")
    assert allowed("outcome_signed", again, "2027-04-06", kind=kind, sense="granted")
    assert allowed("outcome_signed", again, "2027-04-06", kind=kind, sense="refused").reasons[0].code == (
        "given_on_remedy"
    )


def test_a_duplicate_that_is_taken_back_grants_nothing_of_what_was_asked():
    filed = [*LISTED[:1], ["2027-02-01", "completed"], ["2027-02-05", "duplicate_of", {"first": "D-1"}, "r"]]
    rows = grievance(filed, "2027-02-10", "2027-02-15")
    assert of("GRIEVANCE-DO", "55-19", rows, "2027-02-16")[0].open
    for one in ("granted", "partial", "refused"):
        assert allowed("outcome_signed", rows, "2027-02-16", sense=one)
        told = [["2027-02-17", "outcome_signed", {"sense": one}], ["2027-02-18", "notified", {"sense": one}]]
        assert of("GRIEVANCE-DO", "55-19", [*rows, *told], "2027-02-19")[0].discharged_on == date(2027, 2, 18)


def test_a_replacement_brought_after_the_grant_is_what_it_granted():
    rows = grievance(REPLACED, "2027-03-17", "2027-03-24")
    given = [*rows, ["2027-03-30", "replacement_received", {"asked": "q", "document": "a"}]]
    assert of("GRIEVANCE-DO", "55-19", given, "2027-04-01")[0].discharged_on == date(2027, 3, 30)
    assert allowed("outcome_signed", given, "2027-04-01", sense="refused")


def test_a_return_struck_out_lifts_the_grievance_and_gives_thirty_days_again():
    """As a granted grievance does: more than was left when the file was returned. Counted from the strike."""
    struck = [*grievance(RETURNED, "2027-03-17"), ["2027-03-24", "entry_corrected", {}, "s", "r"]]
    [owed] = of("GRIEVANCE-60", "55-19", struck, "2027-03-25")
    assert (owed.open, owed.ended_by, owed.ended_on) == (False, "s", date(2027, 3, 24))
    [first] = of("PROC-COMPLETE", "55-19", struck, "2027-03-25")
    assert (first.open, first.ended_by) == (False, "s")
    # thirty full days from 24 March: Saturday 24 April, carried to Monday 26; certain on the 27th
    [again] = of("PROC-COMPLETE-AGAIN", "55-19", struck, "2027-03-25")
    assert (again.open, again.file_before, again.accept_until) == (True, date(2027, 4, 23), date(2027, 4, 26))
    early = allowed("file_returned", struck, "2027-04-26")
    assert (early.allowed, early.opens_on) == (False, date(2027, 4, 27))
    assert allowed("file_returned", struck, "2027-04-27")
    assert not allowed("grievance_answered", struck, "2027-03-25"), "nothing is left to answer"
    # a second return is another decision, contested as one
    twice = [*struck, ["2027-04-27", "file_returned", {"ground": "missing", "act": "B"}, "r2"]]
    [owed, other] = of("GRIEVANCE-60", "55-19", grievance(twice, "2027-04-28", name="g2"), "2027-04-29")
    assert (owed.open, other.open) == (False, True)


def test_a_return_recorded_anew_of_another_day_was_never_taken_back():
    rows = [*grievance(RETURNED, "2027-03-17"), ["2027-03-24", "entry_corrected", {}, "s", "r"]]
    rows += [["2027-03-08", "file_returned", {"ground": "missing"}, "again"]]
    assert not of("PROC-COMPLETE-AGAIN", "55-19", rows, "2027-03-25")
    assert of("GRIEVANCE-60", "55-19", rows, "2027-03-25")[0].open


@pytest.mark.parametrize(
    ("kind", "rule"), [("55-19", "PROC-COMPLETE-AGAIN"), ("council-commitment", "COMMIT-COMPLETE")]
)
@pytest.mark.parametrize("end", ["withdrawn", "duplicate_of", "misdirected"])
def test_no_other_end_that_was_a_mistake_costs_a_person_his_time(kind, rule, end):
    rows = [*LISTED, ["2027-02-03", end, {}, "e"], ["2027-03-24", "entry_corrected", {}, "s", "e"]]
    open_now = [duty for duty in of(rule, kind, rows, "2027-03-25") if duty.open]
    assert [duty.trigger_fact for duty in open_now] == ["s"]
    assert not allowed("file_returned", rows, "2027-03-25", kind=kind)
