"""What a request is before it is filed: who asks, what is brought, what is missing. Nothing here reads or writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from tadbir.acts.models import Act
from tadbir.councils.clock import today
from tadbir.dossiers.models import Dossier, Party
from tadbir.procedures.models import Sheet
from tadbir.procedures.sheet import RequiredDocument
from tadbir.register.models import StoredFile

#: What an appeal against a silence says where its person adds nothing.
NO_ANSWER = gettext_lazy("I received no answer within the delay.")


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


def missing_of(sheet: Sheet, pieces: tuple[Piece, ...]) -> list[str]:
    """Codes of the required documents that are not there. Only an adopted sheet may require any."""
    if not sheet.is_adopted:
        return []
    brought = {piece.requirement for piece in pieces}
    return [doc.code for doc in sheet.parsed.asked_of_user if not doc.optional and doc.code not in brought]


def lacking_of(sheet: Sheet, pieces: tuple[Piece, ...]) -> list[RequiredDocument]:
    """The essential documents that are not there: without them nothing was asked. Only an adopted sheet has any."""
    brought = {piece.requirement for piece in pieces}
    asked = sheet.parsed.asked_of_user if sheet.is_adopted else ()
    return [doc for doc in asked if doc.essential and doc.code not in brought]


def a_year_ago() -> date:
    """The oldest date of a paper that is filed today."""
    day = today()
    return date(day.year - 1, day.month, min(day.day, 28))
