"""The shape of a sheet: what law 55-19, article 6, asks for, typed and checked. An unknown key is an error.

A sheet is data that a council can read and correct; `parse_sheet` turns a TOML table (or the JSON kept in
the database) into frozen objects and says exactly which key is wrong.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tadbir import law
from tadbir.councils.models import in_language
from tadbir.register.canonical import canonical, sha256_hex

FIELD_TYPES = ("text", "long_text", "date", "number", "choice", "phone", "email")
T = TypeVar("T")


class SheetError(ValueError):
    """A sheet is not well formed; the message names the sheet and the key."""


@dataclass(frozen=True)
class LegalBasis:
    """A text the sheet rests on, and how sure we are of it."""

    ar: str
    fr: str
    article: str = ""
    confidence: str = "memory"


@dataclass(frozen=True)
class RequiredDocument:
    """One document of the file; `obtained_by` says who gets it (law 55-19, articles 6 and 23)."""

    code: str
    ar: str
    fr: str
    obtained_by: str = "user"  # user, or administration
    issuer_ar: str = ""
    issuer_fr: str = ""
    basis: str = ""  # the text that allows the council to require it
    basis_fr: str = ""
    basis_confidence: str = "memory"
    optional: bool = False
    help_ar: str = ""
    help_fr: str = ""

    @property
    def label(self) -> str:
        """Name in the reader's language."""
        return in_language(self.ar, self.fr)

    @property
    def help(self) -> str:
        """Help in the reader's language."""
        return in_language(self.help_ar, self.help_fr)

    @property
    def ground(self) -> str:
        """The basis in the reader's language; in Arabic where the sheet does not say it in French."""
        return in_language(self.basis, self.basis_fr or self.basis)


#: The code of the choice by which a person asks for the answer by e-mail: without an address it cannot be kept.
BY_MAIL = "email"


@dataclass(frozen=True)
class Choice:
    """One possible answer."""

    code: str
    ar: str
    fr: str

    @property
    def label(self) -> str:
        """Text in the reader's language."""
        return in_language(self.ar, self.fr)


@dataclass(frozen=True)
class Question:
    """One thing the form asks."""

    code: str
    type: str
    ar: str
    fr: str
    required: bool = True
    help_ar: str = ""
    help_fr: str = ""
    max_length: int = 200
    choices: tuple[Choice, ...] = ()
    min: int | None = None  # of a number
    max: int | None = None
    not_before: str = ""  # of a date: "today", the day of filing
    not_after: str = ""

    @property
    def label(self) -> str:
        """Text in the reader's language."""
        return in_language(self.ar, self.fr)

    @property
    def help(self) -> str:
        """Help in the reader's language."""
        return in_language(self.help_ar, self.help_fr)


@dataclass(frozen=True)
class Wording:
    """A paragraph of a letter, with {placeholders} filled from the dossier."""

    ar: str
    fr: str = ""


@dataclass(frozen=True)
class SheetBody:
    """A whole sheet (law 55-19, article 6, items 1 to 7)."""

    code: str
    number: int
    regime: str
    ar: str
    fr: str
    summary_ar: str
    summary_fr: str
    audience: tuple[str, ...]
    legal: tuple[LegalBasis, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    questions: tuple[Question, ...] = ()
    conditions: tuple[Wording, ...] = ()
    cost_ar: str = "مجاني"
    cost_fr: str = "Gratuit"
    proposed_delay_days: int | None = None
    delay_note_ar: str = ""
    delay_note_fr: str = ""
    investment: bool = False
    extendable: bool = False
    expertise_ar: str = ""
    expertise_fr: str = ""
    silence_ar: str = ""
    silence_fr: str = ""
    personal_data: tuple[str, ...] = ("identity", "contact")
    retention_months: int = 60
    signpost_ar: str = ""
    signpost_fr: str = ""
    keywords: tuple[str, ...] = ()
    granted: Wording = field(default_factory=lambda: Wording(""))
    refused: Wording = field(default_factory=lambda: Wording(""))

    @property
    def name(self) -> str:
        """Name of the service in the reader's language."""
        return in_language(self.ar, self.fr)

    @property
    def summary(self) -> str:
        """One sentence on it in the reader's language."""
        return in_language(self.summary_ar, self.summary_fr)

    @property
    def asked_of_user(self) -> tuple[RequiredDocument, ...]:
        """The documents the person supplies (the others the council gets itself)."""
        return tuple(document for document in self.documents if document.obtained_by == "user")

    def answers_by_mail(self, answers: Mapping[str, object]) -> bool:
        """Whether whoever answered so asked for the answer by e-mail."""
        return any(question.type == "choice" and answers.get(question.code) == BY_MAIL for question in self.questions)

    @property
    def required_codes(self) -> frozenset[str]:
        """Codes of the documents without which the file is not complete."""
        return frozenset(document.code for document in self.asked_of_user if not document.optional)

    def document(self, code: str) -> RequiredDocument | None:
        """A document by its code."""
        return next((document for document in self.documents if document.code == code), None)


@cache
def _shape(shape: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Types and fields of a table, read once: pages ask for sheets all day."""
    return get_type_hints(shape), {item.name: item for item in fields(shape)}


def _value(hint: Any, value: Any, where: str) -> Any:
    """Check one value against its declared type and convert nested tables."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise SheetError(f"{where}: a list is expected")
        return tuple(_value(get_args(hint)[0], item, f"{where}[{rank}]") for rank, item in enumerate(value, 1))
    if hasattr(hint, "__dataclass_fields__"):
        return _table(hint, value, where)
    kinds = tuple(kind for kind in (get_args(hint) or (hint,)))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        raise SheetError(f"{where}: {value!r} is not of the right type")
    return value


def _table(shape: type[T], table: Any, where: str) -> T:
    """Turn one table into `shape`. Raises SheetError for an unknown, missing or mistyped key."""
    if not isinstance(table, Mapping):
        raise SheetError(f"{where}: a table is expected")
    hints, known = _shape(shape)  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise SheetError(f"{where}: unknown key «{key}»")
    for name, item in known.items():
        if name not in table and item.default is MISSING and item.default_factory is MISSING:
            raise SheetError(f"{where}: «{name}» is missing")
    return shape(**{key: _value(hints[key], value, f"{where}.{key}") for key, value in table.items()})


def _check_words(sheet: SheetBody, where: str) -> None:
    """Closed lists and the texts that both languages must have."""
    regimes = tuple(code for code, regime in law.REGIMES.items() if regime.opened_by == "person")
    checks: list[tuple[str, tuple[str, ...], str]] = [(sheet.regime, regimes, "regime")]
    checks += [(question.type, FIELD_TYPES, f"questions.{question.code}.type") for question in sheet.questions]
    checks += [(basis.confidence, tuple(law.CONFIDENCES), "legal.confidence") for basis in sheet.legal]
    checks += [(doc.obtained_by, ("user", "administration"), f"documents.{doc.code}") for doc in sheet.documents]
    for value, allowed, key in checks:
        if value not in allowed:
            raise SheetError(f"{where}.{key}: «{value}» is not one of {', '.join(allowed)}")
    named: tuple[SheetBody | RequiredDocument | Question, ...] = (sheet, *sheet.documents, *sheet.questions)
    for item in named:
        if not item.ar.strip() or not item.fr.strip():
            raise SheetError(f"{where}.{item.code}: Arabic and French are both needed")
    for codes in ([item.code for item in sheet.documents], [item.code for item in sheet.questions]):
        if len(codes) != len(set(codes)):
            raise SheetError(f"{where}: a code is used twice")


def _check_bounds(sheet: SheetBody, where: str) -> None:
    """A number is bounded by numbers, a date by the day of filing, another answer by nothing."""
    for question in sheet.questions:
        key = f"{where}.questions.{question.code}"
        if (question.min, question.max) != (None, None) and question.type != "number":
            raise SheetError(f"{key}: only a number has min and max")
        if question.min is not None and question.max is not None and question.min > question.max:
            raise SheetError(f"{key}: min is more than max")
        for bound in (question.not_before, question.not_after):
            if bound and (bound != "today" or question.type != "date"):
                raise SheetError(f"{key}: only a date has not_before and not_after, and they say «today»")


def parse_sheet(table: Any, where: str) -> SheetBody:
    """Check a sheet and type it. Raises SheetError naming the key that is wrong."""
    sheet = _table(SheetBody, table, where)
    _check_words(sheet, where)
    _check_bounds(sheet, where)
    return sheet


@lru_cache(maxsize=512)
def _parsed(text: str, where: str) -> SheetBody:
    return parse_sheet(json.loads(text), where)


def kept_sheet(body: Any, where: str) -> SheetBody:
    """A sheet kept in the database, typed; equal bodies are parsed once."""
    return _parsed(json.dumps(body), where)


def digest_of(table: Any) -> str:
    """The digest of a sheet's text, whatever the order of its keys."""
    return sha256_hex(canonical(table))


def catalogue() -> dict[str, dict[str, Any]]:
    """The sheets Tadbir ships, by code, as raw tables (each is checked when it is taken)."""
    found = {}
    for entry in sorted((files("tadbir.procedures") / "sheets").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            table = tomllib.loads(entry.read_text("utf-8"))
            found[str(table.get("code", entry.name))] = table
    return found
