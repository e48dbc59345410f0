"""Reading TOML that speaks both languages: every refusal names the file and the key."""

from __future__ import annotations

import tomllib
from typing import Any

from .errors import LawError
from .rule import Words
from .table import Table


def toml_of(text: str, where: str) -> dict[str, Any]:
    """The table of one TOML text. Raises LawError naming the text where it cannot be read."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise LawError(where, f"not readable as TOML, or a date that does not exist: {error}") from error


def _arabic(said: Words, table: Table, key: str) -> Words:
    if not any("\u0600" <= letter <= "\u06ff" for letter in said.ar):
        raise table.refuse(key, f"no Arabic letter in {said.ar!r}")
    return said


def arabic_and_french(table: Table, ar: str = "ar", fr: str = "fr") -> Words:
    """Two keys of a table. Raises LawError where the Arabic is not Arabic."""
    return _arabic(Words(table.text(ar), table.text(fr)), table, ar)


def words(table: Table, key: str) -> Words:
    """An inner table with Arabic and French and nothing else. Raises LawError where the Arabic is not Arabic."""
    inner = table.table(key)
    said = Words(inner.text("ar"), inner.text("fr"))
    inner.done()
    return _arabic(said, table, f"{key}.ar")
