"""The engine against the naive counter, over a century."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadbir.law import RULES, Calendar, Fact, LawError, duties, ordinary_sessions
from tadbir.law.dates import add_months
from tadbir.law.engine import explain_from

from .oracle import (
    closed_by,
    counted_days,
    last_day,
    last_of_next_month,
    roll_back,
    roll_forward,
    second_monday,
    silent_right,
)

FIRST, LAST = date(2020, 9, 28), date(2120, 12, 31)
DAYS = st.dates(FIRST, LAST)
ONE = timedelta(days=1)
LATER = date(2121, 12, 1)


@cache
def century():
    made = Calendar.build(2019, 2122)
    return made, closed_by(frozenset(made.holidays))


def request(start, limit=None, pauses=(), unit="days", investment=False):
    """A complete file, with pairs of requests for replacement."""
    facts = [Fact("filed", "filed", start, {"delay_days": limit, "delay_unit": unit, "investment": investment})]
    facts.append(Fact("done", "completed", start, {}, None, 1))
    for number, (asked, received) in enumerate(pauses):
        name = f"ask{number}"
        facts.append(Fact(name, "replacement_asked", asked, {}, None, 2 + 2 * number))
        facts.append(Fact(f"got{number}", "replacement_received", received, {"asked": name}, None, 3 + 2 * number))
    return facts


def one(kind, facts, today, rule):
    return next(duty for duty in duties(kind, facts, century()[0], today) if duty.rule_id == rule)


def full_delay(start, limit, investment):
    calendar, closed = century()
    duty = one("55-19", request(start, limit, investment=investment), start, "PROC-DECIDE")
    cap = 30 if investment else 60
    end = last_day(start, min(limit or cap, cap), full=True)
    assert duty.do_by == roll_forward(end, closed)
    assert duty.file_before == roll_back(end, closed)
    assert duty.accept_until == duty.do_by
    assert duty.lapses_on == duty.do_by + ONE
    assert calendar.is_open(duty.do_by)


def suspended_delay(start, limit, gaps):
    """Pauses are only those the law allows, decided here by counting."""
    _, closed = century()
    pauses, lawful, day = [], [], start
    for wait, length in gaps:
        asked = day + wait * ONE
        received = asked + length * ONE
        pauses.append((asked, received))
        if counted_days(start, asked, lawful) <= limit // 2:
            lawful.append((asked, received))
        day = received
    duty = one("55-19", request(start, limit, pauses), day, "PROC-DECIDE")
    end = last_day(start, limit, full=True, pauses=lawful)
    assert duty.suspensions == tuple((asked, received) for asked, received in lawful if received > asked)
    assert duty.do_by == roll_forward(end, closed)
    half = one("55-19", request(start, limit, pauses), day, "PROC-ASK-REPLACE")
    assert counted_days(start, half.do_by, lawful) <= limit // 2 < counted_days(start, half.do_by + ONE, lawful)


def silent_delay(start):
    """Law 31-13 does not say how to count: plain for the owner, full before any lapse."""
    _, closed = century()
    duty = one("31-13", [Fact("f", "filed", start)], start, "ATI-ANSWER")
    assert duty.do_by == last_day(start, 20, full=False, working=True, closed=closed)
    assert duty.accept_until == last_day(start, 20, full=True, working=True, closed=closed)
    assert duty.lapses_on == duty.accept_until + ONE
    answer = one("complaint", [Fact("f", "filed", start)], start, "CMP-ANSWER")
    assert answer.do_by == roll_forward(last_day(start, 60, full=False), closed)
    assert answer.accept_until == roll_forward(last_day(start, 60, full=True), closed)
    assert answer.file_before == roll_back(last_day(start, 60, full=False), closed)


def working_sheet(start, limit):
    """A sheet in working days, full, never past sixty full days."""
    _, closed = century()
    duty = one("55-19", request(start, limit, unit="working_days"), start, "PROC-DECIDE")
    end = min(last_day(start, limit, full=True, working=True, closed=closed), last_day(start, 60, full=True))
    assert duty.do_by == roll_forward(end, closed)


def before_session(day):
    _, closed = century()
    facts = [Fact("s", "scheduled", day - 40 * ONE, {"date": day.isoformat()})]
    agenda = one("session", facts, day - 40 * ONE, "AGENDA-GOV")
    assert agenda.do_by == roll_back(last_day(day, 20, full=True, before=True), closed)
    assert agenda.accept_until == last_day(day, 20, full=False, before=True)
    assert agenda.lapses_on == agenda.accept_until + ONE
    assert agenda.do_by < day - 20 * ONE


def _told(duty):
    return duty.file_before, duty.accept_until, duty.lapses_on


def way_to_court(start, wait, kind):
    """A refusal, a grievance some days later, silence: in time it opens the court anew, late it opens nothing."""
    _, closed = century()
    grieved = start + wait * ONE
    facts = [Fact("f", "filed", start - 9 * ONE), Fact("c", "completed", start - 9 * ONE, {}, None, 1)]
    facts.append(Fact("n", "notified", start, {"sense": "refused"}, None, 2))
    facts.append(Fact("g", "grievance_filed", grieved, {"body": "president"}, None, 3))
    found = {
        d.key: d for d in duties(kind, facts if kind != "petition" else [facts[0], *facts[2:]], century()[0], LATER)
    }
    _, advice, taken, late = silent_right(start, start, 60, closed)
    waits = kind == "55-19"  # the appeal of article 21 comes first: no day is advised
    assert _told(found["COURT-60:n"]) == (None if waits else advice, taken, late)
    again = found.get("COURT-GRIEVANCE:g")
    if grieved >= late:
        assert again is None
        assert found["COURT-60:n"].open
        return
    assert not found["COURT-60:n"].open
    raw, _, _, lapsed = silent_right(grieved, grieved, 60, closed)
    _, advice, taken, late = silent_right(raw, lapsed, 60, closed)
    assert again.open, "what starts a right does not end it"
    assert _told(again) == (None if waits else advice, taken, late)


def silence_on_a_request(start, wait):
    """Sixty days of silence, sixty to court; at the latest longer where the reasons were asked in it, or in the 30 days
    after it, and the day advised too where they were asked in those by any reading (law 03-01, articles 5 and 6)."""
    _, closed = century()
    raw, _, _, lapsed = silent_right(start, start, 60, closed)
    asked = lapsed + wait * ONE
    facts = [Fact("f", "filed", start), Fact("r", "reasons_asked", asked, {}, None, 1)]
    duty = one("09-08", facts, asked, "COURT-SILENCE")
    over = roll_forward(last_day(lapsed, 60, full=True), closed) + ONE
    counts = asked <= roll_forward(last_day(over, 30, full=True), closed)
    sure = over <= asked <= last_day(last_day(raw, 60, full=False), 30, full=False)
    more = {"least": 15 if sure else 0, "most": 45} if counts else {}
    assert _told(duty) == silent_right(raw, lapsed, 60, closed, **more)[1:]


def month_after(start):
    _, closed = century()
    duty = explain_from(RULES["FIN-PUB"], start, century()[0])
    end = last_of_next_month(start)
    assert (duty.do_by, duty.accept_until) == (roll_back(end, closed), roll_forward(end, closed))


def in_order(start, limit):
    for duty in duties("55-19", request(start, limit), century()[0], start + 400 * ONE):
        if duty.do_by is None:
            continue
        assert duty.file_before <= duty.do_by <= duty.accept_until < duty.lapses_on
        assert duty.starts_on <= duty.do_by
        assert duty.steps


FAST = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(max_examples=4000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CHECKS = {
    "full delay": (full_delay, (DAYS, st.none() | st.integers(1, 120), st.booleans())),
    "suspended delay": (
        suspended_delay,
        (DAYS, st.integers(1, 60), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)),
    ),
    "silent delay": (silent_delay, (DAYS,)),
    "working days": (working_sheet, (DAYS, st.integers(1, 60))),
    "before a session": (before_session, (DAYS,)),
    "the way to court": (
        way_to_court,
        (DAYS, st.integers(0, 90), st.sampled_from(["55-19", "petition", "council-commitment"])),
    ),
    "silence on a request": (silence_on_a_request, (DAYS, st.integers(0, 110))),
    "the month after": (month_after, (DAYS,)),
    "dates in order": (in_order, (DAYS, st.integers(1, 60))),
}


@pytest.mark.parametrize("name", CHECKS)
def test_engine_agrees_with_the_naive_counter(name):
    check, strategies = CHECKS[name]
    FAST(given(*strategies)(check))()


@pytest.mark.proof
@pytest.mark.parametrize("name", CHECKS)
def test_engine_agrees_with_the_naive_counter_at_length(name):
    check, strategies = CHECKS[name]
    LONG(given(*strategies)(check))()


@pytest.mark.proof
def test_every_day_of_a_century():
    day = FIRST
    while day < LAST:
        full_delay(day, None, False)
        day += ONE


@pytest.mark.parametrize("year", [*range(2016, 2120)])
def test_sessions_of_a_century(year):
    calendar, closed = century() if year >= 2020 else (Calendar.build(2015, 2020), None)
    closed = closed or closed_by(frozenset(calendar.holidays))
    assert ordinary_sessions(year, calendar) == [roll_forward(second_monday(year, m), closed) for m in (1, 6, 9)]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-60, 60))
@settings(deadline=None, derandomize=True)
def test_adding_months(day, number):
    months = day.year * 12 + day.month - 1 + number
    down, rounded = add_months(day, number, "down")
    assert (down.year * 12 + down.month - 1, down.day <= day.day) == (months, True)
    up, _ = add_months(day, number, "up")
    if rounded:
        assert up == down + ONE
        assert up.day == 1
        with pytest.raises(LawError):
            add_months(day, number, "refuse")
    else:
        assert up == down == add_months(day, number, "refuse")[0]
        assert down.day == day.day
