"""The shape of a sheet: what law 55-19, article 6, asks for, typed and checked. An unknown key is an error.

A sheet is data that a council can read and correct; `parse_sheet` turns a TOML table (or the JSON kept in
the database) into frozen objects and says exactly which key is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tadbir import law
from tadbir.councils.models import in_language
from tadbir.law.words import length_ar, length_fr

FIELD_TYPES = ("text", "long_text", "date", "number", "choice", "phone", "email")


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
    essential: bool = False  # without it there is no request: it is not taken
    only: tuple[str, ...] = ()  # the kinds of those who are asked for it; empty: everybody
    help_ar: str = ""
    help_fr: str = ""

    @property
    def is_demanded(self) -> bool:
        """Whether the law wants it of the kinds it names, though the request is taken without it and says so."""
        return self.optional and bool(self.only)

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
    enough: int | None = None  # of a number: fewer is said before sending, and is left to whoever decides
    only: tuple[str, ...] = ()  # the kinds of those who must reach it; empty: everybody
    few_ar: str = ""
    few_fr: str = ""

    @property
    def label(self) -> str:
        """Text in the reader's language."""
        return in_language(self.ar, self.fr)

    @property
    def help(self) -> str:
        """Help in the reader's language."""
        return in_language(self.help_ar, self.help_fr)

    @property
    def few(self) -> str:
        """What is said of fewer than enough, in the reader's language."""
        return in_language(self.few_ar, self.few_fr)

    def is_few(self, answer: object, kind: str) -> bool:
        """Whether somebody of this kind answered with fewer than enough; not where it is no number."""
        few = self.enough is not None and str(answer).isdecimal() and int(str(answer)) < self.enough
        return few and (not self.only or kind in self.only)


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
    def asks(self) -> str:
        """What stands over its questions, in the words of its law; nothing where it is a request as any other."""
        said = law.REGIMES[self.regime].asks
        return in_language(said.ar, said.fr) if said else ""

    @property
    def summary(self) -> str:
        """One sentence on it in the reader's language."""
        return in_language(self.summary_ar, self.summary_fr)

    @property
    def kept(self) -> str:
        """How long the data are kept, in the reader's language: whole years as years."""
        years, over = divmod(self.retention_months, 12)
        length = (self.retention_months, "months") if over else (years, "years")
        return in_language(length_ar(*length), length_fr(*length))

    @property
    def asked_of_user(self) -> tuple[RequiredDocument, ...]:
        """The documents the person supplies (the others the council gets itself)."""
        return tuple(document for document in self.documents if document.obtained_by == "user")

    def asked_of(self, kind: str) -> tuple[RequiredDocument, ...]:
        """Those that are asked of somebody of this kind; of one who did not say it, all."""
        return tuple(one for one in self.asked_of_user if not (one.only and kind) or kind in one.only)

    def too_few(self, answers: Mapping[str, object], kind: str) -> list[Question]:
        """The questions whose answers do not reach what is enough."""
        return [question for question in self.questions if question.is_few(answers.get(question.code, ""), kind)]

    def answers_by_mail(self, answers: Mapping[str, object]) -> bool:
        """Whether whoever answered so asked for the answer by e-mail."""
        return any(question.type == "choice" and answers.get(question.code) == BY_MAIL for question in self.questions)

    def required_of(self, kind: str) -> tuple[RequiredDocument, ...]:
        """The documents without which the file of somebody of this kind is not complete."""
        return tuple(document for document in self.asked_of(kind) if not document.optional)

    def document(self, code: str) -> RequiredDocument | None:
        """A document by its code."""
        return next((document for document in self.documents if document.code == code), None)
