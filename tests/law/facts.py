"""Short ways to write the facts of a dossier in the tests of the law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from tadbir.law import Calendar, Duty, Fact, duties, may
from tadbir.law.model import Permission


@cache
def calendar() -> Calendar:
    return Calendar.build(2020, 2030)


def facts(rows: Iterable[list[Any]]) -> list[Fact]:
    """[day, kind, data, id, voids]: in the order of recording."""
    made = []
    for number, row in enumerate(rows, 1):
        at, kind, data, name, voids = [*row, *[None] * (5 - len(row))]
        at = date.fromisoformat(at) if isinstance(at, str) else at
        made.append(Fact(name or f"f{number}", kind, at, data or {}, voids, number))
    return made


def of(rule: str, kind: str, rows: Iterable[list[Any]], today: str) -> list[Duty]:
    """The duties of one rule."""
    found = duties(kind, facts(rows), calendar(), date.fromisoformat(today))
    return [duty for duty in found if duty.rule_id == rule]


def allowed(verb: str, rows: Iterable[list[Any]], on: str, kind: str = "55-19", **data: Any) -> Permission:
    """Whether a verb is allowed on a day."""
    return may(kind, verb, facts(rows), calendar(), date.fromisoformat(on), data=data)
