"""What a resident may read: the sheets, his own draft, his own dossier. Nothing internal passes here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils.clock import now
from tadbir.councils.memory import read_once
from tadbir.councils.models import in_language
from tadbir.councils.scope import one_of
from tadbir.councils.shown import Line, Shown
from tadbir.dossiers.models import Dossier
from tadbir.dossiers.same_file import same_files
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import kept_version, open_sheets
from tadbir.procedures.sheet import SheetBody
from tadbir.reading.codes import read_draft_code
from tadbir.services.models import Draft, DraftDocument, code_digest
from tadbir.services.requests import DOCUMENTS_AT_MOST, OTHER, Piece, asked_by, free_code, numbered
from tadbir.textsearch.stemmer import Form, query_terms, stems


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
    sheets = sorted(open_sheets(), key=lambda sheet: (sheet.law.elsewhere, sheet.parsed.number))
    terms = query_terms(text) if text.strip() else []
    if not terms:
        return sheets
    return [sheet for sheet in sheets if _answers_search(sheet.parsed, terms)]


@dataclass(frozen=True)
class Named:
    """A service that the council itself offers, by its name."""

    code: str
    ar: str
    fr: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return in_language(self.ar, self.fr)


@read_once
def services_named() -> tuple[Named, ...]:
    """The services that people ask of this council, in the order of the catalogue; what every visit of the home page
    shows is read once for each set of sheets."""
    own = [sheet for sheet in find_sheets() if not sheet.law.elsewhere]
    return tuple(Named(sheet.code, sheet.parsed.ar, sheet.parsed.fr) for sheet in own)


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
    twins: tuple[str, ...] = ()  # the other documents for which the very same file was sent
    demanded: bool = False  # the law wants it, though the request goes without it
    further: bool = False  # the place of one more file of a document that is there
    unasked: bool = False  # it was sent, and what the request says now asks for it no more

    @property
    def is_there(self) -> bool:
        """Whether it was sent."""
        return bool(self.name)


def _under(typed: str) -> QuerySet[Draft]:
    return Draft.objects.filter(code_digest=code_digest(read_draft_code(typed)))


def draft_by_code(code: str) -> Draft | None:
    """The draft that this code opens, however it was copied, unless its 14 days are over."""
    found = one_of(_under(code).filter(Q(dossier__isnull=False) | Q(expires_at__gt=now())))
    if found is not None and (sheet := kept_version(found.sheet_id)):
        found.sheet = sheet
    return found


def drafts_by_codes(codes: Sequence[str]) -> list[tuple[Draft, str]]:
    """The drafts that some of these codes open, each with its code, in the order of the codes."""
    digests = {code_digest(read_draft_code(code)): code for code in codes}
    kept = Q(code_digest__in=digests) & (Q(dossier__isnull=False) | Q(expires_at__gt=now()))
    found = {row.code_digest: row for row in Draft.objects.filter(kept).select_related("sheet__unit")}
    return [(found[digest], code) for digest, code in digests.items() if digest in found]


def dossier_of(draft: Draft) -> Dossier | None:
    """The dossier that came of a draft, once it was sent."""
    return one_of(Dossier.objects.filter(pk=draft.dossier_id)) if draft.dossier_id else None


def attached_to(draft: Draft, other_label: str) -> list[Attached]:
    """The documents of the sheet that the person supplies, then anything else he sent or wants to add: each file of
    each, and the place of one more. No file that goes with the request is left out (`pieces_of`)."""
    sent = _sent(draft)
    lines = _lines(draft, sent, other_label)
    labels = {
        row.pk: _called(line.label, sent, row)
        for line in lines
        for row in sent
        if asked_by(row.requirement) == line.code
    }
    twins = same_files(sent)
    found = []
    for line in lines:
        kept = [row for row in sent if asked_by(row.requirement) == line.code]
        for row in kept:
            same = tuple(labels[other.pk] for other in twins.get(row.pk, []))
            code, size = row.requirement, row.file.size
            found.append(replace(line, code=code, label=labels[row.pk], name=row.name, size=size, twins=same))
        if not kept:
            found.append(line)
        elif len(sent) < DOCUMENTS_AT_MOST and not line.unasked:
            code = free_code(line.code, {row.requirement for row in kept})
            found.append(Attached(code, line.label, "", required=False, further=True))
    return found


def _lines(draft: Draft, sent: Sequence[DraftDocument], other_label: str) -> list[Attached]:
    """Each document once: those asked of this person, those he sent before he changed his answers, and any other."""
    body, adopted = draft.sheet.parsed, draft.sheet.is_adopted
    lines = [
        Attached(doc.code, doc.label, doc.help, adopted and not doc.optional, demanded=adopted and doc.is_demanded)
        for doc in body.asked_of(str(draft.answers.get("kind", "")))
    ]
    listed = {line.code for line in lines} | {OTHER}
    for code in dict.fromkeys(asked_by(row.requirement) for row in sent):
        if code not in listed:
            document = body.document(code)
            label = document.label if document else other_label
            lines.append(Attached(code, label, "", required=False, unasked=True))
    return [*lines, Attached(OTHER, other_label, "", required=False)]


def _sent(draft: Draft) -> list[DraftDocument]:
    """The documents of a draft, in the order they came."""
    return sorted(draft.documents.select_related("file").order_by(), key=attrgetter("pk"))


def _called(label: str, sent: Sequence[DraftDocument], row: DraftDocument) -> str:
    """What a document is called: the second file of one bears its rank."""
    alike = [one for one in sent if asked_by(one.requirement) == asked_by(row.requirement)]
    return numbered(label, alike.index(row) + 1)


def pieces_of(draft: Draft) -> tuple[Piece, ...]:
    """The documents of a draft, as filing takes them."""
    return tuple(Piece(asked_by(row.requirement), row.name, row.file) for row in _sent(draft))


#: What everybody is asked, besides the questions of the sheet.
_ASKED = {
    "subject": gettext_lazy("Subject, in a few words"),
    "letter": gettext_lazy("What do you ask for?"),
    "kind": gettext_lazy("You are"),
    "name": gettext_lazy("Full name, or name of the association or firm"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "for_name": gettext_lazy("Your name, if you act for somebody else"),
    "mandate": gettext_lazy("By what right do you act?"),
}


def _label(draft: Draft, name: str) -> str:
    """What everybody is asked, in the words of the draft's own law."""
    own = draft.sheet.parsed.asks if name == "letter" else ""
    return own or str(_ASKED.get(name, gettext_lazy("No longer there")))


def _answer_lines(draft: Draft) -> list[Line]:
    asked = {f"q_{question.code}": question for question in draft.sheet.parsed.questions}
    lines = []
    for name, typed in draft.answers.items():
        question = asked.get(name)
        chosen = next((one.label for one in question.choices if one.code == typed), "") if question else ""
        label = question.label if question else _label(draft, name)
        lines.append(Line(name, label, chosen or str(typed), str(typed)))
    return lines


def answers_shown(draft: Draft) -> Shown:
    """What the first step displays of a request that was begun."""
    return Shown(f"answers:{draft.pk}", _answer_lines(draft))


def draft_shown(draft: Draft, pieces: Sequence[Piece]) -> Shown:
    """What the last step displays of a request: the answers, and the documents that go with them (`pieces_of`)."""
    labels = {document.code: document.label for document in draft.sheet.parsed.documents}
    lines, ranks = list[Line](), Counter[str]()
    for piece in pieces:
        code = piece.requirement
        ranks[code] += 1
        label = numbered(labels.get(code, _("Another document")), ranks[code])
        key = numbered(f"document:{code}", ranks[code])
        lines.append(Line(key, label, piece.name, piece.file.sha256 if piece.file else ""))
    return Shown(f"request:{draft.pk}", [*_answer_lines(draft), *lines])
