"""Which days the offices are open: week ends, fixed holidays, Hijri feasts, exceptional closures.

A Hijri feast is an estimate until somebody types the official date. A change of any entry changes `version`,
which every duty pins.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

from .errors import LawError

DAY = timedelta(days=1)
SATURDAY = 5
#: An official date replaces the estimate of the same feast when they are this near (days).
SAME_FEAST = 15
#: Official Hijri dates are nearly always one day behind Umm al-Qura, which PyPI `holidays` follows (law.md 0.1).
BEHIND = DAY
#: An estimated feast may really fall this many days earlier or later.
ESTIMATE_MARGIN = 2
LONGEST_FEAST, LONGEST_CLOSURE = 5, 31
#: The years a calendar may speak of.
FIRST_YEAR, LAST_YEAR = 1900, 2300


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
class Feast:
    """The official date of a Hijri feast: `feast` is fitr, adha, muharram or mawlid; `days` closed (None: usual)."""

    feast: str
    first_day: date
    days: int | None
    reference: str


@dataclass(frozen=True)
class Closure:
    """An exceptional closure announced for administrations and collectivities: `days` (None: one)."""

    first_day: date
    days: int | None
    reference: str
    ar: str = "تعطيل استثنائي للإدارات"
    fr: str = "fermeture exceptionnelle des administrations"

    @property
    def length(self) -> int:
        """How many days."""
        return 1 if self.days is None else self.days


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
    """First days of each feast, by feast code: those of PyPI `holidays`, one day later as the official ones are."""
    import holidays  # heavy: only when a calendar is built

    found = holidays.country_holidays("MA", years=range(first_year - 1, last_year + 2), language="en_US")
    days: dict[str, list[date]] = {row["code"]: [] for row in _table()["feast"]}
    for day in sorted(found):
        for row in _table()["feast"]:
            # A feast may share its day with a fixed holiday: the names are joined by the library.
            if row["name"] in found[day] and day - DAY not in days[row["code"]]:
                days[row["code"]].append(day)
    return {code: [day + BEHIND for day in firsts] for code, firsts in days.items()}


def _feast_days(row: Mapping[str, Any], estimates: list[date], confirmed: list[Feast]) -> list[ClosedDay]:
    """The days of one feast: estimates, except where an official date replaces them."""
    rows = []
    for first in estimates:
        if any(abs((first - entry.first_day).days) <= SAME_FEAST for entry in confirmed):
            continue
        for number in range(row["days"]):
            day = first + DAY * number
            rows.append(ClosedDay(day, row["ar"], row["fr"], "feast", row["confidence"], True))
    for entry in confirmed:
        for number in range(entry.days or row["days"]):
            # The date is official; the number of days closed may still be the usual one, from memory.
            confidence = row["confidence"] if entry.days is None and number else "verified"
            day = entry.first_day + DAY * number
            rows.append(ClosedDay(day, row["ar"], row["fr"], "feast", confidence, False, entry.reference))
    return rows


def _check(confirmed: Iterable[Feast], closures: Iterable[Closure]) -> None:
    codes = {row["code"] for row in _table()["feast"]}
    for entry in confirmed:
        if entry.feast not in codes:
            raise LawError("calendar", f"unknown feast {entry.feast!r}; expected one of {sorted(codes)}")
        if entry.days is not None and not 1 <= entry.days <= LONGEST_FEAST:
            raise LawError("calendar", f"{entry.feast} {entry.first_day}: 1 to {LONGEST_FEAST} days, not {entry.days}")
        if not entry.reference.strip():
            raise LawError("calendar", f"{entry.feast} {entry.first_day}: an official date needs its reference")
    for closure in closures:
        if not closure.reference.strip() or not closure.ar.strip() or not closure.fr.strip():
            raise LawError("calendar", f"closure {closure.first_day}: Arabic, French and reference are all needed")
        if not 1 <= closure.length <= LONGEST_CLOSURE:
            raise LawError("calendar", f"closure {closure.first_day}: 1 to {LONGEST_CLOSURE} days, not {closure.days}")


class Calendar:
    """Open and closed days. Years beyond those it was built for are worked out when first asked for.

    `version` is a hash of what the calendar is made of (table of holidays, estimates, official dates, closures):
    it changes with any of them, and not with the years it was built for.
    """

    def __init__(self, confirmed: Iterable[Feast] = (), closures: Iterable[Closure] = ()) -> None:
        self.confirmed, self.closures = tuple(confirmed), tuple(closures)
        _check(self.confirmed, self.closures)
        self._years: set[int] = set()
        self._closed: dict[date, ClosedDay] = {}
        self._estimated: list[date] = []
        self.version = self._hash()

    @classmethod
    def build(
        cls, first_year: int, last_year: int, confirmed: Iterable[Feast] = (), closures: Iterable[Closure] = ()
    ) -> Calendar:
        """The calendar of some years. Raises LawError for an unknown feast or an entry without reference."""
        made = cls(confirmed, closures)
        if first_year > last_year:
            raise LawError("calendar", f"{first_year}-{last_year}: ends before it begins")
        made._load(first_year, last_year)
        return made

    def _hash(self) -> str:
        import holidays

        entries = [[e.feast, e.first_day.isoformat(), e.days, e.reference] for e in self.confirmed]
        closures = [[c.first_day.isoformat(), c.days, c.reference, c.ar, c.fr] for c in self.closures]
        content = [_table(), holidays.__version__, sorted(entries, key=str), sorted(closures, key=str)]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _load(self, first_year: int, last_year: int) -> None:
        if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
            raise LawError("calendar", f"{first_year}-{last_year}: only {FIRST_YEAR} to {LAST_YEAR} is known")
        rows = [row for year in range(first_year, last_year + 1) for row in _fixed(year)]
        estimates = _estimated_feasts(first_year, last_year)
        for row in _table()["feast"]:
            official = [entry for entry in self.confirmed if entry.feast == row["code"]]
            rows += _feast_days(row, estimates[row["code"]], official)
        for closure in self.closures:
            for number in range(closure.length):
                day = closure.first_day + DAY * number
                rows.append(ClosedDay(day, closure.ar, closure.fr, "closure", "verified", False, closure.reference))
        for row in rows:
            self._keep(row, first_year, last_year)
        self._estimated = sorted(day for day, row in self._closed.items() if row.estimated)
        self._years.update(range(first_year, last_year + 1))

    def _keep(self, row: ClosedDay, first_year: int, last_year: int) -> None:
        before = self._closed.get(row.day)
        # A certain reason to be closed wins over an estimate for the same day.
        if first_year <= row.day.year <= last_year and (before is None or (before.estimated and not row.estimated)):
            self._closed[row.day] = row

    def closed_day(self, day: date) -> ClosedDay | None:
        """Why a day is closed, other than by the week end; None if it is not."""
        if day.year not in self._years:
            self._load(day.year, day.year)
        return self._closed.get(day)

    @property
    def holidays(self) -> Mapping[date, ClosedDay]:
        """The closed days worked out so far, in order."""
        return {day: self._closed[day] for day in sorted(self._closed)}

    def is_open(self, day: date) -> bool:
        """Whether the offices are open. Raises LawError for a year that no calendar can know."""
        return day.weekday() < SATURDAY and self.closed_day(day) is None

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
        row = self.closed_day(day)
        if row is not None:
            return row.ar, row.fr
        if day.weekday() >= SATURDAY:
            return ("السبت", "samedi") if day.weekday() == SATURDAY else ("الأحد", "dimanche")
        return "", ""

    def estimated_between(self, first: date, last: date) -> bool:
        """Whether a feast whose date is only estimated falls, or might fall, between two days."""
        begins, ends = first - DAY * ESTIMATE_MARGIN, last + DAY * ESTIMATE_MARGIN
        for year in range(begins.year, ends.year + 1):
            if year not in self._years:
                self._load(year, year)
            found = bisect_left(self._estimated, begins)
            if found < len(self._estimated) and self._estimated[found] <= ends:
                return True
        return False
