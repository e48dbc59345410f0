"""What a remedy granted is given and never refused; what a remedy contests once the decision is struck out."""

import pytest

from .facts import allowed, of
from .test_law_may import COMPLETE, NOTIFIED
from .test_law_may_remedies import ASKED, CARRIED_OUT, SILENCES, decided


@pytest.mark.parametrize(("kind", "remedy", "rules", "data"), SILENCES)
def test_what_a_remedy_granted_is_given_and_never_refused(kind, remedy, rules, data):
    rows = [
        ["2026-10-01", "filed"],
        *([["2026-10-01", "completed"]] if kind in ("55-19", "council-commitment") else []),
        ["2026-10-15", "outcome_signed"],
        ["2026-10-16", "notified", {"sense": "refused", "means": "hand"}],
        ["2026-10-20", ASKED[remedy], {**data, "against": "refusal"}, "r"],
    ]
    for sense, given in (("granted", {"granted"}), ("partial", {"granted", "partial"})):
        told = [*rows, ["2026-10-24", f"{remedy}_answered", {"asked": "r", "sense": sense, "means": "hand"}]]
        bureau = kind == "petition"  # it alone decides, and decides again
        told += decided(kind, "2026-10-25", "bureau_accepted")
        answers = {
            one: allowed("outcome_signed", told, "2026-10-26", kind=kind, sense=one)
            for one in ("granted", "partial", "refused")
        }
        assert {one for one, answer in answers.items() if answer} == ({"granted"} if bureau else given)
        if bureau:
            continue
        assert answers["refused"].reasons[0].code == "given_on_remedy"
        assert "24 octobre 2026" in answers["refused"].reasons[0].fr
        told += [["2026-10-27", "outcome_signed"], ["2026-10-28", "notified", {"sense": "refused", "means": "hand"}]]
        assert of(CARRIED_OUT[remedy], kind, told, "2026-10-29")[0].open, "it carries nothing out"
        assert allowed("outcome_signed", told, "2026-10-29", kind=kind, sense="granted"), "and may be given yet"


def test_a_remedy_against_a_decision_that_was_struck_out_waits_for_the_next_one():
    """Its signature gone too, the request is owed first; its notification alone, the appeal keeps its object."""
    appeal = ["2026-12-03", "appeal_filed", {"against": "refusal"}, "a"]
    signed = [*COMPLETE, ["2026-12-01", "outcome_signed", {"sense": "refused"}], appeal]
    assert allowed("outcome_signed", signed, "2026-12-04").reasons[0].code == "already_decided"
    struck = [*COMPLETE, appeal]
    assert allowed("outcome_signed", struck, "2026-12-04")
    early = [*struck, ["2026-12-05", "appeal_answered", {"asked": "a", "sense": "refused", "means": "hand"}]]
    assert allowed("outcome_signed", early, "2026-12-06"), "its refusal decides nothing"
    again = [*struck, ["2026-12-07", "outcome_signed"], ["2026-12-08", "notified", {"sense": "refused"}]]
    assert allowed("outcome_signed", again, "2026-12-09").reasons[0].code == "appeal_waits", "it contests the new one"


def test_a_remedy_against_what_an_earlier_one_took_away_contests_nothing():
    """The first refusal went with the appeal that was granted; the part that came after it was struck out."""
    rows = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    rows += [["2026-10-26", "appeal_answered", {"asked": "a", "sense": "granted"}]]
    second = ["2026-10-30", "grievance_filed", {"body": "president", "against": "refusal"}, "g"]
    part = [["2026-10-28", "outcome_signed", {"sense": "partial"}], ["2026-10-29", "notified", {"sense": "partial"}]]
    assert allowed("outcome_signed", [*rows, *part, second], "2026-11-02").reasons[0].code == "appeal_waits"
    assert allowed("outcome_signed", [*rows, second], "2026-11-02", sense="granted")


def test_nobody_is_sent_elsewhere_with_what_a_remedy_granted_him():
    silent = [*COMPLETE, ["2026-12-05", "appeal_filed", {"against": "lapse"}, "a"]]
    answered = [*silent, ["2026-12-10", "appeal_answered", {"asked": "a", "sense": "granted", "means": "hand"}]]
    assert allowed("misdirected", silent, "2026-12-11")
    assert allowed("misdirected", answered, "2026-12-11").reasons[0].code == "given_on_remedy"
