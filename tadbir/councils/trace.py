"""Who gave which role, link or delegation goes into the register, which stands above the councils: it listens here."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

Listener = Callable[[str, Mapping[str, Any]], object]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Declare, when the register starts, what keeps the traces."""
    if listener not in _listeners:
        _listeners.append(listener)


def leave(kind: str, **fields: Any) -> None:
    """Leave a trace, in the transaction of the deed or in one of its own. Fields are small and never personal."""
    with transaction.atomic():
        for listener in _listeners:
            listener(kind, fields)
