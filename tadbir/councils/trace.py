"""Who gave which role, link or delegation goes into the register, which stands above the councils: it listens here,
and finds the last one again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

Listener = Callable[[str, Mapping[str, Any]], object]
Reader = Callable[[str], tuple[int | None, datetime] | None]
_listeners: list[Listener] = []
_readers: list[Reader] = []


def listen(listener: Listener) -> None:
    """Declare, when the register starts, what keeps the traces."""
    if listener not in _listeners:
        _listeners.append(listener)


def read_by(reader: Reader) -> None:
    """Declare, when the register starts, what finds a trace again."""
    if reader not in _readers:
        _readers.append(reader)


def last(row: str) -> tuple[int | None, datetime] | None:
    """Which person (his key) last did something to a row, named as `role:5`, and when; None where no trace says it."""
    return next((found for reader in _readers if (found := reader(row))), None)


def leave(kind: str, **fields: Any) -> None:
    """Leave a trace, in the transaction of the deed or in one of its own. Fields are small and never personal."""
    with transaction.atomic():
        for listener in _listeners:
            listener(kind, fields)
