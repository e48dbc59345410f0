"""What a request is before it is filed: who asks, what is brought, what is missing. Nothing here reads or writes."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from tadbir.acts.models import Act
from tadbir.councils.clock import today
from tadbir.dossiers.models import Dossier, Party
from tadbir.procedures.models import Sheet
from tadbir.procedures.sheet import Question, RequiredDocument, Wording
from tadbir.register.models import StoredFile

#: What an appeal against a silence says where its person adds nothing.
NO_ANSWER = gettext_lazy("I received no answer within the delay.")


#: The documents of a request, all told.
DOCUMENTS_AT_MOST = 30
#: What is said of one more.
TOO_MANY = gettext_lazy("There are too many documents: bring this one to the counter.")
#: A document that no sheet names.
OTHER = "other"
#: What is kept under this code came with the answer to a question of the council; no sheet asks for it.
WITH_ANSWER = "information-asked"
#: How what the law asks for besides is given once the request was sent.
_BRING = (
    "تُضاف في صفحة هذا الملف أو تُحضر إلى شباك المجلس",
    "À ajouter sur la page de ce dossier ou à apporter au guichet du conseil",
)
#: A further file of one document, in a request being filled in: "petition-form__2".
_FURTHER = re.compile("(.+)__([1-9][0-9]?)")


def asked_by(code: str) -> str:
    """The document that a file of a draft is for: a further one bears its code and a number."""
    further = _FURTHER.fullmatch(code)
    return further[1] if further and 1 < int(further[2]) <= DOCUMENTS_AT_MOST else code


def free_code(document: str, taken: Container[str]) -> str:
    """What the next file of a document is kept under."""
    codes = (document, *(f"{document}__{number}" for number in range(2, DOCUMENTS_AT_MOST + 1)))
    return next(code for code in codes if code not in taken)


def numbered(label: str, number: int) -> str:
    """What one of several files of a document is called."""
    return f"{label} ({number})" if number > 1 else label


@dataclass(frozen=True)
class Applicant:
    """Who asks, or who acts for him. The identity number is not kept (law 09-08, article 12)."""

    name: str
    kind: str = Party.Kind.PERSON
    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = "ar"
    identity_kind: str = ""
    identity_seen_on: date | None = None


@dataclass(frozen=True)
class Piece:
    """One document brought: a kept file, or paper in the clerk's hand to be scanned later."""

    requirement: str
    name: str
    file: StoredFile | None = None


@dataclass(frozen=True)
class Filing:
    """Everything that filing needs, from whatever screen it comes."""

    sheet: Sheet
    applicant: Applicant
    subject: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    channel: str = "online"
    language: str = "ar"
    filed_on: date | None = None  # date on the paper, when it is not today
    representative: Applicant | None = None
    mandate: str = ""
    urgent: bool = False  # law 31-13, article 17
    paper_number: str = ""


@dataclass(frozen=True)
class Filed:
    """What filing gives back: the dossier, its receipt, the code that follows it."""

    dossier: Dossier
    receipt: Act
    code: str


@dataclass(frozen=True)
class Lacking:
    """What a request lacks before it is sent, and what follows: what every page that sends one says of it."""

    essential: tuple[RequiredDocument, ...] = ()  # nothing was asked without it: the request is not taken
    required: tuple[RequiredDocument, ...] = ()  # the receipt lists it; the file is complete when it comes
    besides: tuple[RequiredDocument, ...] = ()  # asked of this kind of person alone, and taken without
    few: tuple[Question, ...] = ()  # what an answer does not reach
    later: tuple[RequiredDocument, ...] = ()  # a letter goes without it, and counts for nothing before it comes
    conditions: tuple[Wording, ...] = ()  # of the law, where the letter cannot show that they are met

    @property
    def codes(self) -> list[str]:
        """The codes of what the receipt would list."""
        return [document.code for document in self.required]

    @property
    def besides_on_paper(self) -> list[dict[str, str]]:
        """What the receipt says of it in both languages: each condition, and each document to add or to bring."""
        said = [(one.few_ar, one.few_fr) for one in self.few] + [(one.ar, one.fr) for one in self.conditions]
        brought = [(one.ar, one.fr) for one in (*self.later, *self.besides)]
        said += [(f"{_BRING[0]}: {ar}", f"{_BRING[1]} : {fr}") for ar, fr in brought]
        return [{"text_ar": ar, "text_fr": fr} for ar, fr in said]

    @property
    def named(self) -> str:
        """What was said, as a form carries it: whoever sends it again has read this very list."""
        documents = (*self.essential, *self.required, *self.besides)
        return " ".join([*(document.code for document in documents), *("few" for _words in self.few)])


def lacking_of(sheet: Sheet, pieces: tuple[Piece, ...], answers: Mapping[str, object], kind: str) -> Lacking:
    """What a request of somebody of this kind lacks. Only an adopted sheet asks for anything; what the law itself makes
    the request of is said of a letter too."""
    brought, body = {piece.requirement for piece in pieces}, sheet.parsed
    absent = [document for document in body.asked_of(kind) if document.code not in brought]
    if not sheet.is_adopted:
        later = tuple(document for document in absent if document.essential)
        made_of = any(document.essential for document in body.documents)
        return Lacking(later=later, conditions=body.conditions if made_of else ())
    return Lacking(
        tuple(document for document in absent if document.essential),
        tuple(document for document in absent if not document.optional and not document.essential),
        tuple(document for document in absent if document.is_demanded),
        tuple(body.too_few(answers, kind)),
    )


def a_year_ago() -> date:
    """The oldest date of a paper that is filed today."""
    day = today()
    return date(day.year - 1, day.month, min(day.day, 28))


def lacking_in(filing: Filing) -> Lacking:
    """What a request that is about to be filed lacks."""
    return lacking_of(filing.sheet, filing.pieces, filing.answers, filing.applicant.kind)
