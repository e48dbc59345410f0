"""Reading the `when` of a rule: a closed set of shapes, each with its own keys."""

from __future__ import annotations

from datetime import date
from typing import Any

from .dates import WHOLE
from .errors import LawError
from .rule import SHAPES, UNITS, LimitFrom, When
from .table import Table


def _limit_from(table: Table | None) -> LimitFrom | None:
    if table is None:
        return None
    caps = []
    for inner in table.tables("cap_when"):
        caps.append((inner.mapping("where"), inner.integer("cap", None, 1)))
        inner.done()
    limit = LimitFrom(
        table.text("fact"),
        table.text("data"),
        table.optional_text("unit_data"),
        table.optional_integer("cap", 1),
        tuple(caps),
    )
    table.done()
    return limit


def _counting(table: Table, unit: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "counting": table.required_choice("counting", ("plain", "full", "consecutive")),
        "stated_by": table.optional_text("stated_by"),
    }
    if found["counting"] == "consecutive" and (unit != "days" or found["stated_by"] is None):
        raise table.refuse("counting", "consecutive is for days, and asks for stated_by")
    if unit in WHOLE and (found["counting"] != "plain" or found["stated_by"] is None):
        raise table.refuse("counting", f"{unit} ends with the last of them: plain, with stated_by")
    if unit in ("months", "years"):
        found["rounding"] = table.required_choice("rounding", ("up", "down", "refuse"))
    return found


def _offset(table: Table) -> dict[str, Any]:
    unit = table.required_choice("unit", UNITS)
    found: dict[str, Any] = {
        "unit": unit,
        "direction": table.required_choice("direction", ("after", "before")),
        "min": table.optional_integer("min"),
        "max": table.optional_integer("max"),
        "limit_from": _limit_from(table.optional_table("limit_from")),
        "carried": table.flag("carried", True),
        "over": table.flag("over", False),
    }
    if found["over"] and (found["min"] is None or found["max"] is not None or found["direction"] == "before"):
        raise table.refuse("over", "is for min alone, after the start")
    if unit != "hours":
        found.update(_counting(table, unit))
    if found.get("counting") == "consecutive" and (found["max"] is None or found["direction"] == "before"):
        raise table.refuse("counting", "consecutive needs max, after the start")
    if found["min"] is None and found["max"] is None and found["limit_from"] is None:
        raise table.refuse("max", "missing; an offset needs min, max or limit_from")
    if found["min"] is not None and found["max"] is not None and found["min"] > found["max"]:
        raise table.refuse("min", "greater than max")
    if unit in WHOLE and (found["max"] is None or found["direction"] == "before"):
        raise table.refuse("max", f"missing; {unit} needs max, after the start")
    if table.has("session_end_where"):
        found["session_end_where"] = table.mapping("session_end_where")
    return found


def _fraction(table: Table) -> dict[str, Any]:
    return {
        "of": table.text("of"),
        "numerator": table.integer("numerator", None, 1, 12),
        "denominator": table.integer("denominator", None, 1, 12),
        "times": table.optional_integer("times", 1, 100),
    }


def _fixed_date(table: Table) -> dict[str, Any]:
    month, day = table.integer("month", None, 1, 12), table.integer("day", None, 1, 31)
    try:
        date(2000 if (month, day) == (2, 29) else 2001, month, day)
    except ValueError as error:
        raise table.refuse("day", f"{day} of month {month} does not exist") from error
    if (month, day) == (2, 29):
        raise table.refuse("day", "29 February does not exist every year")
    return {"month": month, "day": day, "about": table.integer("about", 0, -5, 5), "opens": table.flag("opens", False)}


def _nth_weekday(table: Table) -> dict[str, Any]:
    months = table.integers("months")
    if not all(1 <= month <= 12 for month in months):
        raise table.refuse("months", "expected months between 1 and 12")
    return {"nth": table.integer("nth", None, 1, 4), "weekday": table.integer("weekday", None, 0, 6), "months": months}


def _next_session(table: Table) -> dict[str, Any]:
    return {"session": table.required_choice("session", ("ordinary", "any"))}


def _every(table: Table) -> dict[str, Any]:
    return {"period": table.required_choice("period", ("year", "session")), "about": table.integer("about", 0, -5, 5)}


def _count(table: Table) -> dict[str, Any]:
    return {
        "consecutive": table.optional_integer("consecutive", 1),
        "total": table.optional_integer("total", 1),
        "times": table.optional_integer("times", 1),
    }


def _at_once(_table: Table) -> dict[str, Any]:
    return {"max": 0}


_READERS = {
    "offset": _offset,
    "fraction": _fraction,
    "fixed_date": _fixed_date,
    "nth_weekday": _nth_weekday,
    "next_session": _next_session,
    "every": _every,
    "count": _count,
    "at_once": _at_once,
}


def parse_when(table: Table) -> When:
    """One dated value. Raises LawError for an unknown shape, a key of another shape, or an impossible date."""
    shape = table.required_choice("shape", SHAPES)
    reader = _READERS.get(shape)
    if reader is None:
        raise LawError(table.where, f"shape: {shape!r} has no reader")
    when = When(
        shape=shape,
        since=table.day("from"),
        until=table.optional_day("to"),
        reference=table.text("reference"),
        **reader(table),
    )
    table.done()
    return when
