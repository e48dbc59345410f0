"""What the office may do now, and why not the rest: success next to refusal."""

from datetime import date

import pytest

from tadbir.law import FACTS, LawError, may, permitted, standing

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
    asked = [*COMPLETE, ["2026-10-04", "information_asked"]]
    assert allowed("information_received", asked, "2026-10-05")
    assert not allowed("information_added", asked, "2026-10-05")
    told = [*asked, ["2026-10-05", "information_received"]]
    assert allowed("information_added", told, "2026-10-06")
    assert not allowed("information_received", told, "2026-10-06")
    answered = [*told, ["2026-10-07", "outcome_signed"], ["2026-10-08", "notified"]]
    assert not allowed("information_added", answered, "2026-10-09")


def test_extension_once_for_expertise_or_inquiry():
    assert allowed("extended", COMPLETE, "2026-11-30", ground="inquiry", days=15)
    assert allowed("extended", COMPLETE, "2026-12-01").reasons[0].code == "too_late"
    assert allowed("extended", COMPLETE, "2026-11-01", ground="workload", days=9).reasons[0].code == "ground_needed"
    assert allowed("extended", COMPLETE, "2026-11-01", ground="inquiry", days=0).reasons[0].code == "length_needed"
    long = allowed("extended", COMPLETE, "2026-11-01", ground="inquiry", days=400)
    assert (long.allowed, [reason.code for reason in long.reasons]) == (True, ["ground_needed", "length_free"])
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
    pending = [*NOTIFIED, ["2026-10-25", "appeal_filed", {"against": "refusal"}, "a"]]
    assert allowed("outcome_signed", pending, "2026-10-26").reasons[0].code == "appeal_waits"
    for sense, reason in (("refused", "appeal_decided"), ("granted", None)):
        answered = [*pending, ["2026-10-26", "appeal_answered", {"asked": "a", "sense": sense}]]
        found = allowed("outcome_signed", answered, "2026-10-27")
        assert (found.allowed, found.reasons[0].code if found.reasons else None) == (reason is None, reason)
    signed = [*answered, ["2026-10-27", "outcome_signed", {"sense": "granted"}]]
    assert allowed("notified", signed, "2026-10-28")
    told = [*signed, ["2026-10-28", "notified", {"sense": "granted"}]]
    ended = allowed("outcome_signed", told, "2026-10-29")
    assert (ended.allowed, ended.reasons[0].code) == (False, "appeal_decided"), "what the appeal reopened is answered"


@pytest.mark.parametrize("decided", ["bureau_refused", "bureau_accepted"])
def test_what_the_bureau_decided_of_a_petition_is_answered_once(decided):
    rows = [["2026-12-01", "filed"], ["2026-12-10", decided]]
    assert allowed("outcome_signed", rows, "2026-12-11", kind="petition")
    signed = [*rows, ["2026-12-11", "outcome_signed", {"sense": "refused"}]]
    assert allowed("outcome_signed", signed, "2026-12-12", kind="petition").reasons[0].code == "already_decided"
    assert allowed("notified", signed, "2026-12-12", kind="petition")


def test_a_grievance_is_answered_before_anything_else_and_reopens_only_where_it_is_granted():
    waits = [*NOTIFIED, ["2026-10-25", "grievance_filed", {"against": "refusal"}, "g"]]
    refused = allowed("outcome_signed", waits, "2026-10-26").reasons[0]
    assert (refused.code, refused.ar) == ("appeal_waits", "الجواب المطلوب الآن: التظلم.")
    assert allowed("answer_signed", waits, "2026-10-26")
    for sense, given in (("refused", False), ("granted", True)):
        answered = [*waits, ["2026-10-26", "grievance_answered", {"asked": "g", "sense": sense}]]
        assert bool(allowed("outcome_signed", answered, "2026-10-27")) is given
    second = allowed("grievance_filed", waits, "2026-10-26").reasons[0]
    assert (second.code, second.ar) == ("appeal_pending", "سبق تقديمه وينتظر الجواب: التظلم.")


def test_an_appeal_before_any_answer_does_not_stop_the_first_one():
    early = [*COMPLETE, ["2026-10-05", "appeal_filed", {"against": "early"}, "a"]]
    assert allowed("outcome_signed", early, "2026-10-06")
    silent = [*COMPLETE, ["2026-12-05", "appeal_filed", {"against": "lapse"}, "a"]]
    assert allowed("outcome_signed", silent, "2026-12-06").reasons[0].code == "appeal_waits"
    ended = [*silent, ["2026-12-07", "appeal_answered", {"asked": "a", "sense": "refused"}]]
    assert allowed("outcome_signed", ended, "2026-12-08").reasons[0].code == "appeal_decided"
    [request] = of("PROC-DECIDE", "55-19", ended, "2026-12-08")
    assert request.discharged_on == date(2026, 12, 7), "what silence had refused is refused in words: nothing is late"


def test_a_lapse_is_recorded_once_from_its_first_certain_day():
    assert allowed("lapsed", COMPLETE, "2026-12-01", rule="PROC-DECIDE").reasons[0].code == "not_lapsed"
    first = allowed("lapsed", COMPLETE, "2026-12-02", rule="PROC-DECIDE")
    assert (first.allowed, first.opens_on) == (True, date(2026, 12, 2))
    recorded = [*COMPLETE, ["2026-12-02", "lapsed", {"rule": "PROC-DECIDE", "trigger": "f2"}]]
    assert allowed("lapsed", recorded, "2026-12-03", rule="PROC-DECIDE").reasons[0].code == "lapse_recorded"
    assert allowed("person_told_of_lapse", recorded, "2026-12-03")
    assert not allowed("person_told_of_lapse", COMPLETE, "2026-12-01")


def test_reasons_are_asked_of_a_refusal_or_a_silence():
    for rows, on in ((FILED, "2026-10-01"), (COMPLETE, "2026-12-01")):
        assert allowed("reasons_asked", rows, on).reasons[0].code == "nothing_to_reason"
    assert allowed("reasons_asked", COMPLETE, "2026-12-02").allowed  # the silence is certain
    for kind in ("petition", "09-08", "council-commitment"):
        assert allowed("reasons_asked", FILED, "2026-11-30", kind=kind).reasons[0].code != "early"
        assert allowed("reasons_asked", COMPLETE, "2026-12-03", kind=kind).allowed  # a petition has its two months
    urgent = [*COMPLETE, ["2026-10-20", "notified", {"sense": "refused", "unreasoned": True}]]
    assert allowed("reasons_asked", urgent, "2026-10-21").allowed


def test_a_court_is_recorded_whenever_it_comes_and_what_is_early_says_so():
    early = allowed("court_seised", COMPLETE, "2026-10-05")
    assert (early.allowed, early.early, early.reasons[0].code) == (True, True, "early_court")
    for kind in ("petition", "09-08"):
        after = allowed("court_seised", NOTIFIED, "2026-10-26", kind=kind)
        assert (after.allowed, after.early, after.reasons) == (True, False, ())


def test_a_court_seised_without_the_remedy_that_comes_first_is_recorded_with_a_word():
    complaint = ["2026-10-22", "complaint_to_head", {"against": "refusal"}, "c"]
    for kind, rows, on, article in (
        ("55-19", COMPLETE, "2026-12-02", "article 23 de la loi n°\u00a041-90"),
        ("55-19", NOTIFIED, "2026-10-26", "article 23 de la loi n°\u00a041-90"),
        ("31-13", NOTIFIED, "2026-10-26", "article 21 de la loi n°\u00a031-13"),
        ("31-13", [*NOTIFIED, complaint], "2027-01-05", "saisine"),  # to the head, not to the commission
    ):
        after = allowed("court_seised", rows, on, kind=kind)
        code = "before_court_waits" if article == "recours" else "before_court"  # it was filed, and has no answer yet
        assert (after.allowed, after.early, [one.code for one in after.reasons]) == (True, False, [code])
        assert article in after.reasons[0].fr
    refused = {"asked": "a", "sense": "refused"}
    appeal = [*NOTIFIED, ["2026-10-22", "appeal_filed", {}, "a"]]
    # One that waits is not missing: the court comes after its answer, or its silence.
    [waits] = allowed("court_seised", appeal, "2026-10-26", kind="55-19").reasons
    assert (waits.code, "recours" in waits.fr) == ("before_court_waits", True)
    for kind, rows, on in (
        ("55-19", [*appeal, ["2026-10-26", "appeal_answered", refused]], "2026-10-27"),
        ("55-19", appeal, "2026-11-20"),  # fifteen full days of silence
        ("55-19", [*appeal, ["2026-10-26", "appeal_answered", {**refused, "sense": "granted"}]], "2026-10-27"),
        ("31-13", [*NOTIFIED, complaint, ["2026-11-20", "cdai_seised", {}, "d"]], "2027-01-05"),
    ):
        assert allowed("court_seised", rows, on, kind=kind).reasons == ()


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


def test_permissions_read_from_one_standing_are_those_asked_one_by_one():
    day = date(2026, 10, 22)
    state = standing("55-19", facts(NOTIFIED), calendar(), day)
    for kind in FACTS:
        assert permitted(state, kind) == may("55-19", kind, facts(NOTIFIED), calendar(), day)
    with pytest.raises(LawError, match="not in the vocabulary"):
        permitted(state, "smiled")


def test_what_suspends_a_delay_is_asked_before_it_ends():
    filed = [["2026-12-01", "filed", {"right": "rectification"}]]
    undertaking = [["2026-12-01", "filed", {"delay_days": 10, "delay_unit": "days"}], ["2026-12-01", "completed"]]
    access = [["2026-12-01", "filed", {"right": "access"}]]
    for kind, rows, verb, last, after in (
        ("09-08", filed, "information_asked", "2026-12-14", "2026-12-15"),
        ("09-08", access, "information_asked", "2026-12-01", "2026-12-02"),
        ("council-commitment", undertaking, "information_asked", "2026-12-14", "2026-12-15"),
        ("council-commitment", undertaking, "replacement_asked", "2026-12-14", "2026-12-15"),
        ("complaint", filed, "defect_notified", "2026-12-16", "2026-12-17"),
    ):
        assert allowed(verb, rows, last, kind=kind), (kind, verb)
        assert allowed(verb, rows, after, kind=kind).reasons[0].code == "too_late", (kind, verb)
    waits = [*undertaking, ["2026-12-10", "information_asked"]]
    assert allowed("replacement_asked", waits, "2027-02-10", kind="council-commitment"), "it waits: nothing has ended"


def test_what_lacks_is_listed_the_day_the_receipt_is_given():
    """At once (law 55-19, article 10): on the day of the filing, or of a receipt given on another day or anew."""
    filed = [["2026-10-20", "filed"]]
    assert allowed("missing_listed", filed, "2026-10-20")
    assert allowed("missing_listed", filed, "2026-12-01").reasons[0].code == "too_late"
    given = [*filed, ["2026-12-01", "receipt_given", {}, "r"]]
    assert allowed("missing_listed", given, "2026-12-01")
    assert allowed("missing_listed", given, "2026-12-02").reasons[0].code == "too_late"
    listed = [*given, ["2026-12-01", "missing_listed", {"documents": ["cin"]}, "l"]]
    assert allowed("missing_listed", listed, "2026-12-01").reasons[0].code == "count", "once and for all"
    struck = [*listed, ["2026-12-03", "entry_corrected", {}, "s", "l"], ["2026-12-03", "receipt_given"]]
    assert allowed("missing_listed", struck, "2026-12-03"), "with the receipt that takes the place of the first"
