"""From a table to a sheet: each value checked against its type, each key known, what contradicts itself refused."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tadbir import law
from tadbir.procedures.sheet import FIELD_TYPES, Question, RequiredDocument, SheetBody, SheetError
from tadbir.register.canonical import canonical, sha256_hex

T = TypeVar("T")


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


def _check_documents(sheet: SheetBody, where: str) -> None:
    """An essential document is required of everybody, by whoever asks; others name kinds of people who may ask."""
    for document in sheet.documents:
        if document.essential and (document.optional or document.only or document.obtained_by != "user"):
            raise SheetError(f"{where}.documents.{document.code}: what is essential is asked of everybody")
        if not set(document.only) <= set(sheet.audience):
            raise SheetError(f"{where}.documents.{document.code}.only: nobody of another kind asks for this")


def _check_bounds(sheet: SheetBody, where: str) -> None:
    """A number is bounded by numbers, a date by the day of filing, another answer by nothing."""
    for question in sheet.questions:
        key = f"{where}.questions.{question.code}"
        if (question.min, question.max, question.enough) != (None, None, None) and question.type != "number":
            raise SheetError(f"{key}: only a number has min, max and enough")
        if question.enough is not None and not (question.few_ar and question.few_fr):
            raise SheetError(f"{key}: say in both languages what fewer than enough means")
        if question.min is not None and question.max is not None and question.min > question.max:
            raise SheetError(f"{key}: min is more than max")
        if not set(question.only) <= set(sheet.audience):
            raise SheetError(f"{key}.only: nobody of another kind asks for this")
        for bound in (question.not_before, question.not_after):
            if bound and (bound != "today" or question.type != "date"):
                raise SheetError(f"{key}: only a date has not_before and not_after, and they say «today»")


def parse_sheet(table: Any, where: str) -> SheetBody:
    """Check a sheet and type it. Raises SheetError naming the key that is wrong."""
    sheet = _table(SheetBody, table, where)
    _check_words(sheet, where)
    _check_documents(sheet, where)
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
