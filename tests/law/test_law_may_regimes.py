"""What the office may do in the other regimes, and that its windows are those of the engine."""

from datetime import date, timedelta

import pytest

from .facts import allowed, of

COMPLETE = [["2026-10-01", "filed"], ["2026-10-01", "completed"]]
SIGNED = [*COMPLETE, ["2026-10-20", "outcome_signed", {"sense": "refused"}]]
NOTIFIED = [*SIGNED, ["2026-10-21", "notified", {"sense": "refused"}]]


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


@pytest.mark.parametrize(("kind", "extended"), [("ordinary", True), ("extraordinary", False), ("of_right", False)])
def test_only_an_ordinary_session_is_extended(kind, extended):
    """Organic law 112-14, article 35; article 37: an extraordinary one cannot be."""
    told = [["2027-01-05", "scheduled", {"date": "2027-01-11", "type": kind}], ["2027-01-11", "opened"]]
    answer = allowed("session_extended", told, "2027-01-12", kind="session")
    assert (answer.allowed, [reason.code for reason in answer.reasons]) == (
        extended,
        [] if extended else ["not_extended"],
    )


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


def test_where_silence_is_an_approval_only_a_refusal_is_contested():
    """Law 55-19, articles 19 and 21: the cases of article 19 are excepted from the appeal."""
    rows = [["2026-12-01", "filed", {"silence": "consent"}], ["2026-12-01", "completed"]]
    for verb in ("appeal_filed", "grievance_filed", "reasons_asked"):
        for day in ("2026-12-15", "2027-02-20"):
            answer = allowed(verb, rows, day)
            assert (answer.allowed, answer.reasons[0].code) == (False, "silence_consents"), (verb, day)
    assert allowed("silence_delivery_asked", rows, "2027-02-20")
    refused = [
        *rows,
        ["2027-01-10", "outcome_signed", {"sense": "refused"}],
        ["2027-01-11", "notified", {"sense": "refused"}],
    ]
    assert allowed("appeal_filed", refused, "2027-01-20")
    assert allowed("grievance_filed", refused, "2027-01-20")


def test_the_reasons_of_a_silence_are_asked_until_the_latest_reading():
    """Law 03-01, article 5: after the delay of appeal; article 6 speaks of that of law 41-90, article 23."""
    rows = [["2026-12-01", "filed"], ["2026-12-01", "completed"]]
    for day in ("2027-03-20", "2027-04-20", "2027-05-07"):
        assert allowed("reasons_asked", rows, day), day
    assert not allowed("reasons_asked", rows, "2027-05-08")


def test_the_reasons_of_a_silence_on_a_request_for_information_are_asked_too():
    """Law 03-01, article 5; law 31-13 has a refusal in words give its reasons (article 18): a silence gives none."""
    rows = [["2026-12-01", "filed"]]
    assert allowed("reasons_asked", rows, "2026-12-30", kind="31-13").reasons[0].code == "nothing_to_reason"
    for day in ("2026-12-31", "2027-02-10", "2027-03-08"):
        assert allowed("reasons_asked", rows, day, kind="31-13"), day
    assert allowed("reasons_asked", rows, "2027-03-09", kind="31-13").reasons[0].code == "too_late"
    refused = [*rows, ["2026-12-20", "outcome_signed"], ["2026-12-21", "notified", {"sense": "refused"}]]
    assert allowed("reasons_asked", refused, "2027-01-05", kind="31-13").reasons[0].code == "explicit_decision"
    asked = [*rows, ["2027-01-05", "reasons_asked", {}, "q"]]
    [owed] = of("REASONS-ANS", "31-13", asked, "2027-01-06")
    assert (owed.open, owed.do_by) == (True, date(2027, 1, 20))
    for kind, data in (("reasons_given", {"asked": "q"}), ("complaint_answered", {"asked": "c", "sense": "refused"})):
        complaint = [["2027-01-06", "complaint_to_head", {"against": "lapse"}, "c"]]
        [owed] = of("REASONS-ANS", "31-13", [*asked, *complaint, ["2027-01-12", kind, data]], "2027-01-13")
        assert not owed.open, kind


def test_after_a_complaint_met_by_silence_they_are_asked_from_the_end_of_the_next_way():
    rows = [["2026-12-01", "filed"], ["2027-01-05", "complaint_to_head", {"against": "lapse"}, "c"]]
    [duty] = [one for one in of("REASONS-ASK", "31-13", rows, "2027-03-10") if one.open]
    assert duty.trigger_fact == "c", "from the end of the days of the commission"
    answered = [*rows, ["2027-01-12", "complaint_answered", {"asked": "c", "sense": "refused", "means": "hand"}]]
    assert not [one for one in of("REASONS-ASK", "31-13", answered, "2027-03-10") if one.open], "it gave its reasons"


def test_what_was_given_leaves_no_reasons_to_ask():
    rows = [["2026-12-01", "filed"], ["2026-12-01", "completed"]]
    assert [one.open for one in of("REASONS-ASK", "55-19", rows, "2027-05-01")] == [True]
    given = [*rows, ["2027-05-02", "delivered_on_spot"]]
    assert [one.open for one in of("REASONS-ASK", "55-19", given, "2027-05-03")] == [False]
