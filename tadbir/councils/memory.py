"""What a process reads once and keeps: the calendar of a council, its seal keys, its own definitions.

A council's row carries a stamp, and every request reads that row anyway. Who changes what is kept calls
`councils.actions.renew_stamp` in the same transaction: every process then reads again at its next request.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

from tadbir.councils.scope import current_council

P = ParamSpec("P")
T = TypeVar("T")


def look_again() -> None:
    """See a change that came since this process read the council's row.

    Asked once the transaction holds a lock that the writer of the change held too, so that none slips between.
    """
    council = current_council()
    with connection.cursor() as cursor:  # asked at every record: a question that Django need not put together
        cursor.execute("SELECT stamp FROM councils_council WHERE id = %s", [council.pk])
        council.stamp = cursor.fetchone()[0]


def read_once(read: Callable[P, T]) -> Callable[P, T]:
    """Keep, for each council, the latest answer of `read` until the council's stamp or the arguments change."""
    kept: dict[int, tuple[object, T]] = {}

    @wraps(read)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        council = current_council()
        asked = (council.stamp, args, tuple(sorted(kwargs.items())))
        found = kept.get(council.pk)
        if found is None or found[0] != asked:
            found = kept[council.pk] = (asked, read(*args, **kwargs))
        return found[1]

    return ask
