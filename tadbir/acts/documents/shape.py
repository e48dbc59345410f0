"""The shape of an act document, checked before a number is given: what passes here can be printed later."""

import unicodedata
from datetime import date, datetime
from typing import Any

from tadbir.acts.documents.bidi import clean
from tadbir.acts.documents.fonts import replaceable
from tadbir.acts.documents.layout import LAYOUTS

_UNSEEN = "".join(chr(c) for c in range(0x3001) if chr(c).isspace() or unicodedata.category(chr(c)) == "Cf")
STATES = ("filed", "filing", "registered", "withdrawn", "code")
FILLED = frozenset(
    {
        "v",
        "layout",
        "council",
        "kind",
        "number",
        "date",
        "series",
        "dossier",
        "register_head",
        "demo",
        "issued_at",
        "signature",
    }
)
_LARGEST = 400_000  # characters of an act: about 200 pages


class WrongShape(ValueError):
    """The document lacks something or holds something of another type; the message names the place."""


def check_body(layout: str, body: dict[str, Any]) -> None:
    """What the caller gives to `issue` for a layout: everything but what `issue` fills in. Raises `WrongShape`."""
    for key in FILLED & body.keys():
        raise WrongShape(f"{key}: filled in by issue, do not give it")
    _text(body, "title_ar")
    if not isinstance(body.get("title_fr", ""), str):
        raise WrongShape("title_fr: text expected")
    _lists(body)
    if body.get("recipient") is not None:
        _text(body["recipient"], "name_ar", "recipient.")
    if layout not in LAYOUTS:
        raise WrongShape(f"no layout is called {layout}")
    if layout == "receipt":
        _receipt(body.get("receipt"))
    elif layout == "letter":
        _text(body, "sender_ar")
    elif layout == "blank_receipts" and not (_items(body, "numbers") and all(_items(body, "numbers"))):
        raise WrongShape("numbers: the pre-given numbers")
    _all_text(body, "body")
    if len(repr(body)) > _LARGEST:
        raise WrongShape("the act is too long: split it")


def _lists(body: dict[str, Any]) -> None:
    for name in ("blocks", "fr"):
        for index, block in enumerate(_items(body, name)):
            _block(block, f"{name}[{index}]")
    for name in ("remedies", "copies"):
        for index, item in enumerate(_items(body, name)):
            _text(item, "text_ar", f"{name}[{index}].")
            for day in ("file_before", "if_received"):
                _day(item, day, f"{name}[{index}].", optional=True)


def _items(holder: Any, key: str, where: str = "") -> list[Any]:
    value = holder.get(key) if isinstance(holder, dict) else None
    if value is None:
        return []
    if not isinstance(value, list):
        raise WrongShape(f"{where}{key}: a list expected")
    return value


def _text(holder: Any, key: str, where: str = "") -> str:
    value = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(value, str) or not visible(value):
        raise WrongShape(f"{where}{key}: text expected")
    return value


def visible(text: str) -> bool:
    """Whether something of the text will be seen on paper: not only spaces, controls and joiners."""
    return bool(replaceable(clean(text))[0].strip(_UNSEEN))


def _day(holder: dict[str, Any], key: str, where: str, *, optional: bool = False) -> None:
    value = holder.get(key)
    if value is None and optional:
        return
    try:
        date.fromisoformat(str(value))
    except ValueError:
        raise WrongShape(f"{where}{key}: a date YYYY-MM-DD expected") from None


def _texts(value: Any, where: str) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WrongShape(f"{where}: a list of texts expected")


def _block(block: Any, where: str) -> None:
    kind = block.get("t") if isinstance(block, dict) else None
    if kind in ("p", "h", "note"):
        _text(block, "text", f"{where}.")
    elif kind == "list":
        _texts(block.get("items"), f"{where}.items")
    elif kind == "kv":
        for row in _items(block, "rows", f"{where}."):
            _texts(row, f"{where}.rows")
            if len(row) != 2:
                raise WrongShape(f"{where}.rows: a label and a value expected")
    elif kind == "table":
        _table(block, where)
    else:
        raise WrongShape(f"{where}.t: p, h, note, list, kv or table expected")


def _table(block: dict[str, Any], where: str) -> None:
    _texts(block.get("head"), f"{where}.head")
    width = len(block["head"])
    if not width or len(block.get("widths") or block["head"]) != width:
        raise WrongShape(f"{where}.widths: one number for each column")
    if not all(isinstance(w, int) and w > 0 for w in block.get("widths") or [1]):
        raise WrongShape(f"{where}.widths: whole numbers expected")
    for row in _items(block, "rows", f"{where}."):
        _texts(row, f"{where}.rows")
        if len(row) != width:
            raise WrongShape(f"{where}.rows: a row has not the columns of the head")


def _receipt(receipt: Any) -> None:
    if not isinstance(receipt, dict) or receipt.get("state") not in STATES:
        raise WrongShape(f"receipt.state: one of {', '.join(STATES)}")
    _text(receipt, "regime", "receipt.")
    _text(receipt, "procedure_ar", "receipt.")
    try:
        datetime.fromisoformat(_text(receipt, "filed_at", "receipt."))
    except ValueError:
        raise WrongShape("receipt.filed_at: local date and time expected") from None
    missing = _items(receipt, "missing", "receipt.")
    for item in missing:
        _text(item, "text_ar", "receipt.missing.")
    if bool(missing) != (receipt["state"] == "filing"):
        raise WrongShape("receipt.missing: given when the file is being filed, and only then (law 55-19, art. 10)")
    for item in _items(receipt, "besides", "receipt.") if "besides" in receipt else ():
        _text(item, "text_ar", "receipt.besides.")
    _day(receipt, "supply_by", "receipt.", optional=True)
    _day(receipt, "supply_until", "receipt.", optional=True)
    clock = receipt.get("clock")
    if clock is not None:
        _day(clock, "starts_on", "receipt.clock.")
        _day(clock, "do_by", "receipt.clock.")
        _text(clock, "sentence_ar", "receipt.clock.")
        for step in _items(clock, "steps", "receipt.clock."):
            _text(step, "text_ar", "receipt.clock.steps.")


def _all_text(value: Any, where: str) -> None:
    """Leaves are texts, whole numbers, booleans or nothing: templates and canonical JSON accept no other."""
    if isinstance(value, dict):
        for key, item in value.items():
            _all_text(item, f"{where}.{key}")
    elif isinstance(value, list):
        for item in value:
            _all_text(item, where)
    elif not (value is None or isinstance(value, str | int)):
        raise WrongShape(f"{where}: {type(value).__name__} cannot be written in an act")
    elif isinstance(value, int) and where.rpartition(".")[2] not in ("widths", "ordered", "copy_fr"):
        raise WrongShape(f"{where}: write a number as text")
