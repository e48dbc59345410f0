"""What the lines of every list of the office read of a duty: its dates, as values."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Clock:
    """The dates of a duty that its bar is drawn from."""

    type: str
    starts_on: date | None
    do_by: date | None
    lapses_on: date | None
    file_before: date | None
    discharged_on: date | None
    suspensions: tuple[tuple[str | None, ...], ...]


_DATES = ("type", "starts_on", "do_by", "lapses_on", "file_before", "discharged_on")
#: The columns of a duty that `dates_of` reads.
CLOCK_READ = (*_DATES, "suspended")


def dates_of(row: Any) -> dict[str, Any]:
    """The fields of a `Clock`, from a row of these columns."""
    return {name: getattr(row, name) for name in _DATES} | {"suspensions": tuple([tuple(one) for one in row.suspended])}
