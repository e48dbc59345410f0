"""Days as people write them: 31/12/2026, 31-12-2026, ٣١/١٢/٢٠٢٦, 2026-12-31."""

import re
from datetime import date
from enum import Enum

from tadbir.reading.letters import plain

#: Years that a paper of a council can bear; another one was mistyped (0026, 9999).
FIRST_YEAR, LAST_YEAR = 1900, 2100


class Span(Enum):
    """What a day that somebody writes may be, in years before and after today; another one was mistyped."""

    #: Something that was done: decided, adopted, signed, sent, said. Not after today.
    DONE = (20, 0)
    #: What is announced or in force around now: a closure, an absence, a delegation, a rule.
    AROUND = (10, 10)
    #: How long somebody or something has been: a quality, a unit.
    OFFICE = (60, 20)

    def bounds(self, today: date) -> tuple[date, date]:
        """The first and the last day that it may be."""
        before, after = self.value
        return date(today.year - before, 1, 1), date(today.year + after, 12, 31) if after else today


_BETWEEN = r"\s?[/.\-]\s?"
_HOUSE = re.compile(rf"(?P<day>\d{{1,2}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}(?P<year>\d{{4}})", re.ASCII)
_ISO = re.compile(rf"(?P<year>\d{{4}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}(?P<day>\d{{1,2}})", re.ASCII)


def read_day(typed: str) -> date | None:
    """The day that somebody wrote, of whatever year; None when it is none."""
    text = plain(typed[:60])
    found = _ISO.fullmatch(text) or _HOUSE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
