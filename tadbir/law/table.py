"""A table of a TOML file that remembers which keys were read, so that an unknown one cannot pass unseen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from .errors import LawError


class Table:
    """Typed access to a TOML table. Every refusal is a LawError naming the file and the key."""

    def __init__(self, raw: dict[str, Any], where: str, path: str = "") -> None:
        self.raw, self.file, self.path = raw, where, path
        self.read: set[str] = set()

    @property
    def where(self) -> str:
        """The file, and the table inside it."""
        return f"{self.file} [{self.path}]" if self.path else self.file

    def refuse(self, key: str, what: str) -> LawError:
        """The error for a key of this table."""
        return LawError(self.where, f"{key}: {what}")

    def has(self, key: str) -> bool:
        """Whether the key is present."""
        return key in self.raw

    def take(self, key: str, kind: type, words: str) -> Any:
        """The value of a key that must be there."""
        self.read.add(key)
        if key not in self.raw:
            raise self.refuse(key, f"missing; expected {words}")
        value = self.raw[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.refuse(key, f"expected {words}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value: str = self.take(key, str, "a text")
        if not value.strip():
            raise self.refuse(key, "empty")
        return value

    def optional_text(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        return self.text(key) if key in self.raw else None

    def texts(self, key: str) -> list[str]:
        """A list of texts, not empty."""
        values: list[Any] = self.take(key, list, "a list of texts")
        if not values or not all(isinstance(value, str) for value in values):
            raise self.refuse(key, "expected a list of texts, not empty")
        return values

    def flag(self, key: str, default: bool | None = None) -> bool:
        """true or false."""
        if key not in self.raw and default is not None:
            return default
        return bool(self.take(key, bool, "true or false"))

    def integer(self, key: str, default: int | None = None, least: int = 0, most: int = 100_000) -> int:
        """A whole number between two bounds."""
        if key not in self.raw and default is not None:
            return default
        value: int = self.take(key, int, "a whole number")
        if not least <= value <= most:
            raise self.refuse(key, f"expected between {least} and {most}, not {value}")
        return value

    def optional_integer(self, key: str, least: int = 0, most: int = 100_000) -> int | None:
        """A whole number, or None where the key is absent."""
        return self.integer(key, None, least, most) if key in self.raw else None

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        values: list[Any] = self.take(key, list, "a list of whole numbers")
        if not values or not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            raise self.refuse(key, "expected a list of whole numbers, not empty")
        return tuple(values)

    def day(self, key: str) -> date:
        """A date without hour."""
        value: date = self.take(key, date, "a date (2020-09-28)")
        if isinstance(value, datetime):
            raise self.refuse(key, "expected a date without hour")
        return value

    def optional_day(self, key: str) -> date | None:
        """A date, or None where the key is absent."""
        return self.day(key) if key in self.raw else None

    def required_choice(self, key: str, choices: Sequence[str]) -> str:
        """One of a closed set."""
        value = self.text(key)
        if value not in choices:
            raise self.refuse(key, f"{value!r} is unknown; expected one of {', '.join(choices)}")
        return value

    def choice(self, key: str, choices: Sequence[str], default: str | None) -> str | None:
        """One of a closed set, or a default where the key is absent."""
        return self.required_choice(key, choices) if key in self.raw else default

    def mapping(self, key: str) -> dict[str, Any]:
        """A filter on data: a flat table of texts, numbers, true/false, or lists of these. Empty if absent."""
        if key not in self.raw:
            return {}
        value: dict[str, Any] = self.take(key, dict, "a table")
        for name, item in value.items():
            items = item if isinstance(item, list) else [item]
            if not all(isinstance(one, (str, int, bool)) for one in items):
                raise self.refuse(f"{key}.{name}", "expected a text, a number, true, false or a list of these")
        return value

    def _inner(self, raw: dict[str, Any], key: str) -> Table:
        return Table(raw, self.file, f"{self.path}.{key}" if self.path else key)

    def table(self, key: str) -> Table:
        """An inner table that must be there."""
        return self._inner(self.take(key, dict, "a table"), key)

    def optional_table(self, key: str) -> Table | None:
        """An inner table, or None where the key is absent."""
        return self.table(key) if key in self.raw else None

    def tables(self, key: str) -> list[Table]:
        """A list of tables; empty where the key is absent."""
        if key not in self.raw:
            return []
        values: list[Any] = self.take(key, list, "a list of tables")
        if not all(isinstance(value, dict) for value in values):
            raise self.refuse(key, "expected a list of tables")
        return [self._inner(value, f"{key}.{number}") for number, value in enumerate(values, 1)]

    def done(self) -> None:
        """Refuse whatever was not read."""
        unknown = sorted(set(self.raw) - self.read)
        if unknown:
            raise self.refuse(unknown[0], "unknown key")
