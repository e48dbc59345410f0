"""The only place where Tadbir reads a clock.

A demonstration and a test live through months in seconds: they set a simulated time that every other
part of the house reads through `now()` and `today()`.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")
_simulated: ContextVar[datetime | None] = ContextVar("simulated_time", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC (or the simulated one)."""
    return _simulated.get() or datetime.now(UTC)


def today() -> date:
    """The date of today in Casablanca, which is the date of every duty."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """The date in Casablanca of an aware moment."""
    return moment.astimezone(CASABLANCA).date()


def day_start(day: date) -> datetime:
    """The moment a fact dated by its day only is kept at: noon in Casablanca, so that no zone moves it."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=CASABLANCA)


def as_known(moment: datetime) -> datetime | date:
    """A moment as far as it is known: its day alone where the day was all that was said (`day_start`)."""
    day = local_date(moment)
    return day if day_start(day) == moment else moment


def is_of_these_years(day: date, years: int = 1) -> bool:
    """Whether a day that was typed in lies so near that it can be meant: not more than `years` away."""
    return abs(day.year - today().year) <= years


class LogFormatter(logging.Formatter):
    """Log lines in UTC: the C library reads the system's zone files, which may still have the old Casablanca."""

    converter = staticmethod(time.gmtime)


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Pretend that it is `moment` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("a simulated time needs a time zone")
    token = _simulated.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _simulated.reset(token)
