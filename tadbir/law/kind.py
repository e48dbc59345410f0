"""A kind of fact as a row of data: its words, what its data may hold, what it asks or answers, who corrects it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .bilingual import arabic_and_french, toml_of
from .rule import Words
from .table import Table

#: Whom a fact may ask: whoever filed, a unit of the house, or a body that is the owner of duties elsewhere.
ASKED = ("person", "unit", "president", "administrations", "governor", "cndp", "cdai")
#: true: the dossier leaves every tray. "unanswered": it does so without an answer. "again": it leaves them anew, if
#: it had ended before a remedy opened it.
CLOSES = ("answered", "unanswered", "again")
#: Whoever works on the dossier; those who answer for the council (director, president); nobody.
CORRECTORS = ("worker", "answerable", "nobody")


def _day(value: Any) -> bool:
    if isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            return False
        return True
    return isinstance(value, date) and not isinstance(value, datetime)


def _texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


#: What a key of a fact's data may hold: small typed values, never anything personal. With a "?", also nothing.
TYPES_OF_DATA: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "day": _day,
    "texts": _texts,
    "list": lambda value: isinstance(value, list | tuple),
}


@dataclass(frozen=True)
class FactKind(Words):
    """One kind of fact. docs/law.md, "Add a kind of fact", has the meaning of each key."""

    code: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    asks: str = ""
    answered_by: tuple[str, ...] = ()
    closes: str = ""
    reopens: bool = False
    shown: bool = False
    public: bool = False
    received: bool = False
    refuses: bool = False
    elsewhere: bool = False
    of_person: bool = False
    corrected_by: str = "answerable"
    unused: str = ""
    file: str = field(default="", compare=False)

    def fault(self, data: Mapping[str, Any]) -> str:
        """What is wrong with the data of such a fact, naming the key; nothing where they are as the row says."""
        for key, value in data.items():
            name = self.keys.get(key)
            if name is None:
                return f"{key}: unknown key; the row of {self.code} holds {', '.join(self.keys) or 'none'}"
            if value is None and name.endswith("?"):
                continue
            if not TYPES_OF_DATA[name.removesuffix("?")](value):
                return f"{key}: expected {name}, not {value!r}"
        return ""


def parse_kinds(text: str, where: str) -> Iterator[FactKind]:
    """The kinds of fact of one file, in its order. Raises LawError naming the file, the kind and the key."""
    table = Table(toml_of(text, where), where)
    for code in table.raw:
        yield _kind(code, table.table(code))


def _kind(code: str, table: Table) -> FactKind:
    said = arabic_and_french(table)
    kind = FactKind(
        said.ar,
        said.fr,
        code=code,
        keys=_keys(table),
        asks=table.choice("asks", ASKED, "") or "",
        answered_by=tuple(table.texts("answered_by")) if table.has("answered_by") else (),
        closes=_closes(table),
        reopens=table.flag("reopens", False),
        shown=table.flag("shown", False),
        public=table.flag("public", False),
        received=table.flag("received", False),
        refuses=table.flag("refuses", False),
        elsewhere=table.flag("elsewhere", False),
        of_person=table.flag("of_person", False),
        corrected_by=table.choice("corrected_by", CORRECTORS, None) or "answerable",
        unused=table.optional_text("unused") or "",
        file=table.file,
    )
    table.done()
    return kind


def _keys(table: Table) -> dict[str, str]:
    keys = table.mapping("keys")
    for key, name in keys.items():
        if not isinstance(name, str) or name.removesuffix("?") not in TYPES_OF_DATA:
            raise table.refuse(f"keys.{key}", f"{name!r} is unknown; expected one of {', '.join(TYPES_OF_DATA)}")
    return keys


def _closes(table: Table) -> str:
    if not table.has("closes"):
        return ""
    if isinstance(table.raw["closes"], bool):
        return "answered" if table.flag("closes") else ""
    return table.required_choice("closes", CLOSES[1:])
