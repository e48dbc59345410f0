"""What the answer to a remedy ends: the remedy, the silence that it contested, the reasons that were asked for."""

from datetime import date

import pytest

from tadbir.law import REGIMES, RULES
from tadbir.law.vocabulary import PERSONS

from .facts import allowed, of
from .test_law_may import COMPLETE, GRANTED, NOTIFIED

#: Each regime with a remedy of its council, a day on which its silence is certain, and what that remedy is.
SILENCES = [
    ("55-19", "appeal", ["PROC-DECIDE"], {}),
    ("55-19", "grievance", ["PROC-DECIDE"], {"body": "president"}),
    ("31-13", "complaint", ["ATI-ANSWER"], {}),
    ("petition", "grievance", ["PET-REFUSE", "SILENCE-60"], {"body": "council"}),
    ("09-08", "grievance", ["PD-RECTIFY", "SILENCE-60"], {"body": "president"}),
    ("council-commitment", "grievance", ["SILENCE-60"], {"body": "president"}),
]
ASKED = {"appeal": "appeal_filed", "grievance": "grievance_filed", "complaint": "complaint_to_head"}


def decided(kind: str, day: str, how: str = "bureau_refused") -> list[list[object]]:
    """What comes before any answer to a petition: its bureau decides (organic law 112-14, article 116)."""
    return [[day, how]] if kind == "petition" else []


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_the_refusal_of_a_remedy_against_a_silence_answers_the_request(kind, remedy, rules, data):
    rows = [
        ["2026-10-01", "filed"],
        *([["2026-10-01", "completed"]] if kind in ("55-19", "council-commitment") else []),
        ["2026-12-10", ASKED[remedy], {**data, "against": "lapse"}, "r"],
    ]
    for rule in rules:
        assert of(rule, kind, rows, "2026-12-15")[0].late(date(2026, 12, 15)), rule
    for sense in ("refused", "partial", "granted"):
        ended = [*rows, ["2026-12-14", f"{remedy}_answered", {"asked": "r", "sense": sense, "means": "hand"}]]
        for rule in rules:
            [duty] = of(rule, kind, ended, "2026-12-15")
            assert duty.open is (sense == "granted"), "a remedy that is granted leaves the request to be answered"
        answers = "bureau_accepted" if kind == "petition" else "outcome_signed"
        assert bool(allowed(answers, ended, "2026-12-15", kind=kind)) is (sense != "refused")
        again = allowed(ASKED[remedy], ended, "2026-12-15", kind=kind)
        why = "granted_and_owed" if sense == "granted" else "appeal_used"
        assert (again.allowed, again.reasons[0].code) == (False, why)
        assert allowed("court_seised", ended, "2026-12-15", kind=kind).allowed


def test_a_remedy_is_used_again_against_the_decision_that_came_after_it():
    rows = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    rows += [["2026-10-26", "appeal_answered", {"asked": "a", "sense": "granted"}]]
    assert allowed("appeal_filed", rows, "2026-10-27").reasons[0].code == "granted_and_owed"
    rows += [["2026-10-28", "outcome_signed"], ["2026-10-29", "notified", {"sense": "partial"}]]
    assert allowed("appeal_filed", rows, "2026-10-30")


def test_reasons_that_were_asked_for_are_in_the_decision_that_comes_after():
    rows = [
        *COMPLETE,
        ["2026-12-05", "reasons_asked", {}, "q"],
        ["2026-12-06", "appeal_filed", {"against": "lapse"}, "a"],
    ]
    for more in (
        [["2026-12-08", "outcome_signed"], ["2026-12-09", "notified", {"sense": "refused"}]],
        [["2026-12-09", "appeal_answered", {"asked": "a", "sense": "refused"}]],
        [["2026-12-09", "reasons_given", {"asked": "q"}]],
    ):
        [owed] = of("REASONS-ANS", "55-19", [*rows, *more], "2026-12-10")
        assert owed.discharged_on == date(2026, 12, 9)
        assert allowed("reasons_given", [*rows, *more], "2026-12-10").reasons[0].code == "nothing_asked"


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_a_remedy_refused_before_there_was_anything_to_contest_answers_nothing(kind, remedy, rules, data):
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"], ["2026-10-05", ASKED[remedy], data, "r"]]
    rows += [["2026-10-06", f"{remedy}_answered", {"asked": "r", "sense": "refused"}]]
    for rule in rules:
        assert of(rule, kind, rows, "2026-10-07")[0].open
    rows += decided(kind, "2026-10-07")
    assert allowed("outcome_signed", rows, "2026-10-07", kind=kind).allowed
    assert allowed(ASKED[remedy], rows, "2026-10-07", kind=kind).allowed, "against the silence, once it comes"


def test_what_came_early_and_was_answered_after_the_refusal_contested_it():
    rows = [*COMPLETE, ["2026-10-05", "appeal_filed", {"against": "early"}, "a"], *NOTIFIED[2:]]
    [right] = of("PROC-APPEAL", "55-19", rows, "2026-10-22")
    assert right.discharged_by == "a", "it waits, and contests the refusal: nothing more is to be filed"
    assert allowed("appeal_filed", rows, "2026-10-22").reasons[0].code == "appeal_pending"
    rows += [["2026-10-25", "appeal_answered", {"asked": "a", "sense": "refused", "means": "hand"}]]
    assert [duty.open for duty in of("PROC-APPEAL", "55-19", rows, "2026-10-26")] == [False]
    assert allowed("appeal_filed", rows, "2026-10-26").reasons[0].code == "appeal_used"


def test_the_governor_invites_to_answer_what_waits_only():
    waits = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    assert allowed("governor_invited", waits, "2026-11-20")
    for sense in ("refused", "granted"):
        answered = [*waits, ["2026-10-30", "appeal_answered", {"asked": "a", "sense": sense}]]
        assert allowed("governor_invited", answered, "2026-11-20").reasons[0].code == "nothing_asked"


def test_a_refusal_of_the_bureau_ends_the_silence_once_it_is_notified():
    rows = [["2026-09-15", "filed"], ["2026-10-01", "bureau_refused"]]
    assert of("SILENCE-60", "petition", rows, "2026-10-02")[0].open
    assert of("COURT-SILENCE", "petition", rows, "2026-11-20")[0].open
    assert not of("SILENCE-60", "petition", [*rows, ["2026-10-05", "notified", {"sense": "refused"}]], "2026-10-06")[
        0
    ].open


def test_reasons_that_were_given_are_not_asked_again():
    rows = [*COMPLETE, ["2026-12-05", "reasons_asked", {}, "q"], ["2026-12-09", "reasons_given", {"asked": "q"}]]
    assert allowed("reasons_asked", rows, "2026-12-10").reasons[0].code == "reasons_told"


def test_nothing_is_contested_where_all_was_granted():
    assert allowed("grievance_filed", GRANTED, "2026-10-25").reasons[0].code == "granted"


#: What is granted on a remedy and then carried out, with the day of the new answer.
CARRIED_OUT = {"appeal": "PROC-APPEAL-DO", "grievance": "GRIEVANCE-DO", "complaint": "ATI-COMPLAIN-DO"}


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_what_a_remedy_grants_is_owed_until_the_new_answer_and_is_never_late(kind, remedy, rules, data):
    rows = [
        ["2026-10-01", "filed"],
        *([["2026-10-01", "completed"]] if kind in ("55-19", "council-commitment") else []),
        *decided(kind, "2026-10-14"),
        ["2026-10-15", "outcome_signed"],
        ["2026-10-16", "notified", {"sense": "refused", "means": "hand"}],
        ["2026-10-20", ASKED[remedy], {**data, "against": "refusal"}, "r"],
    ]
    ended = [*rows, ["2026-10-24", f"{remedy}_answered", {"asked": "r", "sense": "refused", "means": "hand"}]]
    assert of(CARRIED_OUT[remedy], kind, ended, "2028-01-10") == []
    assert allowed("outcome_signed", ended, "2026-10-26", kind=kind).allowed is False
    for sense in ("partial", "granted"):
        given = [*rows, ["2026-10-24", f"{remedy}_answered", {"asked": "r", "sense": sense, "means": "hand"}]]
        [owed] = of(CARRIED_OUT[remedy], kind, given, "2028-01-10")
        assert (owed.open, owed.owner, owed.type, owed.late(date(2028, 1, 10))) == (True, "unit", "duty", False)
        again = decided(kind, "2026-10-26")
        assert allowed("outcome_signed", given, "2026-10-26", kind=kind).allowed is (not again), "its bureau first"
        assert allowed("outcome_signed", [*given, *again], "2026-10-26", kind=kind).allowed
        done = [
            *again,
            ["2026-10-27", "outcome_signed"],
            ["2026-10-28", "notified", {"sense": "granted", "means": "hand"}],
        ]
        told = [*given, *done]
        assert of(CARRIED_OUT[remedy], kind, told, "2028-01-10")[0].discharged_on == date(2026, 10, 28)
        assert allowed("outcome_signed", told, "2026-10-29", kind=kind).allowed is False, "it is carried out once"


#: What may be done against the part that a remedy left refused.
REST = {"appeal": "COURT-APPEAL", "grievance": "COURT-GRIEVANCE", "complaint": "ATI-CDAI"}


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_giving_the_part_that_a_remedy_granted_leaves_open_the_way_against_the_rest(kind, remedy, rules, data):
    rows = [
        ["2026-10-01", "filed"],
        *([["2026-10-01", "completed"]] if kind in ("55-19", "council-commitment") else []),
        ["2026-10-15", "outcome_signed"],
        ["2026-10-16", "notified", {"sense": "refused", "means": "hand"}],
        ["2026-10-20", ASKED[remedy], {**data, "against": "refusal"}, "r"],
    ]
    done = [["2026-10-27", "outcome_signed"], ["2026-10-28", "notified", {"sense": "granted", "means": "hand"}]]
    for sense, stays in (("partial", True), ("granted", False)):
        given = [*rows, ["2026-10-24", f"{remedy}_answered", {"asked": "r", "sense": sense, "means": "hand"}], *done]
        assert any(duty.open for duty in of(REST[remedy], kind, given, "2026-10-29")) is stays
    again = [*rows, ["2026-10-24", f"{remedy}_answered", {"asked": "r", "sense": "partial", "means": "hand"}]]
    again += [["2026-10-27", "outcome_signed"], ["2026-10-28", "notified", {"sense": "refused", "means": "hand"}]]
    assert allowed(ASKED[remedy], again, "2026-10-29", kind=kind), "refused after all: a new decision"


def test_every_remedy_that_the_council_answers_has_a_duty_to_carry_out_what_it_grants():
    answered = {(code, one.answered) for code, regime in REGIMES.items() for one in regime.answered}
    owed = {
        (kind, trigger.match.fact)
        for rule in RULES
        if rule.bound and rule.owner == "unit" and rule.type == "duty"
        for kind in rule.kinds
        for trigger in rule.triggers
        if trigger.match and trigger.match.where == {"sense": ["granted", "partial"]}
    }
    assert answered == owed


def test_a_right_of_a_person_that_no_text_ends_by_a_day_ends_with_what_it_was_for():
    endless = [
        rule
        for rule in RULES
        if rule.bound and rule.type == "right" and rule.owner in PERSONS
        if any(when.shape == "offset" and when.max is None and when.limit_from is None for when in rule.whens)
    ]
    assert [rule.id for rule in endless] == ["PROC-APPEAL-UP"]
    for rule in endless:
        ends = {(match.fact, match.where.get("sense")) for match in rule.ended_by}
        assert ends >= {("withdrawn", None), ("notified", "granted"), ("delivered_on_spot", None)}


def test_a_returned_file_is_contested_as_any_decision_and_goes_on_once_that_is_granted():
    rows = [["2026-10-01", "filed"], ["2026-10-01", "missing_listed"], ["2026-11-03", "file_returned"]]
    assert allowed("appeal_filed", rows, "2026-11-10").reasons[0].code == "closed", "it is no answer to the request"
    for verb, advised in (("grievance_filed", ["advice"]), ("court_seised", [])):
        taken = allowed(verb, rows, "2026-11-10")
        assert (taken.allowed, taken.early, taken.until) == (True, False, None)
        assert [reason.code for reason in taken.reasons] == advised
    for rule in ("PROC-APPEAL", "COURT-SILENCE", "REASONS-ASK"):
        assert of(rule, "55-19", rows, "2027-11-10") == []
    asked = [*rows, ["2026-11-10", "grievance_filed", {"body": "president"}, "g"]]
    for sense in ("refused", "granted"):
        answered = [*asked, ["2026-11-20", "grievance_answered", {"asked": "g", "sense": sense, "means": "hand"}]]
        assert allowed("completed", answered, "2026-11-23").allowed is (sense == "granted")
    completed = [*answered, ["2026-11-23", "completed"]]
    # sixty full days: Saturday 23 January, carried to Monday 25
    assert [duty.do_by for duty in of("PROC-DECIDE", "55-19", completed, "2026-11-24")] == [date(2027, 1, 25)]
    assert allowed("outcome_signed", completed, "2026-11-24").allowed
    again = [*completed, ["2026-12-01", "withdrawn"]]
    assert allowed("outcome_signed", again, "2026-12-02").reasons[0].code == "closed"


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        ("31-13", "complaint_to_head"),
        ("55-19", "appeal_filed"),
        ("55-19", "grievance_filed"),
        ("09-08", "grievance_filed"),
        ("petition", "grievance_filed"),
        ("council-commitment", "grievance_filed"),
    ],
)
def test_a_letter_that_sends_elsewhere_is_contested_as_a_refusal(kind, verb):
    rows = [["2026-12-01", "filed"]]
    rows += [["2026-12-01", "completed"]] if kind in ("55-19", "council-commitment") else []
    rows += [*decided(kind, "2026-12-09"), ["2026-12-10", "misdirected", {}, "m"]]
    taken = allowed(verb, rows, "2026-12-15", kind=kind)
    assert (taken.allowed, taken.early) == (True, False)
    assert allowed(verb, rows, "2027-12-15", kind=kind), "nothing says that the letter was received"
    received = [*rows, ["2026-12-12", "request_received", {"asked": "m"}]]
    assert allowed(verb, received, "2027-12-15", kind=kind).reasons[0].code == "too_late"
    for second in ("misdirected", "withdrawn", "outcome_signed"):
        assert not allowed(second, rows, "2026-12-15", kind=kind)
    filed = [*rows, ["2026-12-15", verb, {"against": "refusal"}, "r"]]
    answer = next(one.answered for one in REGIMES[kind].answered if one.filed == verb)
    for sense in ("refused", "granted"):
        told = [*filed, ["2026-12-20", answer, {"asked": "r", "sense": sense, "means": "hand"}]]
        answers = "bureau_accepted" if kind == "petition" else "outcome_signed"
        assert allowed(answers, told, "2026-12-21", kind=kind).allowed is (sense == "granted")
        why = "granted_and_owed" if sense == "granted" else "appeal_used"
        assert allowed(verb, told, "2026-12-21", kind=kind).reasons[0].code == why


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_what_was_refused_too_early_comes_again_in_its_time_and_no_later(kind, remedy, rules, data):
    rows = [["2026-10-01", "filed"], ["2026-10-01", "completed"], ["2026-10-05", ASKED[remedy], data, "r"]]
    rows += [["2026-10-06", f"{remedy}_answered", {"asked": "r", "sense": "refused"}]]
    in_time = allowed(ASKED[remedy], rows, "2026-11-20" if kind == "31-13" else "2026-12-10", kind=kind)
    assert (in_time.allowed, in_time.early) == (True, False)
    assert allowed(ASKED[remedy], rows, "2027-12-10", kind=kind).reasons[0].code == "too_late"


def test_after_the_days_of_the_commission_the_last_one_is_said_and_what_remains():
    rows = [["2026-10-01", "filed"], ["2026-10-10", "outcome_signed"], ["2026-10-12", "notified", {"sense": "refused"}]]
    rows += [["2026-10-15", "complaint_to_head", {"against": "refusal"}, "c"]]
    rows += [["2026-10-20", "complaint_answered", {"asked": "c", "sense": "refused", "means": "hand"}]]
    assert allowed("cdai_seised", rows, "2026-11-20", kind="31-13")
    late = allowed("cdai_seised", rows, "2026-12-20", kind="31-13")
    # what a commission took up late did happen: it is written down, and the page says that it was late
    assert (late.allowed, [reason.code for reason in late.reasons]) == (True, ["late_elsewhere", "after_commission"])
    seised = [*rows, ["2026-12-20", "cdai_seised", {}, "d"]]
    assert allowed("cdai_answered", seised, "2027-01-15", kind="31-13"), "and what it answers"
    answered = [*seised, ["2027-01-15", "cdai_answered", {"asked": "d", "sense": "granted"}]]
    assert allowed("outcome_signed", answered, "2027-01-16", kind="31-13", sense="granted")
    assert allowed("cdai_seised", [["2026-10-01", "filed"], ["2026-10-05", "withdrawn"]], "2026-10-10", kind="31-13")
    assert "20 novembre 2026" in late.reasons[0].fr
    for words in ("nouvelle demande", "tribunal", "article 21"):
        assert words in late.reasons[1].fr


def test_nobody_accepts_in_the_name_of_a_court_or_of_a_commission():
    for rule, kind, rows in (
        ("COURT-60", "09-08", [["2026-10-01", "filed"], ["2026-10-20", "notified", {"sense": "refused"}]]),
        ("PROC-APPEAL", "55-19", NOTIFIED),
    ):
        [duty] = of(rule, kind, rows, "2026-10-25")
        said = " ".join(step.fr for step in duty.steps)
        assert ("accepte ce qui lui parvient" in said) is (rule == "PROC-APPEAL")
        assert ("seule l’autorité saisie" in said) is (rule == "COURT-60")
