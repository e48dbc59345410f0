"""What a link of the chain is about: one row of some table, named as `role:5` or `act:R-2026-00066`.

An app declares, when it starts, under which of its fields a kind of link names its row. The name stands beside the link
in a column with an index, so that a row finds every link that ever spoke of it; it is no part of the hash, because it
follows from what is: the proof of the register compares the two.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple


class _Named(NamedTuple):
    noun: str
    key: str
    when: tuple[str, ...]


_named: dict[str, _Named] = {}


def declare(noun: str, key: str, *kinds: str, when: tuple[str, ...] = ()) -> None:
    """These kinds of link name a `noun` in their field `key`; with `when`, only those with one of these fields too."""
    _named.update(dict.fromkeys(kinds, _Named(noun, key, when)))


def kinds() -> frozenset[str]:
    """Every kind of link that names a row."""
    return frozenset(_named)


def about(kind: str, fields: Mapping[str, Any]) -> str:
    """The row that a link is about; nothing when it is about none."""
    named = _named.get(kind)
    if named is None or fields.get(named.key) in (None, ""):
        return ""
    if named.when and not any(name in fields for name in named.when):
        return ""
    return f"{named.noun}:{fields[named.key]}"
