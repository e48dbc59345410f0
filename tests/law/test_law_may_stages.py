"""What the office may do at each stage of a dossier, and in every kind of dossier."""

from datetime import date

import pytest

from tadbir.law import FACTS, REGIMES, SHIPPED_KINDS, may
from tadbir.law.regime import PHASES

from .facts import allowed, calendar, facts

FILED = [["2026-10-01", "filed"]]
COMPLETE = [*FILED, ["2026-10-01", "completed"]]
SIGNED = [*COMPLETE, ["2026-10-20", "outcome_signed", {"sense": "refused"}]]
NOTIFIED = [*SIGNED, ["2026-10-21", "notified", {"sense": "refused"}]]
RETURNED = [*FILED, ["2026-10-01", "missing_listed"], ["2026-11-03", "file_returned"]]
STAGES = {
    "none": ([], "2026-10-02"),
    "filed": (FILED, "2026-10-01"),
    "complete": (COMPLETE, "2026-10-02"),
    "decided": (SIGNED, "2026-10-20"),
    "answered": (NOTIFIED, "2026-10-22"),
    "closed": (RETURNED, "2026-11-04"),
}

#: For law 55-19: what is allowed at each stage, everything else being refused.
ALWAYS = {"receipt_given", "entry_corrected", "court_seised", "code_reprinted", "dated_anew", "told_by_hand"}
ALWAYS |= {"code_renewed", "particulars_corrected", "document_withdrawn", "day_corrected"}
#: Until its end, a dossier is in somebody's hands.
OPEN = ALWAYS | {"asked_back"}
MAY = {
    "none": {"filed"},
    "filed": OPEN
    | {
        "missing_listed",
        "document_received",
        "document_added",
        "same_file_sent",
        "completed",
        "original_asked",
        "exchange_asked",
        "opinion_asked",
        "withdrawn",
        "misdirected",
        "duplicate_of",
        "reassigned",
        "delivered_on_spot",
        "appeal_filed",
        "silence_explanation_asked",
    },
    "complete": OPEN
    | {
        "document_received",
        "document_added",
        "same_file_sent",
        "replacement_asked",
        "original_asked",
        "information_asked",
        "exchange_asked",
        "opinion_asked",
        "extended",
        "withdrawn",
        "misdirected",
        "duplicate_of",
        "reassigned",
        "outcome_signed",
        "delivered_on_spot",
        "appeal_filed",
        "grievance_filed",
        "silence_explanation_asked",
    },
    "decided": OPEN
    | {"withdrawn", "reassigned", "notified", "appeal_filed", "grievance_filed", "silence_explanation_asked"}
    | {"document_added"},
    "answered": OPEN | {"reassigned", "appeal_filed", "grievance_filed", "silence_explanation_asked"},
    "closed": ALWAYS | {"grievance_filed", "lapsed", "person_told_of_lapse", "request_received"},
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_verb_at_every_stage_of_a_request(stage):
    rows, on = STAGES[stage]
    answers = {verb: allowed(verb, rows, on) for verb in REGIMES["55-19"].facts}
    assert {verb for verb, answer in answers.items() if answer} == MAY[stage]
    for verb, answer in answers.items():
        assert answer.fact_kind == verb
        if not answer:
            assert answer.reasons, f"{verb} is refused without a reason"
        for reason in answer.reasons:
            assert any("\u0600" <= letter <= "\u06ff" for letter in reason.ar)
            assert not any("\u0600" <= letter <= "\u06ff" for letter in reason.fr)


@pytest.mark.parametrize("kind", sorted(SHIPPED_KINDS))
def test_every_kind_answers_for_every_fact_of_the_vocabulary(kind):
    rows = facts(COMPLETE)
    for verb in FACTS:
        answer = may(kind, verb, rows, calendar(), date(2026, 10, 2))
        assert answer.allowed or answer.reasons
    assert set(REGIMES[kind].facts) <= set(FACTS)
    assert all(set(verb.phases) <= set(PHASES) for verb in REGIMES[kind].facts.values())
