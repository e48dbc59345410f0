"""A council's own changes to the rules, as data: which rule, which version it corrects, from when, why, on what ground.

docs/law.md, "When a council differs", has the keys; bounds.py says what may be changed; decisions/0011 says why.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from .bilingual import toml_of, words
from .errors import LawError
from .rule import Words
from .table import Table
from .vocabulary import OWNERS

#: What a change may replace in a rule. A change of start, shape or kind of dossier is another rule.
KEYS = ("owner", "sentence", "max", "counting", "article")
LONGEST_TEXT = 300


def digest_of(said: Any) -> str:
    """A hash of plain data, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """One change of one rule. It holds from `since` until the day before `over_from`.

    `corrects`: the stamp of the shipped rule it corrects; `shipped`: that rule's own text, where it was kept.
    """

    rule: str
    corrects: str
    since: date
    reason: Words
    source: str
    off: bool = False
    keys: Mapping[str, Any] = field(default_factory=dict)
    over_from: date | None = None
    shipped: str = ""
    where: str = "overlay"

    @property
    def digest(self) -> str:
        """A hash of what it says; its end is not part of it, because that does not change what it made."""
        said = [
            self.rule,
            self.corrects,
            self.since.isoformat(),
            self.reason.ar,
            self.reason.fr,
            self.source,
            self.off,
            dict(self.keys),
        ]
        return digest_of(said)

    @property
    def sentence(self) -> Words | None:
        """The new sentence, if it has one."""
        said = self.keys.get("sentence")
        return Words(said["ar"], said["fr"]) if said else None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.over_from is None or day < self.over_from)


@dataclass(frozen=True)
class Overlay:
    """All the changes of one council, those that are over too: they explain what they made."""

    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        for changes in self.by_rule().values():
            for one, other in pairwise(changes):
                if one.over_from is None or one.over_from > other.since:
                    raise LawError(other.where, f"rule: two changes of {other.rule} hold on {other.since}")

    def by_rule(self) -> dict[str, list[Change]]:
        """The changes of each rule, the earliest first; those that were over before they began are left out."""
        found: dict[str, list[Change]] = {}
        for change in sorted(self.changes, key=lambda one: one.since):
            if change.over_from is None or change.since < change.over_from:
                found.setdefault(change.rule, []).append(change)
        return found


@dataclass(frozen=True)
class Conflict:
    """A change that no longer fits the shipped rules, and which version applies until somebody settles it.

    `code`: changed, unknown, unreadable or refused. `applies`: council or shipped.
    """

    rule: str
    code: str
    applies: str
    where: str
    ar: str
    fr: str


def parse_overlay(text: str, where: str) -> Overlay:
    """The overlay of one TOML text: `[[change]]` tables. Raises LawError naming the text, the change and the key."""
    table = Table(toml_of(text, where), where)
    tables = table.tables("change")
    changes = tuple(read_change(inner) for inner in tables)
    table.read.add("change")
    table.done()
    return Overlay(changes)


def change_from(raw: Mapping[str, Any], where: str) -> Change:
    """One change from a mapping with the same keys (a form, a row). Raises LawError naming `where` and the key."""
    return read_change(Table(dict(raw), where))


def read_change(table: Table) -> Change:
    """One change. Raises LawError for an unknown, missing or mistyped key, and where nothing is changed."""
    change = Change(
        rule=table.text("rule"),
        corrects=table.text("corrects"),
        since=table.day("from"),
        over_from=table.optional_day("over_from"),
        reason=_plain_words(table, "reason"),
        source=_plain(table, "source", table.text("source")),
        off=table.flag("off", False),
        keys=_keys(table),
        shipped=table.optional_text("shipped") or "",
        where=table.where,
    )
    table.read.add("off")
    table.done()
    if change.off == bool(change.keys):
        raise table.refuse("off", f"give either off = true or one of {', '.join(KEYS)}")
    return change


def _keys(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if table.has("owner"):
        found["owner"] = table.required_choice("owner", tuple(OWNERS))
    if table.has("sentence"):
        said = _plain_words(table, "sentence")
        if said.ar.endswith(".") or said.fr.endswith("."):
            raise table.refuse("sentence", "no full stop: it is added where the sentence is quoted")
        found["sentence"] = {"ar": said.ar, "fr": said.fr}
    if table.has("max"):
        found["max"] = table.integer("max", None, 1, 365)
    if table.has("counting"):
        found["counting"] = table.required_choice("counting", ("plain", "full"))
    if table.has("article"):
        found["article"] = _plain(table, "article", table.text("article"))
    return found


def _plain_words(table: Table, key: str) -> Words:
    said = words(table, key)
    if any("\u0600" <= letter <= "\u06ff" for letter in said.fr):
        raise table.refuse(f"{key}.fr", "written in Arabic letters")
    return Words(_plain(table, f"{key}.ar", said.ar), _plain(table, f"{key}.fr", said.fr))


def _plain(table: Table, key: str, text: str) -> str:
    """One line of reasonable length, without controls that could turn the text around it."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise table.refuse(key, f"longer than {LONGEST_TEXT} letters")
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for letter in text):
        raise table.refuse(key, "holds a line break or an invisible character")
    return text
