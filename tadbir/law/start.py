"""One running of a rule, and the duty with what later rules need of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from .model import Duty, Fact


@dataclass(frozen=True)
class Start:
    """One running of a rule. `latest` is None where the delay cannot yet run against the person."""

    id: str
    known_on: date
    earliest: date | None
    latest: date | None
    fact: Fact | None = None
    instant: datetime | None = None
    cause: str = "fact"  # fact, lapse, calendar
    lapsed_article: tuple[str, str] = ("", "")
    received: bool | None = None
    held: bool = False
    answered: bool = False  # held until the answer came, and it came
    late: date | None = None  # the last day of the right that the fact used, where it came after it
    taken_up: bool = False  # it answers what came late, and was taken up all the same
    silence: Start | None = None  # what a silence had opened before, of the same: the earliest reading counts from it


@dataclass(frozen=True)
class Computed:
    """A duty with what later rules need of it: its start and its earliest last day, not rolled.

    `unlengthened`: the same as if nothing had made its delay longer, where something did.
    """

    duty: Duty
    start: Start
    last_earliest: date | None
    unlengthened: Computed | None = None


Found = Mapping[str, Sequence[Computed]]
