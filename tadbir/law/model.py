"""What goes into the law and what comes out: facts, duties, permissions, steps. Nothing here computes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from .vocabulary import PERSONS

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Fact:
    """Something that happened to a dossier.

    `at` is a day, or an aware instant when the hour matters. `seq` is the order of recording: it settles the
    order of two facts of the same day. `voids` is the id of an earlier fact that this one removes. `entered` is the
    order in which it was entered, where it took the place of another (`seq`); `was` the days that it bore before, each
    with the order of what put it right.
    """

    id: str
    kind: str
    at: date | datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    voids: str | None = None
    seq: int = 0
    entered: int | None = None
    was: tuple[tuple[int, date | datetime], ...] = ()


@dataclass(frozen=True)
class Step:
    """One line of "why this date?", in Arabic and French; `iso` is the date it speaks of, if any."""

    ar: str
    fr: str
    iso: str | None = None


@dataclass(frozen=True)
class Suspension:
    """A stretch that does not count: the days strictly after `asked_on`, up to and including `received_on`.

    `since`: those from the start of the delay, where the answer starts it anew.
    """

    asked_on: date
    received_on: date | None
    fact: str
    article: str
    law: str | None = None
    since: date | None = None


@dataclass(frozen=True)
class Duty:
    """What one rule asks of somebody in one dossier, with its dates.

    `do_by` is the earliest reading (for the owner), `lapses_on` the first day on which the lapse is certain,
    `file_before` the only date shown to a person as advice, `accept_until` the last day our own counter
    refuses nothing. All are None while a suspension is open or where no end is stated. Rules in hours also
    fill the two instants. `key` does not change when a lapse is recorded or a calendar is corrected.
    """

    key: str
    rule_id: str
    rule_version: str
    calendar_version: str
    law: str
    article: str
    type: str
    owner: str
    trigger_fact: str
    starts_on: date
    do_by: date | None
    lapses_on: date | None
    file_before: date | None
    accept_until: date | None
    label_ar: str
    label_fr: str
    sentence_ar: str
    sentence_fr: str
    lapse_effect: str
    lapse_effect_ar: str
    lapse_effect_fr: str
    confidence: str
    estimated: bool = False
    second_reading: date | None = None  # the day advised if it is counted from an answer that came after a silence
    do_by_at: datetime | None = None
    lapses_at: datetime | None = None
    limit: int | None = None  # with its extensions
    extended: int = 0  # how much of it they are
    unit: str | None = None
    elapsed: int | None = None
    discharged_by: str | None = None
    discharged_on: date | None = None
    ended_by: str | None = None
    ended_on: date | None = None
    suspensions: tuple[tuple[date, date | None], ...] = ()
    #: The last day of the right that was used, where it was used after it: the answer is owed, and opens no court.
    came_after: date | None = None
    #: Makes the lines of «why this date?»: they are words, made when somebody reads them.
    why: Callable[[], Iterable[Step]] = field(default=tuple, compare=False, repr=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """«Why this date?», line by line."""
        return tuple(self.why())

    @property
    def open(self) -> bool:
        """Still to be done: neither discharged nor ended by another fact."""
        return self.discharged_by is None and self.ended_by is None

    @property
    def suspended(self) -> bool:
        """The clock stands still, waiting for something asked of the person."""
        return bool(self.suspensions) and self.suspensions[-1][1] is None

    def lapsed(self, today: date) -> bool:
        """The delay has certainly run out on `today`, and nothing discharged it before it did."""
        if self.lapses_on is None or today < self.lapses_on:
            return False
        stopped = [day for day in (self.discharged_on, self.ended_on) if day is not None]
        return not stopped or min(stopped) >= self.lapses_on

    @property
    def shown_day(self) -> date | None:
        """The last day to show."""
        return shown_day_of(self.owner, self.do_by, self.file_before)

    def late(self, today: date) -> bool:
        """Open and past the date shown to its owner."""
        return self.open and self.do_by is not None and today > self.do_by


def shown_day_of(owner: str, do_by: date | None, file_before: date | None) -> date | None:
    """The last day to show of a duty or a right: a person is only ever advised the earliest reading."""
    return (file_before or do_by) if owner in PERSONS else do_by


@dataclass(frozen=True)
class Reason:
    """Why something may not be done, or what to know before doing it."""

    code: str
    ar: str
    fr: str


@dataclass(frozen=True)
class Permission:
    """Whether one fact may lawfully happen on a day.

    `opens_on` and `until` bound the days on which it is; `came_by`, of one that is refused because its time is over, is
    the last day on which it was not: what reached the council by then may be entered still. `count_left` is how many
    times it remains possible (None: no count stated). `early` marks an appeal accepted before its clock starts. A
    permission that is given may also carry reasons: what to know. `article`, `law` and `confidence` say under which
    text, allowed or not; they are empty where no text speaks of it.
    """

    allowed: bool
    fact_kind: str
    reasons: tuple[Reason, ...] = ()
    rule_id: str | None = None
    opens_on: date | None = None
    until: date | None = None
    count_left: int | None = None
    early: bool = False
    article: str = ""
    law: str = ""
    confidence: str = ""
    came_by: date | None = None

    def __bool__(self) -> bool:
        return self.allowed
