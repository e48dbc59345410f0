"""What the office may do now, and why not the rest: success next to refusal."""

from datetime import date, timedelta

import pytest

from tadbir.law import FACTS, REGIMES, LawError, may
from tadbir.law.regime import PHASES

from .facts import allowed, calendar, facts, of

FILED = [["2026-10-01", "filed"]]
COMPLETE = [*FILED, ["2026-10-01", "completed"]]
SIGNED = [*COMPLETE, ["2026-10-20", "outcome_signed", {"sense": "refused"}]]
NOTIFIED = [*SIGNED, ["2026-10-21", "notified", {"sense": "refused"}]]
GRANTED = [
    *COMPLETE,
    ["2026-10-20", "outcome_signed", {"sense": "granted"}],
    ["2026-10-21", "notified", {"sense": "granted"}],
]
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
ALWAYS = {"receipt_given", "entry_corrected", "court_seised", "code_reprinted", "dated_anew"}
MAY = {
    "none": {"filed"},
    "filed": ALWAYS
    | {
        "missing_listed",
        "document_received",
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
        "reasons_asked",
        "silence_explanation_asked",
    },
    "complete": ALWAYS
    | {
        "document_received",
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
        "reasons_asked",
        "silence_explanation_asked",
    },
    "decided": ALWAYS
    | {
        "withdrawn",
        "reassigned",
        "notified",
        "appeal_filed",
        "grievance_filed",
        "reasons_asked",
        "silence_explanation_asked",
    },
    "answered": ALWAYS | {"reassigned", "appeal_filed", "grievance_filed", "silence_explanation_asked"},
    "closed": ALWAYS | {"grievance_filed", "lapsed", "person_told_of_lapse"},
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


@pytest.mark.parametrize("kind", REGIMES)
def test_every_kind_answers_for_every_fact_of_the_vocabulary(kind):
    rows = facts(COMPLETE)
    for verb in FACTS:
        answer = may(kind, verb, rows, calendar(), date(2026, 10, 2))
        assert answer.allowed or answer.reasons
    assert set(REGIMES[kind].facts) <= set(FACTS)
    assert all(set(verb.phases) <= set(PHASES) for verb in REGIMES[kind].facts.values())


def test_unknown_words_are_errors_not_refusals():
    with pytest.raises(LawError, match="not in the vocabulary"):
        allowed("smiled", COMPLETE, "2026-10-02")
    with pytest.raises(LawError, match="unknown kind"):
        allowed("filed", [], "2026-10-02", kind="55-20")


def test_information_once_in_the_first_half():
    first = allowed("information_asked", COMPLETE, "2026-10-31")
    assert (first.allowed, first.until, first.count_left) == (True, date(2026, 10, 31), 1)
    late = allowed("information_asked", COMPLETE, "2026-11-01")
    assert (late.allowed, late.reasons[0].code) == (False, "too_late")
    assert "14" in late.reasons[0].fr
    again = allowed("information_asked", [*COMPLETE, ["2026-10-05", "information_asked"]], "2026-10-06")
    assert (again.allowed, again.count_left, again.reasons[0].code) == (False, None, "count")


def test_the_first_half_waits_while_something_is_awaited():
    rows = [*COMPLETE, ["2026-10-10", "information_asked"]]
    assert allowed("replacement_asked", rows, "2026-11-20").until is None
    assert allowed("replacement_asked", rows, "2026-11-20")
    rows = [*rows, ["2026-10-20", "information_received"]]
    assert allowed("replacement_asked", rows, "2026-11-10").until == date(2026, 11, 10)
    assert not allowed("replacement_asked", rows, "2026-11-11")


def test_missing_list_once_and_at_filing():
    assert allowed("missing_listed", FILED, "2026-10-01").until == date(2026, 10, 1)
    assert allowed("missing_listed", FILED, "2026-10-02").reasons[0].code == "too_late"
    listed = [*FILED, ["2026-10-01", "missing_listed"]]
    assert allowed("missing_listed", listed, "2026-10-01").reasons[0].code == "count"


def test_an_answer_needs_its_question():
    assert allowed("information_received", COMPLETE, "2026-10-05").reasons[0].code == "nothing_asked"
    assert allowed("information_received", [*COMPLETE, ["2026-10-04", "information_asked"]], "2026-10-05")


def test_extension_once_for_expertise_or_inquiry():
    assert allowed("extended", COMPLETE, "2026-11-30", ground="inquiry", days=15)
    assert allowed("extended", COMPLETE, "2026-12-01").reasons[0].code == "too_late"
    assert allowed("extended", COMPLETE, "2026-11-01", ground="workload", days=9).reasons[0].code == "ground_needed"
    assert allowed("extended", COMPLETE, "2026-11-01", ground="inquiry", days=0).reasons[0].code == "length_needed"
    done = [*COMPLETE, ["2026-11-01", "extended", {"ground": "inquiry", "days": 15}]]
    assert allowed("extended", done, "2026-11-02").reasons[0].code == "count"


def test_a_file_is_returned_only_when_its_delay_is_certainly_over():
    listed = [*FILED, ["2026-10-01", "missing_listed"]]
    before = allowed("file_returned", listed, "2026-11-02")
    assert (before.allowed, before.opens_on) == (False, date(2026, 11, 3))
    assert allowed("file_returned", listed, "2026-11-03")
    asked = [*COMPLETE, ["2026-10-05", "replacement_asked", {}, "ask"]]
    assert not allowed("file_returned", asked, "2026-12-30"), "no proof that the person got the request"
    got = [*asked, ["2026-10-08", "request_received", {"asked": "ask"}]]
    assert not allowed("file_returned", got, "2026-11-09")
    assert allowed("file_returned", got, "2026-11-10")
    produced = [*got, ["2026-11-09", "replacement_received", {"asked": "ask"}]]
    assert not allowed("file_returned", produced, "2026-11-10")


def test_an_appeal_is_refused_only_after_the_latest_reading():
    inside = allowed("appeal_filed", NOTIFIED, "2026-11-23")
    assert (inside.allowed, inside.until, inside.early) == (True, date(2026, 11, 23), False)
    assert allowed("appeal_filed", NOTIFIED, "2026-11-24").reasons[0].code == "too_late"


def test_an_early_appeal_is_accepted_and_marked():
    early = allowed("appeal_filed", COMPLETE, "2026-11-15")
    assert (early.allowed, early.early, early.reasons[0].code) == (True, True, "early_appeal")
    lapsed = allowed("appeal_filed", COMPLETE, "2026-12-02")
    assert (lapsed.allowed, lapsed.early, lapsed.until) == (True, False, date(2027, 1, 4))


def test_nothing_to_appeal_when_granted_and_no_second_appeal():
    assert allowed("appeal_filed", GRANTED, "2026-10-22").reasons[0].code == "granted"
    pending = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"level": "president"}]]
    assert allowed("appeal_filed", pending, "2026-10-26").reasons[0].code == "appeal_pending"


def test_the_president_before_the_governor():
    assert allowed("appeal_filed", NOTIFIED, "2026-10-26", level="governor").reasons[0].code == "president_first"
    pending = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"level": "president"}]]
    assert allowed("appeal_filed", pending, "2026-10-26", level="governor").early
    waited = allowed("appeal_filed", pending, "2026-11-20", level="governor")
    assert (waited.allowed, waited.early) == (True, False)


def test_a_new_decision_supposes_a_remedy():
    assert allowed("outcome_signed", NOTIFIED, "2026-10-26").reasons[0].code == "no_appeal_open"
    pending = [*NOTIFIED, ["2026-10-25", "appeal_filed"]]
    assert allowed("outcome_signed", pending, "2026-10-26")
    signed = [*pending, ["2026-10-27", "outcome_signed", {"sense": "granted"}]]
    assert allowed("notified", signed, "2026-10-28")


def test_a_lapse_is_recorded_once_from_its_first_certain_day():
    assert allowed("lapsed", COMPLETE, "2026-12-01", rule="PROC-DECIDE").reasons[0].code == "not_lapsed"
    first = allowed("lapsed", COMPLETE, "2026-12-02", rule="PROC-DECIDE")
    assert (first.allowed, first.opens_on) == (True, date(2026, 12, 2))
    recorded = [*COMPLETE, ["2026-12-02", "lapsed", {"rule": "PROC-DECIDE", "trigger": "f2"}]]
    assert allowed("lapsed", recorded, "2026-12-03", rule="PROC-DECIDE").reasons[0].code == "lapse_recorded"
    assert allowed("person_told_of_lapse", recorded, "2026-12-03")
    assert not allowed("person_told_of_lapse", COMPLETE, "2026-12-01")


def test_silence_is_not_consent_for_a_council():
    assert allowed("silence_certificate_asked", COMPLETE, "2026-12-02").reasons[0].code == "not_consent"
    listed = [["2026-10-01", "filed", {"silence": "consent"}], ["2026-10-01", "completed"]]
    assert allowed("silence_certificate_asked", listed, "2026-12-01").reasons[0].code == "not_lapsed"
    assert allowed("silence_certificate_asked", listed, "2026-12-02")


def test_an_exchange_needs_consent():
    assert allowed("exchange_asked", FILED, "2026-10-01", consent=True)
    assert allowed("exchange_asked", FILED, "2026-10-01", consent=False).reasons[0].code == "consent_needed"


def test_a_removed_fact_gives_the_verb_back():
    wrong = [*COMPLETE, ["2026-10-05", "withdrawn", {}, "slip"]]
    assert allowed("outcome_signed", wrong, "2026-10-06").reasons[0].code == "closed"
    assert allowed("outcome_signed", [*wrong, ["2026-10-06", "entry_corrected", {}, "fix", "slip"]], "2026-10-06")


def test_facts_of_later_days_do_not_weigh_on_an_earlier_one():
    assert allowed("information_asked", NOTIFIED, "2026-10-10")
    assert not allowed("information_asked", NOTIFIED, "2026-10-22")


def test_grievance_inside_the_delay_of_the_court():
    assert allowed("grievance_filed", NOTIFIED, "2026-12-21").until == date(2026, 12, 21)
    assert allowed("grievance_filed", NOTIFIED, "2026-12-22").reasons[0].code == "too_late"


def test_information_requests():
    filed = [["2026-11-02", "filed"]]
    answer = allowed("extension_notified", filed, "2026-12-02", kind="31-13", reasons="volume")
    assert (answer.allowed, answer.until, answer.count_left) == (True, date(2026, 12, 2), 1)
    assert not allowed("extension_notified", filed, "2026-12-03", kind="31-13", reasons="volume")
    assert not allowed("extension_notified", filed, "2026-11-20", kind="31-13", reasons=" ")
    urgent = [["2026-11-05", "filed", {"urgent": True}]]
    assert allowed("extension_notified", urgent, "2026-11-08", kind="31-13")
    assert not allowed("extension_notified", urgent, "2026-11-09", kind="31-13")
    refused = [*filed, ["2026-11-03", "outcome_signed"], ["2026-11-04", "notified", {"sense": "refused"}]]
    assert allowed("complaint_to_head", refused, "2026-12-07", kind="31-13").until == date(2026, 12, 7)
    assert not allowed("complaint_to_head", refused, "2026-12-08", kind="31-13")
    assert allowed("complaint_to_head", filed, "2026-11-20", kind="31-13").early
    assert allowed("information_asked", filed, "2026-11-03", kind="31-13").reasons[0].code == "not_this_kind"


def test_sessions_and_resolutions():
    assert allowed("notice_sent", [], "2026-12-01", kind="session").reasons[0].code == "needs"
    dated = [["2026-12-01", "scheduled", {"date": "2027-01-12"}]]
    assert allowed("notice_sent", dated, "2026-12-20", kind="session")
    opened = [*dated, ["2027-01-12", "opened"]]
    assert allowed("scheduled", dated, "2027-01-05", kind="session")
    assert allowed("scheduled", opened, "2027-01-12", kind="session").reasons[0].code == "session_opened"
    received = [["2026-10-20", "adopted"], ["2026-11-02", "received_by_governor", {"visa": True}]]
    assert allowed("opposed", received, "2026-11-09", kind="resolution")
    assert allowed("opposed", received, "2026-11-10", kind="resolution").reasons[0].code == "too_late"
    assert allowed("visa_refused", received, "2026-11-23", kind="resolution")
    assert not allowed("visa_refused", received, "2026-11-24", kind="resolution")
    assert allowed("visa_granted", received, "2026-11-24", kind="resolution")


AUTUMN = [(date(2026, 11, 27) + timedelta(days=number)).isoformat() for number in range(70)]
SHEETS = (
    {},
    {"delay_days": 45},
    {"delay_days": 20, "delay_unit": "working_days"},
    {"delay_days": 50, "delay_unit": "working_days"},
)


@pytest.mark.parametrize("sheet", SHEETS, ids=str)
def test_the_window_of_the_office_is_that_of_the_engine(sheet):
    """What may be asked suspends, and what may not does not, to the day."""
    rows = [["2026-11-27", "filed", sheet], ["2026-11-27", "completed"]]
    given = [day for day in AUTUMN if allowed("information_asked", rows, day)]
    assert given
    assert given[-1] != AUTUMN[-1]
    for day in AUTUMN:
        duty = of("PROC-DECIDE", "55-19", [*rows, [day, "information_asked"]], day)[0]
        assert duty.suspended is (day in given), day


def test_an_extension_that_is_allowed_is_counted():
    rows = [["2026-11-27", "filed"]]
    for day in AUTUMN:
        permitted = bool(allowed("extension_notified", rows, day, kind="31-13", reasons="volume"))
        told = [*rows, [day, "extension_notified", {"reasons": "volume"}]]
        assert (of("ATI-ANSWER", "31-13", told, day)[0].limit == 40) is permitted, day
