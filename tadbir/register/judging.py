"""Judging what anybody may have changed: what cannot even be read is a difference, and the rest is judged.

Whoever can write into the database may put into a column what the program never writes there: a number for a list, a
link without the field that its kind has, words for a day. The proof reads some hundred rows at once; where that fails
it reads them in halves, down to the one that cannot be read, names it, and has lost nothing of the others.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, models, transaction

from tadbir.register.models import Entry, ranked

One = TypeVar("One")
Found = TypeVar("Found")
Row = TypeVar("Row", bound=models.Model)
#: When a link that cannot be read was made.
_NOWHEN = datetime(1970, 1, 1, tzinfo=UTC)


def cannot_be_read(error: Exception) -> str:
    """What is said of a row or a link that holds what the program never writes."""
    return f"cannot be read: it, or a link about it, holds what Tadbir never wrote there ({type(error).__name__})"


def stops(error: Exception) -> bool:
    """Whether an error is of the machine (the database is gone, is locked, there is no memory), and not of one row."""
    if isinstance(error, OperationalError):
        return "decode" not in str(error)  # SQLite: a text that is no UTF-8
    return isinstance(error, InterfaceError | MemoryError)


def judged(
    judge: Callable[[Sequence[One]], Iterable[Found]],
    items: Sequence[One],
    unreadable: Callable[[One, Exception], Found],
) -> list[Found]:
    """What `judge` finds in these; one that it cannot read is what `unreadable` makes of it."""
    if not items:
        return []
    try:
        return _apart(lambda: list(judge(items)))
    except Exception as error:
        if stops(error):
            raise
        if len(items) == 1:
            return [unreadable(items[0], error)]
    half = len(items) // 2
    return [*judged(judge, items[:half], unreadable), *judged(judge, items[half:], unreadable)]


def _apart(do: Callable[[], Found]) -> Found:
    """Where a transaction is open, in a savepoint of it: what the database refuses of one row spoils nothing else."""
    if not connection.in_atomic_block:
        return do()
    with transaction.atomic():
        return do()


def read(rows: "models.QuerySet[Row]", keys: Sequence[int]) -> tuple[list[Row], dict[int, Exception]]:
    """The rows of these keys, in their order, and those that cannot be read."""
    unread: dict[int, Exception] = {}

    def load(some: Sequence[int]) -> Iterator[Row | None]:
        yield from rows.filter(pk__in=some).order_by("pk")

    def keep(key: int, error: Exception) -> None:
        unread[key] = error

    return [row for row in judged(load, keys, keep) if row is not None], unread


def read_links(after: int, count: int) -> list[Entry]:
    """The links after this rank, in order; one that cannot be read stands there without what it says."""

    def load(some: Sequence[int]) -> Iterator[Entry]:
        yield from Entry.objects.filter(pk__in=some).order_by("seq", "pk")

    def bare(key: int, _error: Exception) -> Entry:
        told = Entry.objects.filter(pk=key).values("pk", "seq", "previous", "hash")[0]
        return Entry(**told, kind="", at=_NOWHEN, fields={})  # its hash is no longer that of what stands there

    keys = ranked().filter(seq__gt=after).order_by("seq", "pk").values_list("pk", flat=True)
    return judged(load, list(keys[:count]), bare)
