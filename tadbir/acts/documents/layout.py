"""From the act document (data) to what a template prints: words for dates, isolates, undrawable letters.

Nothing here changes the act: the canonical JSON is attached to the PDF as it is.
"""

from dataclasses import dataclass
from typing import Any

from tadbir.acts.documents import bidi, fonts, words
from tadbir.law.words import by

LAYOUTS = frozenset({"act", "letter", "receipt", "blank_receipts", "register_pages"})
PAPERS = {"a4": 210, "a5": 148}  # width in mm: the watermark follows it
# Codes and dates: no isolates inside, the templates put one around.
_PLAIN = frozenset(
    {
        "t",
        "layout",
        "state",
        "regime",
        "kind",
        "code",
        "number",
        "slug",
        "host",
        "register_head",
        "means",
        "v",
        "issued_at",
        "date",
        "series",
        "dossier",
    }
)
_DATES = ("file_before", "supply_by", "supply_until")


class CannotPrint(ValueError):
    """The act misses what its template needs; the message names the field."""


@dataclass(frozen=True)
class Seal:
    """What surrounds the act on paper. `url` is the QR text, `code` the check code, both from the COSE message."""

    url: str
    code: str
    verifier: str


def template_for(layout: str) -> str:
    """The template of a layout. Raises `CannotPrint`."""
    if layout not in LAYOUTS:
        raise CannotPrint(f"unknown layout: {layout}")
    return f"{layout}.typ"


def prepare(document: dict[str, Any], seal: Seal | None, paper: str, months: str) -> dict[str, Any]:
    """The data of one template. Raises `CannotPrint`."""
    if paper not in PAPERS:
        raise CannotPrint(f"unknown paper: {paper}")
    lost = [0]
    try:
        page: dict[str, Any] = _printable(document, "ar", lost)
        _complete(page, document, months)
        if page["layout"] == "receipt":
            page["receipt"] = _receipt(page["receipt"], document["receipt"], months)
        page["print"] = _print_part(document, seal, paper, months)
    except (KeyError, TypeError, IndexError) as error:
        raise CannotPrint(f"the act lacks {error}") from error
    page["print"]["lost"] = lost[0]
    return page


def _printable(value: Any, language: str, lost: list[int]) -> Any:
    if isinstance(value, dict):
        return {
            name: _printable(item, "plain" if name in _PLAIN else _language(name, language), lost)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [_printable(item, language, lost) for item in value]
    if isinstance(value, str):
        text, missing = fonts.replaceable(value)
        lost[0] += missing
        return {"ar": bidi.auto, "fr": bidi.grouped}.get(language, str)(text)
    return value


def _language(key: str, around: str) -> str:
    """French text keeps its own direction; a value without language is taken as its surroundings."""
    return "fr" if key == "fr" or key.endswith("_fr") else "ar" if key.endswith("_ar") else around


def _complete(page: dict[str, Any], document: dict[str, Any], months: str) -> None:
    """Every optional field present, so that templates stay short."""
    for key, empty in (
        ("blocks", []),
        ("fr", []),
        ("remedies", []),
        ("copies", []),
        ("recipient", None),
        ("signature", None),
    ):
        page[key] = page.get(key) or empty
    for remedy in page["remedies"]:
        _dates(remedy, months)
        if received := remedy.get("if_received"):
            plain = bidi.strip_isolates(received)
            remedy["if_received_ar"] = bidi.grouped(words.arabic_date(plain, months))
            remedy["if_received_fr"] = bidi.grouped(words.french_date(plain))
    signature = page["signature"]
    if signature and signature.get("state"):  # those of before say nothing of their day
        day = document["signature"]["signed_on"]
        signature["on_ar"], signature["on_fr"] = words.arabic_date(day, months), words.french_date(day)
    for block in [*page["blocks"], *page["fr"]]:
        if block["t"] == "table":
            block["widths"] = block.get("widths") or [1] * len(block["head"])
    page["demo"] = bool(document["demo"])


def _dates(holder: dict[str, Any], months: str) -> None:
    for key in _DATES:
        if holder.get(key):
            plain = bidi.strip_isolates(holder[key])
            holder[f"{key}_ar"] = bidi.grouped(by(words.arabic_date(plain, months), "ar"))
            holder[f"{key}_fr"] = bidi.grouped(by(words.french_date(plain), "fr"))


def _receipt(page: dict[str, Any], raw: dict[str, Any], months: str) -> dict[str, Any]:
    """`raw` keys: state, regime, procedure_ar/fr, subject_ar/fr, filed_at, code, channel_ar/fr, missing, besides,
    supply_by, supply_until, supply_from, clock."""
    page["missing"], page["besides"] = page.get("missing") or [], page.get("besides") or []
    page["filed_ar"], page["filed_fr"] = (
        f"{word(raw['filed_at'])}{_hour(raw['filed_at'])}"
        for word in (lambda day: words.arabic_date(day, months), words.french_date)
    )
    _dates(page, months)
    clock = raw.get("clock")
    if clock:
        for key, name in (("starts_on", "starts"), ("do_by", "due")):
            page["clock"][f"{name}_ar"] = words.arabic_date(clock[key], months)
            page["clock"][f"{name}_fr"] = words.french_date(clock[key])
        page["clock"]["steps"] = page["clock"].get("steps") or []
    return page


def to_sign(url: str, digest: str) -> dict[str, Any]:
    """What a paper to sign shows where a sealed one has its seal; its date is that of its number, not yet given."""
    from tadbir.acts.documents import qr

    dots = "." * 16
    return {
        "date_ar": dots,
        "date_fr": dots,
        "draft_qr": qr.svg(url),
        "draft_alt": f"رمز النص المعد للإمضاء {digest[:8]}",
    }


def _hour(moment: str) -> str:
    return f" - {moment[11:16]}" if len(moment) > 15 else ""


def _print_part(document: dict[str, Any], seal: Seal | None, paper: str, months: str) -> dict[str, Any]:
    from tadbir.acts.documents import qr

    council, head = document["council"], document.get("register_head") or ""
    title = f"{document['title_ar']} {document['number']}"
    part: dict[str, Any] = {
        "paper": paper,
        "width": PAPERS[paper],
        "date_ar": words.arabic_date(document["date"], months),
        "date_fr": words.french_date(document["date"]),
        "plain_title": title,
        "description": f"{council['name_ar']} - {title} - {document['date']}",
        "head": " ".join(head[at : at + 8] for at in range(0, len(head), 8)),
        "copy_fr": bool(document.get("fr") or document.get("copy_fr")),
    }
    if seal:
        part |= {
            "qr": qr.svg(seal.url),
            "check_code": seal.code,
            "verifier": seal.verifier,
            "qr_alt": f"رمز للتحقق من الوثيقة رقم {document['number']}، رمز التحقق {seal.code}",
        }
    return part
