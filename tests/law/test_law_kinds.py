"""A kind of fact is one row: what derives from the rows, what a faulty one says, and that none is without use."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from tadbir import law
from tadbir.law import FACTS, REGIMES, RULES, LawError
from tadbir.law.kind import parse_kinds

VECTORS = tomllib.loads((Path(__file__).parent / "vectors.toml").read_text(encoding="utf-8"))["case"]

#: The lists as the house had them before the rows said it.
ANSWERS = {
    "replacement_asked": ("replacement_received",),
    "original_asked": ("original_received",),
    "information_asked": ("information_received",),
    "exchange_asked": ("exchange_obtained", "exchange_failed_told"),
    "opinion_asked": ("opinion_received", "opinion_returned"),
    "defect_notified": ("completed",),
    "appeal_filed": ("appeal_answered",),
    "grievance_filed": ("grievance_answered",),
    "reasons_asked": (
        "reasons_given",
        "notified",
        "appeal_answered",
        "complaint_answered",
        "grievance_answered",
        "misdirected",
        "delivered_on_spot",
        "rectified",
        "access_given",
    ),
    "silence_explanation_asked": ("silence_explained",),
    "complaint_to_head": ("complaint_answered",),
    "cdai_seised": ("cdai_answered",),
    "declaration_filed": ("declaration_receipt",),
    "authorisation_filed": ("authorisation_answered",),
}
UNANSWERED = {"withdrawn", "misdirected", "duplicate_of", "file_returned"}
CLOSING = UNANSWERED | {"notified", "delivered_on_spot", "rectified", "access_given"}
NEVER = {
    "opinion_returned",
    "scan_withdrawn",
    "signature_scanned",
    "asked_back",
    "day_corrected",
    "urgency_corrected",
    "particulars_corrected",
    "document_withdrawn",
    "filed",
    "person_told_of_lapse",
    "dated_anew",
    "reassigned",
    "code_reprinted",
    "personal_data_erased",
} | {"code_renewed", "letter_sent_back", "letter_dropped", "signature_contested"}
WORKER = {
    "replacement_asked",
    "original_asked",
    "information_asked",
    "opinion_asked",
    "opinion_received",
    "request_received",
    "extended",
    "acknowledged",
    "cndp_asked",
    "governor_invited",
    "court_seised",
}
SHOWN = {
    "request_received",
    "cndp_asked",
    "code_renewed",
    "filed",
    "missing_listed",
    "document_received",
    "document_added",
    "same_file_sent",
    "completed",
    "replacement_asked",
    "replacement_received",
    "original_asked",
    "original_received",
    "information_asked",
    "information_received",
    "information_added",
    "remedy_added",
    "remedy_withdrawn",
    "extended",
    "withdrawn",
    "misdirected",
    "duplicate_of",
    "file_returned",
    "notified",
    "delivered_on_spot",
    "lapsed",
    "appeal_filed",
    "appeal_answered",
    "governor_invited",
    "grievance_filed",
    "grievance_answered",
    "court_seised",
    "reasons_asked",
    "reasons_given",
    "extension_notified",
    "complaint_to_head",
    "complaint_answered",
    "cdai_seised",
    "cdai_answered",
    "rectified",
    "access_given",
    "day_corrected",
    "urgency_corrected",
    "particulars_corrected",
    "document_withdrawn",
    "acknowledged",
    "defect_notified",
    "bureau_accepted",
    "bureau_refused",
    "put_on_agenda",
    "signature_contested",
}


@pytest.mark.parametrize(
    ("derived", "listed"),
    [
        (law.CLOSING, CLOSING),
        (law.CLOSED_UNANSWERED, UNANSWERED),
        (law.CLOSING_AGAIN, {"appeal_answered", "complaint_answered", "grievance_answered", "reasons_given"}),
        (law.REOPENING, {"appeal_filed", "reasons_asked", "complaint_to_head", "grievance_filed"}),
        (law.ASKING, {"replacement_asked", "original_asked", "information_asked"}),
        (law.NEVER_CORRECTED, NEVER),
        (law.CORRECTED_BY_WORKER, WORKER),
        (law.SHOWN_FACTS, SHOWN),
    ],
    ids=["closing", "unanswered", "again", "reopening", "asking", "never", "worker", "shown"],
)
def test_what_derives_is_what_was_listed(derived, listed):
    assert set(derived) == listed
    assert derived == listed
    assert len(FACTS) == 103


def test_the_answers_are_those_that_were_listed():
    assert dict(law.ANSWERS) == ANSWERS


def test_a_set_of_kinds_is_a_set():
    assert law.CLOSING | {"lapsed"} == CLOSING | {"lapsed"}
    assert {"notified", "filed"} & law.CLOSING == {"notified"}
    assert "filed" not in law.CLOSING
    assert next(iter(law.CLOSED_UNANSWERED)) == "withdrawn"


def test_nothing_that_anybody_sees_is_a_persons():
    assert set(law.OPEN_TO_ALL) <= {
        code for one in REGIMES.values() if one.opened_by == "council" for code in one.facts
    }
    assert {"scheduled", "closed", "posted", "decisions_posted"} <= set(law.OPEN_TO_ALL)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("filed", {"delay_days": 60, "investment": False, "paper": None, "channel": "counter"}),
        ("filed", {}),
        ("missing_listed", {"documents": ["a", "b"]}),
        ("reassigned", {"unit": "dgs", "person": None}),
        ("scheduled", {"date": "2027-01-12"}),
        ("scheduled", {"date": date(2027, 1, 12)}),
        ("dated_anew", {"moved": [["key", None, None]]}),
    ],
)
def test_data_as_the_row_says_are_taken(kind, data):
    law.check_data(kind, data)


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        ("filed", {"name": "Ahmed"}, "name: unknown key; the row of filed holds channel"),
        ("receipt_given", {"why": "x"}, "why: unknown key; the row of receipt_given holds none"),
        ("filed", {"delay_days": "60"}, r"delay_days: expected integer\?, not '60'"),
        ("filed", {"delay_days": True}, "delay_days: expected integer"),
        ("filed", {"urgent": 1}, "urgent: expected flag"),
        ("filed", {"channel": None}, "channel: expected text, not None"),
        ("missing_listed", {"documents": "a"}, "documents: expected texts"),
        ("missing_listed", {"documents": [1]}, "documents: expected texts"),
        ("scheduled", {"date": "soon"}, "date: expected day"),
        ("smiled", {}, "'smiled' is not in the vocabulary"),
    ],
)
def test_other_data_are_refused_with_their_key(kind, data, message):
    with pytest.raises(LawError, match=message):
        law.check_data(kind, data)


@pytest.mark.parametrize("case", VECTORS, ids=[case["name"] for case in VECTORS])
def test_the_worked_dates_use_data_as_the_rows_say(case):
    for _day, kind, *rest in case["facts"]:
        law.check_data(kind, rest[0] if rest else {})


ROW = '[heard]\nar = "استماع"\nfr = "Audition"\nkeys = { day = "day" }\n'


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("colour = 1", r"facts/x\.toml \[heard\]: colour: unknown key"),
        ('asks = "everybody"', "asks: 'everybody' is unknown"),
        ('closes = "twice"', "closes: 'twice' is unknown; expected one of unanswered, again"),
        ("reopens = 1", "reopens: expected true or false"),
        ('corrected_by = "me"', "corrected_by: 'me' is unknown"),
        ("answered_by = []", "answered_by: expected a list of texts, not empty"),
    ],
)
def test_a_faulty_row_is_refused_with_file_kind_and_key(more, message):
    (kind,) = parse_kinds(ROW, "facts/x.toml")
    assert (kind.code, kind.ar, kind.fr, kind.corrected_by) == ("heard", "استماع", "Audition", "answerable")
    with pytest.raises(LawError, match=message):
        list(parse_kinds(ROW + more, "facts/x.toml"))
    with pytest.raises(LawError, match=r"keys\.day: 'date' is unknown"):
        list(parse_kinds(ROW.replace('"day"', '"date"'), "facts/x.toml"))
    with pytest.raises(LawError, match="no Arabic letter"):
        list(parse_kinds(ROW.replace("استماع", "Audition"), "facts/x.toml"))


def _in_rules():
    for rule in RULES:
        matches = [*rule.discharged_by, *rule.ended_by]
        matches += [match for trigger in rule.triggers for match in (trigger.match, trigger.needs) if match]
        yield from (match.fact for match in matches)
        yield from (trigger.clock for trigger in rule.triggers if trigger.clock)
        yield from (kind for pause in rule.pauses for kind in (pause.asked, pause.received))
        if rule.extension:
            yield rule.extension.fact


def test_every_kind_is_used_or_says_why_not_and_none_is_used_undeclared():
    in_regimes = {code for regime in REGIMES.values() for code in regime.facts}
    used = in_regimes | set(_in_rules())
    assert used <= set(FACTS)
    assert {code for code in FACTS if code not in used} == {code for code, kind in FACTS.items() if kind.unused}
    assert set(_in_rules()) <= in_regimes, "a rule waits for a fact that no regime lets happen"
