"""What a resident may read: the sheets, his own draft, his own dossier. Nothing internal passes here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from tadbir.acts.models import Act
from tadbir.acts.queries import act_by_number
from tadbir.councils.clock import now
from tadbir.councils.digits import western
from tadbir.councils.scope import one_of
from tadbir.dossiers.models import Document, Dossier
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import open_sheets
from tadbir.procedures.sheet import SheetBody
from tadbir.services.actions.drafts import digest
from tadbir.services.actions.filing import Piece
from tadbir.services.models import Draft
from tadbir.services.papers import APPEAL_ANSWER, NOTICE
from tadbir.textsearch.stemmer import Form, query_terms, stems

#: How long the address of a filed draft still opens the receipt without number and code.
RECEIPT_STAYS_OPEN = timedelta(hours=1)
_NUMBER = re.compile(r"(?:([A-Z]\d*)[\s/-]*)?(\d{4})[\s/-]+(\d{1,6})")


def all_words(sheet: SheetBody) -> str:
    """Every word under which somebody may look for a service, in both languages."""
    return " ".join((sheet.ar, sheet.fr, sheet.summary_ar, sheet.summary_fr, *sheet.keywords))


def _answers_search(sheet: SheetBody, terms: Sequence[Sequence[Form]]) -> bool:
    """Whether each word of the question is in the sheet; a long stem also finds what begins with it."""
    known = stems(all_words(sheet)).split()
    return all(
        any(word == stem or (len(stem) > 3 and word.startswith(stem)) for word in known for stem, _start in forms)
        for forms in terms
    )


def find_sheets(text: str = "") -> list[Sheet]:
    """The services offered, by their number in the catalogue; with a text, those that every word of it fits."""
    sheets = sorted(open_sheets(), key=lambda sheet: (sheet.regime == "signpost", sheet.parsed.number))
    terms = query_terms(text) if text.strip() else []
    return [sheet for sheet in sheets if _answers_search(sheet.parsed, terms)]


def open_sheet(code: str) -> Sheet | None:
    """One service that the council offers."""
    return open_sheets().filter(code=code).first()


@dataclass(frozen=True)
class Attached:
    """One document that a sheet speaks of, and what a draft has of it."""

    code: str
    label: str
    help: str
    required: bool
    name: str = ""
    size: int = 0

    @property
    def is_there(self) -> bool:
        """Whether it was sent."""
        return bool(self.name)


def draft_by_code(code: str) -> Draft | None:
    """The draft that this code opens, unless its 14 days are over."""
    found = Draft.objects.filter(Q(dossier__isnull=False) | Q(expires_at__gt=now()), code_sha256=digest(code))
    return one_of(found.select_related("sheet__unit"))


def dossier_of_draft(code: str) -> Dossier | None:
    """The dossier that came of the draft this code opens, once it was sent."""
    sent = Draft.objects.filter(code_sha256=digest(code)).values("dossier")
    return one_of(Dossier.objects.filter(pk__in=sent).select_related("applicant"))


def receipt_still_open(dossier: Dossier) -> bool:
    """Whether the draft's address may still show the receipt: a shared computer must not keep it open."""
    return now() < dossier.opened_at + RECEIPT_STAYS_OPEN


def attached_to(draft: Draft, other_label: str) -> list[Attached]:
    """The documents of the sheet that the person supplies, then anything else he wants to add."""
    sent = {row.requirement: row for row in draft.documents.select_related("file")}
    adopted, wanted = draft.sheet.is_adopted, draft.sheet.parsed.asked_of_user
    rows = [(doc.code, doc.label, doc.help, adopted and not doc.optional) for doc in wanted]
    return [
        Attached(code, label, advice, required, row.name, row.file.size)
        if (row := sent.get(code))
        else Attached(code, label, advice, required)
        for code, label, advice, required in [*rows, ("other", other_label, "", False)]
    ]


def pieces_of(draft: Draft) -> tuple[Piece, ...]:
    """The documents of a draft, as filing takes them."""
    rows = draft.documents.select_related("file").order_by("pk")
    return tuple(Piece(row.requirement, row.name, row.file) for row in rows)


def tidy_number(typed: str) -> str:
    """A number as it is printed, however it was typed: Arabic digits, small letters, spaces, no zeros, no letter."""
    text = "".join(sign for sign in western(typed).upper().strip() if sign.isascii() and sign.isprintable())
    found = _NUMBER.fullmatch(text)
    if not found:
        return text[:40]
    series, year, rank = found.groups()
    return f"{series or 'D'}-{year}-{int(rank):05d}"


_WITH_ALL = ("applicant", "representative", "request", "sheet__unit", "unit")


def dossier_by_number(number: str) -> Dossier | None:
    """The dossier of a number; the number of its receipt does as well, people copy either."""
    found = one_of(Dossier.objects.filter(number=number).select_related(*_WITH_ALL))
    if found is None and number:
        act = act_by_number(number)
        if act is not None and act.dossier_ref:
            found = Dossier.objects.filter(number=act.dossier_ref).select_related(*_WITH_ALL).first()
    return found


def papers_for(dossier: Dossier) -> list[Act]:
    """The papers a person may fetch, oldest first: receipts and notices at once, an answer once it was notified."""
    acts = Act.objects.filter(dossier_ref=dossier.number).select_related("content").order_by("pk")
    at_once = ("receipt", NOTICE.code, APPEAL_ANSWER.code)
    return list(acts.filter(Q(kind__in=at_once) | Q(notified_on__isnull=False)))


def own_document(dossier: Dossier, document: int) -> Document | None:
    """One document that the person brought, with its file."""
    found = Document.objects.filter(dossier=dossier, pk=document).select_related("file")
    return found.exclude(file__isnull=True).first()
