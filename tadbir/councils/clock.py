"""The only place where Tadbir reads a clock.

A demonstration and a test live through months in seconds: they set a simulated time that every other
part of the house reads through `now()` and `today()`.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")
_simulated: ContextVar[datetime | None] = ContextVar("simulated_time", default=None)


#: Seconds that the clock of the machine may go back: what a time server corrects by itself.
TOLERANCE = 120
#: Seconds for which the answer of the register is believed.
_BELIEVED = 10
#: What the clock of the machine said when it was last read, and that of the kernel, which nobody sets.
_read: tuple[float, float] = (time.time(), time.monotonic())
_asked: tuple[float, bool] = (-_BELIEVED, False)
_newest: Callable[[], datetime | None] = lambda: None  # noqa: E731


def declare_newest(newest: Callable[[], datetime | None]) -> None:
    """Say when the register was last written: no later moment may come before that one."""
    global _newest  # noqa: PLW0603 - declared once, by the register
    _newest = newest


def now() -> datetime:
    """The present moment, aware, in UTC (or the simulated one).

    It does not go behind what the register holds: where somebody sets the clock of the machine back while the program
    runs, the time goes on as it went before, and `set_back` says it. Where nothing was recorded since, the clock was
    put right, and is believed.
    """
    global _read  # noqa: PLW0603 - the one clock of the process
    pretended = _simulated.get()
    if pretended:
        return pretended
    said, ran = time.time(), time.monotonic()
    due = _read[0] + ran - _read[1]
    if due - said > TOLERANCE and _is_recorded_after(said, ran):
        return datetime.fromtimestamp(due, UTC)
    _read = said, ran
    return datetime.fromtimestamp(said, UTC)


def _is_recorded_after(said: float, ran: float) -> bool:
    """Whether the register holds something later than what the clock says now; asked every few seconds."""
    global _asked  # noqa: PLW0603 - the one clock of the process
    if ran - _asked[0] >= _BELIEVED:
        newest = _newest()
        _asked = ran, newest is not None and newest.timestamp() - said > TOLERANCE
    return _asked[1]


def set_back() -> int:
    """By how many seconds the clock of the machine is behind, after it was set back while the program runs; else 0."""
    behind = (now() - datetime.fromtimestamp(time.time(), UTC)).total_seconds()
    return int(behind) if behind > TOLERANCE and _simulated.get() is None else 0


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


def known_iso(moment: datetime) -> str:
    """The same as a paper keeps it: the day, and the minute in Casablanca where one was said."""
    known = as_known(moment)
    local = known.astimezone(CASABLANCA) if isinstance(known, datetime) else None
    return local.isoformat(timespec="minutes") if local else known.isoformat()


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
