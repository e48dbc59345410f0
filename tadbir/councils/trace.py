"""Who gave which role, link or delegation goes into the register, which stands above the councils: it listens here,
and finds the last one again."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

#: Said where something written by hand would be used, or written over.
UNKNOWN = _(
    "The register does not know this power, or this entry, as it stands here. Nothing was done. Tell whoever keeps the "
    "machine: “tadbir prove” says why."
)
Listener = Callable[[str, Mapping[str, Any]], object]
Reader = Callable[[str], tuple[int | None, datetime] | None]
Asked = Callable[[str, int], bool]
Told = Callable[[str, int], Mapping[str, Any]]
_listeners: list[Listener] = []
_readers: list[Reader] = []
_asked: list[Asked] = []
_told: list[Told] = []


def listen(listener: Listener) -> None:
    """Declare, when the register starts, what keeps the traces."""
    if listener not in _listeners:
        _listeners.append(listener)


def read_by(reader: Reader) -> None:
    """Declare, when the register starts, what finds a trace again."""
    if reader not in _readers:
        _readers.append(reader)


def ask_by(asked: Asked, told: Told) -> None:
    """Declare, when the register starts, what knows whether a row stands as its traces say, and what they say of it."""
    if asked not in _asked:
        _asked.append(asked)
        _told.append(told)


def stands(noun: str, key: int) -> bool:
    """Whether a row (`role`, 5) is what true traces say of it: asked where its power is used, and before a new one."""
    return all(asked(noun, key) for asked in _asked)


def told(noun: str, key: int) -> Mapping[str, Any]:
    """What the true traces of a row say of it; nothing where there is none."""
    return next((said for knows in _told if (said := knows(noun, key))), {})


def require_known(noun: str, key: int) -> None:
    """Raise PermissionDenied where a row is not what its traces say: a new one would hide what was written by hand."""
    if not stands(noun, key):
        raise PermissionDenied(UNKNOWN)


def last(row: str) -> tuple[int | None, datetime] | None:
    """Which person (his key) last did something to a row, named as `role:5`, and when; None where no trace says it."""
    return next((found for reader in _readers if (found := reader(row))), None)


def leave(kind: str, **fields: Any) -> None:
    """Leave a trace, in the transaction of the deed or in one of its own. Fields are small and never personal."""
    with transaction.atomic():
        for listener in _listeners:
            listener(kind, fields)
