"""Which days the offices are open: week ends, fixed holidays, Hijri feasts, exceptional closures.

A Hijri feast is an estimate until somebody types the official date. A change of any entry changes `version`,
which every duty pins.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from .errors import LawError

DAY = timedelta(days=1)
SATURDAY = 5
#: An official date replaces the estimate of the same feast when they are this near (days).
SAME_FEAST = 15
#: An estimated feast may really fall this many days earlier or later.
ESTIMATE_MARGIN = 2


@dataclass(frozen=True)
class ClosedDay:
    """A day closed for a reason other than the week end."""

    day: date
    ar: str
    fr: str
    kind: str  # fixed, feast or closure
    confidence: str
    estimated: bool = False
    reference: str = ""


@dataclass(frozen=True)
class ConfirmedFeast:
    """The official date of a Hijri feast: `feast` is fitr, adha, muharram or mawlid; `days` closed (None: usual)."""

    feast: str
    first_day: date
    reference: str
    days: int | None = None


@dataclass(frozen=True)
class Closure:
    """An exceptional closure announced for the administrations and collectivities."""

    day: date
    ar: str
    fr: str
    reference: str


@cache
def _table() -> dict[str, Any]:
    text = (resources.files("tadbir.law") / "holidays.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _fixed(year: int) -> list[ClosedDay]:
    return [
        ClosedDay(date(year, row["month"], row["day"]), row["ar"], row["fr"], "fixed", row["confidence"])
        for row in _table()["fixed"]
        if year >= row.get("from", year)
    ]


def _estimated_feasts(first_year: int, last_year: int) -> dict[str, list[date]]:
    """First days of each feast as PyPI `holidays` estimates them, by feast code."""
    import holidays  # heavy: only when a calendar is built

    found = holidays.country_holidays("MA", years=range(first_year - 1, last_year + 2), language="en_US")
    days: dict[str, list[date]] = {row["code"]: [] for row in _table()["feast"]}
    for day in sorted(found):
        for row in _table()["feast"]:
            # A feast may share its day with a fixed holiday: the names are joined by the library.
            if row["name"] in found[day] and day - DAY not in days[row["code"]]:
                days[row["code"]].append(day)
    return days


def _feast_days(row: Mapping[str, Any], estimates: list[date], confirmed: list[ConfirmedFeast]) -> list[ClosedDay]:
    rows = []
    for first in estimates:
        if any(abs((first - entry.first_day).days) <= SAME_FEAST for entry in confirmed):
            continue
        rows += [
            ClosedDay(first + DAY * n, row["ar"], row["fr"], "feast", row["confidence"], True)
            for n in range(row["days"])
        ]
    for entry in confirmed:
        rows += [
            ClosedDay(
                entry.first_day + DAY * n, row["ar"], row["fr"], "feast",
                row["confidence"] if entry.days is None and n else "verified", False, entry.reference,
            )
            for n in range(entry.days or row["days"])
        ]
    return rows


def _check(confirmed: Iterable[ConfirmedFeast], closures: Iterable[Closure]) -> None:
    codes = {row["code"] for row in _table()["feast"]}
    for entry in confirmed:
        if entry.feast not in codes:
            raise LawError("calendar", f"unknown feast {entry.feast!r}; expected one of {sorted(codes)}")
        if entry.days is not None and not 1 <= entry.days <= 5:
            raise LawError("calendar", f"{entry.feast} {entry.first_day}: between 1 and 5 days, not {entry.days}")
        if not entry.reference.strip():
            raise LawError("calendar", f"{entry.feast} {entry.first_day}: an official date needs its reference")
    for closure in closures:
        if not closure.reference.strip() or not closure.ar.strip() or not closure.fr.strip():
            raise LawError("calendar", f"closure {closure.day}: Arabic, French and reference are all needed")


class Calendar:
    """Open and closed days between 1 January of one year and 31 December of another."""

    def __init__(self, days: Iterable[ClosedDay], first_year: int, last_year: int) -> None:
        if not 1 <= first_year <= last_year <= 9998:
            raise LawError("calendar", f"years {first_year}-{last_year} make no calendar")
        named: dict[date, ClosedDay] = {}
        for row in days:
            before = named.get(row.day)
            # A certain reason to be closed wins over an estimate for the same day.
            if before is None or (before.estimated and not row.estimated):
                named[row.day] = row
        self.first_year, self.last_year = first_year, last_year
        self.first, self.last = date(first_year, 1, 1), date(last_year, 12, 31)
        self.closed: Mapping[date, ClosedDay] = MappingProxyType(named)
        self.holidays: Mapping[date, str] = MappingProxyType({day: named[day].fr for day in sorted(named)})
        self._estimated = frozenset(day for day, row in named.items() if row.estimated)
        self.version = self._hash()

    @classmethod
    def build(
        cls,
        first_year: int,
        last_year: int,
        confirmed: Iterable[ConfirmedFeast] = (),
        closures: Iterable[Closure] = (),
    ) -> Calendar:
        """The calendar of some years. Raises LawError for an unknown feast or an entry without reference."""
        if not 1 <= first_year <= last_year <= 9998:
            raise LawError("calendar", f"years {first_year}-{last_year} make no calendar")
        confirmed, closures = list(confirmed), list(closures)
        _check(confirmed, closures)
        rows = [row for year in range(first_year, last_year + 1) for row in _fixed(year)]
        estimates = _estimated_feasts(first_year, last_year)
        for row in _table()["feast"]:
            rows += _feast_days(row, estimates[row["code"]], [e for e in confirmed if e.feast == row["code"]])
        rows += [ClosedDay(c.day, c.ar, c.fr, "closure", "verified", False, c.reference) for c in closures]
        return cls((row for row in rows if first_year <= row.day.year <= last_year), first_year, last_year)

    def _hash(self) -> str:
        rows: list[list[Any]] = [
            [d.isoformat(), r.ar, r.fr, r.kind, r.confidence, r.estimated, r.reference]
            for d, r in sorted(self.closed.items())
        ]
        text = json.dumps([self.first_year, self.last_year, rows], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _covered(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise LawError("calendar", f"{day.isoformat()} is outside {self.first_year}-{self.last_year}")

    def is_open(self, day: date) -> bool:
        """Whether the offices are open. Raises LawError outside the years of this calendar."""
        self._covered(day)
        return day.weekday() < SATURDAY and day not in self.closed

    def next_open(self, day: date) -> date:
        """`day` itself if open, else the first open day after it."""
        while not self.is_open(day):
            day += DAY
        return day

    def previous_open(self, day: date) -> date:
        """`day` itself if open, else the last open day before it."""
        while not self.is_open(day):
            day -= DAY
        return day

    def why_closed(self, day: date) -> tuple[str, str]:
        """Why a day is closed, in Arabic and French; empty strings if it is open."""
        row = self.closed.get(day)
        if row is not None:
            return row.ar, row.fr
        if day.weekday() >= SATURDAY:
            return ("السبت", "samedi") if day.weekday() == SATURDAY else ("الأحد", "dimanche")
        return "", ""

    def estimated_between(self, first: date, last: date) -> bool:
        """Whether a feast whose date is only estimated falls, or might fall, between two days."""
        day, end = first - DAY * ESTIMATE_MARGIN, last + DAY * ESTIMATE_MARGIN
        if (end - day).days > len(self._estimated):
            return any(day <= feast <= end for feast in self._estimated)
        while day <= end:
            if day in self._estimated:
                return True
            day += DAY
        return False
