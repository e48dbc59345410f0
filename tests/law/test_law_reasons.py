"""The reasons of a decision that bore none (law 03-01, article 4): until when they are asked for, and what ends it."""

from datetime import date

import pytest

from tests.law.facts import allowed, of

BARE = [
    ["2026-10-01", "filed"],
    ["2026-10-01", "completed"],
    ["2026-11-30", "notified", {"sense": "refused", "unreasoned": True}, "n"],
]
REPLIES = [
    ("55-19", "appeal_filed", "appeal_answered", "COURT-APPEAL"),
    ("55-19", "grievance_filed", "grievance_answered", "COURT-GRIEVANCE"),
    ("09-08", "grievance_filed", "grievance_answered", "COURT-GRIEVANCE"),
]


@pytest.mark.parametrize(("kind", "filed", "answered", "court"), REPLIES)
def test_the_reasons_that_are_in_the_answer_to_a_remedy_are_asked_no_more(kind, filed, answered, court):
    """Law 03-01, article 4: the right to ask is of a decision without reasons; a later one that bears them ends it."""
    waits = [*BARE, ["2026-12-01", filed, {"against": "refusal", "body": "president"}, "a"]]
    said = {"asked": "a", "sense": "refused", "means": "hand"}
    asked = ["2026-11-30", "reasons_asked", {}, "q"]
    assert allowed("reasons_asked", waits, "2026-12-02", kind=kind)
    reasoned = [*waits, ["2026-12-02", answered, said, "r"]]
    [right] = of("REASONS-URGENT", kind, reasoned, "2026-12-03")
    assert (right.open, right.ended_by) == (False, "r")
    for rows in (reasoned, [*reasoned[:3], asked, *reasoned[3:]]):
        assert allowed("reasons_asked", rows, "2026-12-03", kind=kind).reasons[0].code == "reasons_in_letter"
    bare = [*waits, ["2026-12-02", answered, {**said, "unreasoned": True}, "r"]]
    assert of("REASONS-URGENT", kind, bare, "2026-12-03")[0].open, "that answer bears none either"
    assert allowed("reasons_asked", bare, "2026-12-03", kind=kind).until == date(2026, 12, 31)


def test_a_new_answer_to_the_request_ends_the_right_to_ask_for_the_reasons_of_the_first():
    rows = [*BARE, ["2026-12-04", "notified", {"sense": "partial"}, "m"]]
    assert of("REASONS-URGENT", "09-08", rows, "2026-12-05")[0].ended_by == "m"
    assert allowed("reasons_asked", rows, "2026-12-05", kind="09-08").reasons[0].code == "reasons_in_letter"
