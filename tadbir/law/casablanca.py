"""The civil day in Casablanca of an instant, from the packaged time-zone data.

The system's own files may be older than 20 September 2026, the day Morocco returned to UTC: they are not used.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from .errors import LawError


@cache
def zone() -> ZoneInfo:
    """Africa/Casablanca as packaged (tzdata)."""
    path = resources.files("tzdata.zoneinfo") / "Africa" / "Casablanca"
    with path.open("rb") as stream:
        return ZoneInfo.from_file(stream, key="Africa/Casablanca")


def day_of(at: date | datetime, where: str = "date") -> date:
    """The civil day of `at`. Raises LawError for an instant without a time zone."""
    if isinstance(at, datetime):
        if at.tzinfo is None:
            raise LawError(where, "an instant needs a time zone")
        return at.astimezone(zone()).date()
    return at


def midnight(day: date) -> datetime:
    """The first instant of a civil day."""
    return datetime.combine(day, time(0), tzinfo=zone())
