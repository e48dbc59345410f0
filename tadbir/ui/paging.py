"""Lists that page at any length: no count over the whole table, no offset that grows slower with each page.

A page starts after the keys of the last row seen. The count is exact up to 1,000; beyond, the reader is told
"more than 1,000".
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

COUNTED = 1000
FARTHEST = 10_000


@dataclass(frozen=True)
class Page:
    """One page of a list. `older` and `newer` are query strings of the neighbours, empty at an end."""

    items: Sequence[Any]
    older: str = ""
    newer: str = ""
    count: int | None = None
    more_than: bool = False

    @property
    def alone(self) -> bool:
        """Whether the list has no other page."""
        return not (self.older or self.newer)


def _query(request: HttpRequest, **change: str) -> str:
    """This request's query string with other paging words."""
    query = request.GET.copy()
    for word in ("after", "before", "from"):
        query.pop(word, None)
    for word, value in change.items():
        query[word] = value
    return f"?{query.urlencode()}"


def _token(row: Any, names: Sequence[str]) -> str:
    values = []
    for name in names:
        value = row.pk if name == "pk" else getattr(row, name)
        values.append(value.isoformat() if isinstance(value, date | datetime) else value)
    raw = json.dumps(values, default=str, separators=(",", ":")).encode("utf-8")
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _keys(token: str, length: int) -> list[Any] | None:
    """The keys in a token; None from anything that we did not write."""
    try:
        found = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, binascii.Error):
        return None
    fits = isinstance(found, list) and len(found) == length
    return found if fits and all(isinstance(one, str | int | float) for one in found) else None


def _beyond(names: Sequence[str], descending: Sequence[bool], keys: Sequence[Any], back: bool) -> Q:
    """Rows after these keys in the list's order (before them when going back)."""
    condition = Q()
    equal: dict[str, Any] = {}
    for name, falls, key in zip(names, descending, keys, strict=True):
        sense = "lt" if falls != back else "gt"
        condition |= Q(**equal, **{f"{name}__{sense}": key})
        equal[name] = key
    return condition


def _turned(by: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in by]


def page_of(
    rows: QuerySet[Any],
    request: HttpRequest,
    *,
    by: Sequence[str] = ("-pk",),
    size: int = 25,
    count: bool = True,
    read: Callable[[QuerySet[Any]], Iterable[Any]] = iter,
) -> Page:
    """A page of a query set in the order `by` (its last key unique, none null). At most two queries; `read` makes the
    items of the rows that the page shows, each of which keeps the keys of `by`."""
    names = [name.lstrip("-") for name in by]
    falls = [name.startswith("-") for name in by]
    back = "before" in request.GET
    token = request.GET.get("before" if back else "after", "")
    keys = _keys(token, len(names)) if token else None
    back = back and keys is not None
    found = rows.order_by(*(_turned(by) if back else by))
    if keys is not None:
        try:
            found = found.filter(_beyond(names, falls, keys, back))
        except (ValueError, TypeError):
            keys, back = None, False
            found = rows.order_by(*by)
    items = list(read(found[: size + 1]))
    further = len(items) > size
    items = items[:size][::-1] if back else items[:size]
    whole = len(items) if keys is None and not further else None  # the first page has them all
    total = (rows.order_by()[: COUNTED + 1].count() if whole is None else whole) if count else None
    older = bool(items) and (further or back)
    newer = bool(items) and (further if back else keys is not None)
    return Page(
        items=items,
        older=_query(request, after=_token(items[-1], names)) if older else "",
        newer=_query(request, before=_token(items[0], names)) if newer else "",
        count=None if total is None else min(total, COUNTED),
        more_than=total is not None and total > COUNTED,
    )


def page_of_list(
    rows: Sequence[Any] | Callable[[int, int], Sequence[Any]], request: HttpRequest, *, size: int = 25
) -> Page:
    """A page of a list in memory, or of a function of (offset, limit); never farther than 10,000 rows."""
    asked = request.GET.get("from", "0")
    start = min(int(asked), FARTHEST) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 0
    items = rows(start, size + 1) if callable(rows) else rows[start : start + size + 1]
    further = len(items) > size
    return Page(
        items=items[:size],
        older=_query(request, **{"from": str(start + size)}) if further else "",
        newer=_query(request, **{"from": str(max(0, start - size))}) if start else "",
        count=None if callable(rows) else min(len(rows), COUNTED),
        more_than=not callable(rows) and len(rows) > COUNTED,
    )
