"""When the ordinary sessions open: art. 34 of organic law 112-14, rule SES-OPEN."""

from __future__ import annotations

from datetime import date

from .book import RULES
from .calendar import DAY, Calendar
from .dates import nth_weekday
from .errors import LawError
from .rule import EXTENSION_RULE, LONGEST_RULE, SESSION_RULE, Book, When


def _openings(when: When, year: int, calendar: Calendar) -> list[tuple[date, date]]:
    """The days given by an nth-weekday value in a year, each with the working day it moves to past a closed one."""
    nth, weekday = when.nth, when.weekday
    if nth is None or weekday is None:
        raise LawError("sessions", f"{when.shape} gives no weekday")
    days = [nth_weekday(year, month, nth, weekday) for month in sorted(when.months)]
    return [(day, calendar.next_open(day)) for day in days]


def next_opening(when: When, since: date, calendar: Calendar) -> tuple[date, date]:
    """The first of these days from a day on, that day included: by the calendar alone, then past a closed day."""
    both = (pair for year in (since.year, since.year + 1) for pair in _openings(when, year, calendar))
    return next((on, day) for on, day in both if day >= since)


def ordinary_sessions(year: int, calendar: Calendar, rules: Book = RULES) -> list[date]:
    """The opening days of the three ordinary sessions of a year (law.md 1.2: 12 January 2027, for instance)."""
    when = rules[SESSION_RULE].value_on(date(year, 12, 31))
    return [day for _, day in _openings(when, year, calendar)] if when else []


def next_ordinary_session(after: date, calendar: Calendar, rules: Book = RULES) -> date | None:
    """The first ordinary session that opens after a day; None before the law is in force."""
    for year in (after.year, after.year + 1):
        for day in ordinary_sessions(year, calendar, rules):
            if day > after:
                return day
    return None


def longest_session_end(opening: date, rules: Book = RULES) -> date:
    """The last day of a session at its longest: 15 consecutive days, the first included, then 15 if it is extended."""
    longest, more = rules[LONGEST_RULE].value_on(opening), rules[EXTENSION_RULE].value_on(opening)
    days = (longest.max or 1) if longest else 1
    return opening + DAY * (days - 1 + ((more.max or 0) if more else 0))
