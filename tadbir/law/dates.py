"""Counting days, and nothing else: no rule, no article, no words.

Plain N after D is D+N. Full N (delai franc: neither the first nor the last day is counted) is D+N+1, the last
day on which one may still act. Before a date, the same backwards.
"""

from __future__ import annotations

import calendar as months_of
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import DAY, Calendar
from .errors import LawError

Interval = tuple[date, date | None]
#: Units of whole months or years: those that follow that of the start, to the end of the last.
WHOLE = ("calendar_months", "calendar_years")


def add_months(day: date, number: int, rounding: str) -> tuple[date, bool]:
    """`day` plus (or minus) months, and whether the day had to be rounded because it does not exist.

    31 January plus one month is 28 (or 29) February rounding down, 1 March rounding up, LawError refusing.
    """
    index = day.year * 12 + day.month - 1 + number
    year, month = index // 12, index % 12 + 1
    last = months_of.monthrange(year, month)[1]
    if day.day <= last:
        return date(year, month, day.day), False
    if rounding == "down":
        return date(year, month, last), True
    if rounding == "up":
        return date(year, month, last) + DAY, True
    raise LawError("dates", f"{day.isoformat()} {number:+d} months: no such day, and the rule refuses to round")


def end_of_whole(day: date, number: int, unit: str) -> date:
    """The last of the whole months (calendar_months) or years that follow that of `day`: one, or more."""
    if unit == "calendar_years":
        return date(day.year + number, 12, 31)
    index = day.year * 12 + day.month - 1 + number
    return date(index // 12, index % 12 + 1, months_of.monthrange(index // 12, index % 12 + 1)[1])


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth given weekday (Monday is 0) of a month."""
    first = date(year, month, 1)
    return first + DAY * ((weekday - first.weekday()) % 7 + 7 * (nth - 1))


def is_suspended(day: date, pauses: Sequence[Interval]) -> bool:
    """Whether a day falls strictly after an asking, up to and including the answer."""
    return any(asked < day and (answered is None or day <= answered) for asked, answered in pauses)


@dataclass(frozen=True)
class Count:
    """How one delay is counted: its unit, direction, calendar and suspensions."""

    unit: str
    direction: str
    calendar: Calendar
    rounding: str = "refuse"
    pauses: tuple[Interval, ...] = ()

    def counts(self, day: date) -> bool:
        """Whether a day is one of those counted."""
        if self.unit == "working_days" and not self.calendar.is_open(day):
            return False
        return not self.pauses or not is_suspended(day, self.pauses)

    def last_day(self, start: date, number: int, full: bool) -> date | None:
        """The last day to act, before any rolling; None where an open suspension hides it."""
        steps = number + (1 if full else 0)
        if self.unit in WHOLE:
            return end_of_whole(start, number, self.unit)
        if self.unit in ("months", "years"):
            factor = 12 if self.unit == "years" else 1
            sign = 1 if self.direction == "after" else -1
            day, _ = add_months(start, sign * factor * number, self.rounding)
            return day + DAY * (sign if full else 0)
        if self.unit == "days" and not self.pauses:
            return start + timedelta(days=steps if self.direction == "after" else -steps)
        return self._walk(start, steps)

    def _walk(self, start: date, steps: int) -> date | None:
        step = DAY if self.direction == "after" else -DAY
        waiting_since = min((asked for asked, answered in self.pauses if answered is None), default=None)
        day = start
        while steps:
            day += step
            if waiting_since is not None and day > waiting_since and self.direction == "after":
                return None
            if self.counts(day):
                steps -= 1
        return day

    def elapsed(self, start: date, on: date) -> int:
        """How many counted days have passed after `start`, up to and including `on`."""
        total, day = 0, start
        while day < on:
            day += DAY
            total += self.counts(day)
        return total

    def last_with_elapsed(self, start: date, number: int) -> date | None:
        """The last day on which no more than `number` counted days have passed; None in an open suspension.

        In working days it is an open day: what ends on a Friday is not carried over the week end.
        """
        after = self._walk(start, number + 1)
        if after is None:
            return None
        last = after - DAY
        return max(start, self.calendar.previous_open(last)) if self.unit == "working_days" else last
