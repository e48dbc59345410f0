"""A remedy keeps the time that it had when it came; one that came late is answered, and opens nothing else."""

from datetime import date

import pytest

from tadbir.law import may

from .facts import calendar, facts, of

#: A refusal told on 5 November, an appeal on 30 November; then the letter was told on 21 October, says a correction.
APPEALED = [
    ["2026-10-01", "filed"],
    ["2026-10-01", "completed"],
    ["2026-10-20", "outcome_signed", {"sense": "refused", "act": "L"}],
    ["2026-11-05", "notified", {"sense": "refused", "act": "L", "means": "hand"}, "n"],
    ["2026-11-30", "appeal_filed", {"level": "president", "against": "refusal"}, "a"],
]
STRUCK = [*APPEALED, ["2026-11-30", "entry_corrected", {}, "s", "n"]]
EARLIER = [*STRUCK, ["2026-10-21", "notified", {"sense": "refused", "act": "L", "means": "hand"}, "n2"]]


@pytest.mark.parametrize("rows", [APPEALED, STRUCK, EARLIER])
def test_the_president_owes_his_answer_from_the_appeal_whatever_is_put_right_since(rows):
    # fifteen full days from Monday 30 November: Wednesday 16 December
    [owed] = of("PROC-APPEAL-ANS", "55-19", rows, "2026-12-01")
    assert (owed.open, owed.do_by, owed.came_after) == (True, date(2026, 12, 16), None)
    refused = [*rows, ["2026-12-02", "appeal_answered", {"asked": "a", "sense": "refused", "means": "hand"}]]
    # sixty days from 2 December: Sunday 31 January, advised before it
    assert of("COURT-APPEAL", "55-19", refused, "2026-12-03")[0].file_before == date(2027, 1, 29)


@pytest.mark.parametrize(
    ("kind", "filed", "rule", "by", "opens"),
    [
        ("55-19", "appeal_filed", "PROC-APPEAL-ANS", date(2027, 1, 18), ("COURT-APPEAL",)),
        ("31-13", "complaint_to_head", "ATI-COMPLAIN-ANS", date(2027, 1, 15), ("ATI-CDAI", "ATI-COURT")),
    ],
)
def test_who_comes_late_is_owed_an_answer_which_opens_nothing(kind, filed, rule, by, opens):
    told = ["2026-10-21", "notified", {"sense": "refused", "act": "L", "means": "hand"}, "n"]
    rows = [*APPEALED[:3], told, ["2026-12-31", filed, {"against": "refusal"}, "a"]]
    [owed] = of(rule, kind, rows, "2027-01-02")
    assert (owed.open, owed.do_by, owed.came_after is not None) == (True, by, True)
    answered = {"appeal_filed": "appeal_answered"}.get(filed, "complaint_answered")
    refused = [*rows, ["2027-01-04", answered, {"asked": "a", "sense": "refused", "means": "hand"}]]
    for after in (rows, refused):
        assert [one for right in opens for one in of(right, kind, after, "2027-06-01")] == []
    assert bool(of("PROC-APPEAL-UP", kind, rows, "2027-06-01")) is (kind == "55-19"), "his silence goes to the governor"
    invited = [*rows, ["2027-02-01", "governor_invited"]]
    assert kind == "31-13" or of("COURT-APPEAL", kind, invited, "2027-06-01") == []


def test_a_late_appeal_that_waits_contests_the_refusal_that_comes_after_it():
    """Silence certain on 1 December, its appeal over in January; the appeal comes late, then a refusal in words."""
    rows = [*APPEALED[:2], ["2027-02-15", "appeal_filed", {"level": "president", "against": "lapse"}, "a"]]
    [owed] = of("PROC-APPEAL-ANS", "55-19", rows, "2027-02-16")
    assert owed.came_after is not None
    rows += [["2027-03-01", "outcome_signed", {"sense": "refused", "act": "L"}]]
    rows += [["2027-03-02", "notified", {"sense": "refused", "act": "L", "means": "hand"}]]
    [owed] = of("PROC-APPEAL-ANS", "55-19", rows, "2027-03-03")
    # one right, one answer: fifteen full days from Tuesday 2 March, Thursday 18
    assert (owed.open, owed.do_by, owed.came_after) == (True, date(2027, 3, 18), None)
    rows += [["2027-03-05", "appeal_answered", {"asked": "a", "sense": "refused", "means": "hand"}]]
    assert of("COURT-APPEAL", "55-19", rows, "2027-03-06")[0].open


#: A complaint to the head in time, silent from Tuesday 19 January; the commission is seised until 22 February.
SILENT_HEAD = [["2026-12-01", "filed"], ["2027-01-04", "complaint_to_head", {"against": "lapse"}, "c"]]


@pytest.mark.parametrize(("seised", "late"), [("2027-02-22", False), ("2027-02-26", True)])
def test_the_answer_of_the_commission_opens_the_court_though_it_was_seised_late(seised, late):
    """Article 21: sixty days from its answer; of Wednesday 3 March they end on Sunday 2 May, after a feast."""
    rows = [*SILENT_HEAD, [seised, "cdai_seised", {}, "d"], ["2027-03-03", "cdai_answered", {"asked": "d"}, "r"]]
    [court] = [one for one in of("ATI-COURT", "31-13", rows, "2027-03-04") if one.trigger_fact == "r"]
    assert (court.open, court.file_before) == (True, date(2027, 4, 30))
    assert any("saisie après le dernier jour" in step.fr for step in court.steps) is late


@pytest.mark.parametrize(("seised", "opens"), [("2027-02-22", 1), ("2027-02-26", 0)])
def test_its_silence_on_what_came_late_opens_none(seised, opens):
    rows = [*SILENT_HEAD, [seised, "cdai_seised", {}, "d"]]
    assert len(of("ATI-COURT", "31-13", rows, "2027-06-01")) == opens


#: A refusal told on 18 January, until 18 February; on the 26th its day is put right to the 11th: until 11 February.
PUT_RIGHT = [
    ["2026-12-01", "filed"],
    ["2026-12-01", "completed"],
    ["2027-01-11", "outcome_signed", {"sense": "refused", "act": "L"}],
    ["2027-01-18", "notified", {"sense": "refused", "act": "L", "means": "hand"}, "n"],
    ["2027-01-26", "entry_corrected", {}, "s", "n"],
    ["2027-01-11", "notified", {"sense": "refused", "act": "L", "means": "hand"}, "n2"],
]


@pytest.mark.parametrize(("on", "allowed"), [("2027-02-11", True), ("2027-02-18", True), ("2027-02-19", False)])
def test_who_relied_on_the_day_that_the_council_had_told_is_not_refused(on, allowed):
    given = may("55-19", "appeal_filed", facts(PUT_RIGHT), calendar(), date.fromisoformat(on))
    assert bool(given) is allowed
    assert any(reason.code == "relied_on" for reason in given.reasons) is (on == "2027-02-18")
    if not allowed:
        return
    filed = [*PUT_RIGHT, [on, "appeal_filed", {"level": "president", "against": "refusal"}, "a"]]
    [owed] = of("PROC-APPEAL-ANS", "55-19", filed, "2027-02-20")
    assert (owed.open, owed.came_after) == (True, None)


def test_an_unrelated_correction_gives_no_time():
    rows = [*PUT_RIGHT[:4], ["2027-01-05", "acknowledged", {}, "x"], ["2027-01-06", "entry_corrected", {}, "y", "x"]]
    assert not may("55-19", "appeal_filed", facts(rows), calendar(), date(2027, 2, 22))
