"""The kinds of act: what each is called, whether somebody must sign it, its numbers, its paper and its layout.

A domain adds its own with `register_kind` when its app starts (docs/acts.md).
"""

from dataclasses import dataclass

from tadbir.acts.documents.layout import LAYOUTS


@dataclass(frozen=True)
class Kind:
    """`series` is the default letter of its numbers, `paper` the default paper (a4 or a5), `layout` a name of
    `documents.layout.LAYOUTS`; `at_once`: the person of the dossier may fetch it as soon as it is issued, not only
    once it was notified."""

    code: str
    label_ar: str
    label_fr: str
    series: str
    signed: bool = True
    paper: str = "a4"
    layout: str = "act"
    at_once: bool = False


_kinds: dict[str, Kind] = {}


class UnknownKind(LookupError):
    """No kind of act has this code: declare it with `register_kind`."""


def register_kind(kind: Kind) -> None:
    """Declare a kind of act. An unknown layout, or another kind under the same code, raises ValueError."""
    if kind.layout not in LAYOUTS:
        raise ValueError(f"no layout is called {kind.layout}")
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"two kinds of act under one code: {kind.code}")
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind declared under `code`. Raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(f"no kind of act is called {code!r}; see docs/acts.md") from None


def given_at_once() -> list[str]:
    """Codes of the kinds that a person may fetch as soon as they are issued."""
    return [kind.code for kind in all_kinds() if kind.at_once]


def all_kinds() -> list[Kind]:
    """Every kind declared, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


for _kind in (
    Kind("receipt", "وصل", "Récépissé", "R", signed=False, paper="a5", layout="receipt", at_once=True),
    Kind("blank_receipts", "وصولات ورقية مرقمة مسبقا", "Récépissés papier", "B", signed=False, layout="blank_receipts"),
    Kind("register_pages", "صفحات سجل", "Pages de registre", "G", signed=False, layout="register_pages"),
    Kind("letter", "مراسلة", "Lettre", "L", layout="letter"),
    Kind("outcome", "جواب عن طلب", "Réponse à une demande", "L", layout="letter"),
    Kind("appeal_answer", "جواب عن طعن أو شكاية", "Réponse à un recours ou à une réclamation", "L", layout="letter"),
    Kind("certificate", "شهادة", "Attestation", "C"),
    Kind("order", "قرار", "Arrêté", "A"),
    Kind("resolution", "مقرر", "Délibération", "M"),
    Kind("minutes", "محضر", "Procès-verbal", "P"),
    Kind("convocation", "استدعاء", "Convocation", "V"),
    Kind("transmission", "ورقة إرسال", "Bordereau d’envoi", "E", layout="letter"),
    Kind("notice", "إعلان", "Avis", "N"),
    Kind("statement", "بيان", "État", "S"),
):
    register_kind(_kind)
