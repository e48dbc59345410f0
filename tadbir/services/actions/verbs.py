"""What an officer does in a request. Four different verbs ask the person for something and are four facts:
the missing list (at filing, article 10), a replacement (article 10), an original (article 7), information
(article 14). The law says which is still possible, how often and until when; `record` asks it every time."""

from datetime import date
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk.actions.checks import meaning_of, reason_of, require_asked_here, require_counter
from tadbir.desk.notices import tell
from tadbir.desk.shown import confirm
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Document, Dossier, Fact, Party
from tadbir.dossiers.story import Story
from tadbir.register.actions import keep_upload
from tadbir.register.models import StoredFile
from tadbir.services import papers
from tadbir.services.actions.filing import complete_if_all_there
from tadbir.textsearch.fold import fold


def _document(dossier: Dossier, code: str) -> str:
    """The label of a document of the sheet. Raises ValidationError for another one (law 55-19, article 3)."""
    found = dossier.sheet.parsed.document(code) if dossier.sheet else None
    if found is None or found.obtained_by != "user":
        raise ValidationError({"document": _("Only a document on the published sheet may be asked for.")})
    return found.label


@transaction.atomic
def _ask(dossier: Dossier, person: Person, kind: str, data: dict[str, object], reason: str) -> Fact:
    """Ask the person for something: fact, letter in his language, notice. The clock stops until it is produced."""
    dossiers.require_work(person, dossier)
    fact = dossiers.record(dossier, kind, by=person, data=data, private=reason_of(reason))
    papers.issue_question(dossier, fact, reason, person)
    tell(dossier.applicant, kind, dossier, key=f"{kind}:{fact.pk}")
    return fact


def ask_replacement(dossier: Dossier, person: Person, document: str, reason: str) -> Fact:
    """Ask for another copy of a document that is not right, in the first half of the delay (law 55-19, article 10)."""
    _document(dossier, document)
    return _ask(dossier, person, "replacement_asked", {"document": document}, reason)


def ask_original(dossier: Dossier, person: Person, document: str, reason: str) -> Fact:
    """Ask once to see the original of a doubtful copy, in the first half of the delay (law 55-19, article 7)."""
    _document(dossier, document)
    return _ask(dossier, person, "original_asked", {"document": document}, reason)


def ask_information(dossier: Dossier, person: Person, question: str) -> Fact:
    """Ask once for additional information, in the first half of the delay (law 55-19, article 14)."""
    return _ask(dossier, person, "information_asked", {}, question)


@transaction.atomic
def mark_received(dossier: Dossier, person: Person, asked: Fact, means: str) -> Fact:
    """Record that the person got the request: his thirty days run from that day (law 55-19, article 10)."""
    dossiers.require_work(person, dossier)
    require_asked_here(dossier, asked)
    return dossiers.record(dossier, "request_received", by=person, data={"asked": str(asked.pk), "means": means})


def _open_questions(dossier: Dossier) -> list[Fact]:
    """What was asked of the person and waits, oldest first."""
    return Story(list(queries.history(dossier))).asked_of("person")


@transaction.atomic
def receive_document(
    dossier: Dossier,
    requirement: str,
    name: str,
    file: StoredFile | None,
    *,
    by: Person | None = None,
    source: str = "online",
    as_original: bool = False,
) -> tuple[Document, Act | None]:
    """Take a document brought later: a missing one, or the one a question waits for.

    Returns the document and the new receipt when the file has just become complete.
    """
    require_counter(by, dossier)
    waiting = next((one for one in _open_questions(dossier) if one.data.get("document") == requirement), None)
    if waiting is not None and waiting.kind == "original_asked" and not (as_original or by is None):
        waiting = None
    kind = law.FACTS[waiting.kind].answered_by[0] if waiting else "document_received"
    data = {"document": requirement} | ({"asked": str(waiting.pk)} if waiting else {})
    fact = dossiers.record(dossier, kind, by=by, source=source, data=data)
    before = queries.documents(dossier).filter(requirement=requirement).last()
    document = dossiers.keep_document(dossier, fact, requirement, name, file, before if waiting else None)
    return document, complete_if_all_there(dossier, fact)


def receive_upload(
    dossier: Dossier, requirement: str, name: str, stream: IO[bytes], size: int, by: Person | None = None
) -> tuple[Document, Act | None]:
    """Check, keep and take a document sent as a file."""
    file = keep_upload(stream, size)
    return receive_document(dossier, requirement, name, file, by=by, source="office" if by else "online")


@transaction.atomic
def answer_information(dossier: Dossier, text: str, by: Person | None = None) -> Fact:
    """The person's answer to the one request for information; the rest of the delay runs again."""
    require_counter(by, dossier)
    waiting = next((one for one in _open_questions(dossier) if one.kind == "information_asked"), None)
    if waiting is None:
        raise ValidationError(_("No information was asked for."))
    if not text.strip():
        raise ValidationError({"text": _("Write your answer.")})
    data = {"asked": str(waiting.pk)}
    source = "office" if by else "online"
    return dossiers.record(dossier, "information_received", by=by, source=source, data=data, private={"answer": text})


#: Days of the longest extension: the law bounds it by what the expertise takes, the calendar by what is known.
LONGEST_EXTENSION = 365


@transaction.atomic
def extend(dossier: Dossier, person: Person, ground: str, days: int, reason: str) -> Fact:
    """Extend the delay once, for an expertise or a public inquiry and no longer than it takes (law 55-19, 17)."""
    dossiers.require_work(person, dossier)
    if dossier.sheet and not dossier.sheet.parsed.extendable:
        raise ValidationError(_("The sheet of this service provides for no expertise or public inquiry (article 17)."))
    if not 1 <= days <= LONGEST_EXTENSION:
        raise ValidationError({"days": _("An expertise or an inquiry takes from one day to one year.")})
    data = {"ground": ground, "days": days}
    fact = dossiers.record(dossier, "extended", by=person, data=data, private=reason_of(reason))
    papers.issue_question(dossier, fact, reason, person)
    tell(dossier.applicant, "extended", dossier, key=f"extended:{fact.pk}")
    return fact


#: How a withdrawal that an agent records reached him.
WITHDRAWN = ("written", "said")


@transaction.atomic
def withdraw(
    dossier: Dossier,
    by: Person | None = None,
    *,
    how: str = "",
    reason: str = "",
    on: date | None = None,
    paper: StoredFile | None = None,
) -> Fact:
    """The person takes the request back: himself, or through an agent who says `how` (one of `WITHDRAWN`), in which
    words and when he learnt it. The person is told, so that nobody ends a request in his name without his knowing.

    A written withdrawal is a document of the dossier: `paper` is its scan, which may come later.
    """
    require_counter(by, dossier)
    private = None
    if by is not None:
        if how not in WITHDRAWN:
            raise ValidationError({"how": _("Choose how the person withdrew it.")})
        private = {"reason": meaning_of(reason)}
    fact = dossiers.record(
        dossier,
        "withdrawn",
        at=None if on == today() else on,
        by=by,
        source="counter" if by else "online",
        data={"how": how if by else "online"},
        private=private,
    )
    if how == "written":
        dossiers.keep_document(dossier, fact, "withdrawal", "سحب مكتوب للطلب", paper)
    tell(dossier.applicant, "withdrawn", dossier, key=f"withdrawn:{fact.pk}")
    return fact


@transaction.atomic
def take_back(dossier: Dossier, *, shown: str) -> Fact:
    """The person takes his own request back, as his page displayed it. Raises Changed when more happened since."""
    return withdraw(confirm(dossier, shown, person=True))


#: Letters of the shortest name of an office that a person can go to.
SHORTEST_NAME = 3


@transaction.atomic
def misdirected(dossier: Dossier, person: Person, to: str, explanation: str) -> Fact:
    """Say that another authority does this, and which one."""
    dossiers.require_work(person, dossier)
    if len(to.strip()) < SHORTEST_NAME:
        raise ValidationError({"to": _("Say who does it.")})
    private = {"to": to.strip(), "reason": meaning_of(explanation, "explanation")}
    fact = dossiers.record(dossier, "misdirected", by=person, private=private)
    papers.issue_question(dossier, fact, f"{to.strip()}. {explanation.strip()}", person)
    tell(dossier.applicant, "misdirected", dossier, key=f"misdirected:{fact.pk}")
    return fact


def _spelt(name: str) -> list[str]:
    return fold(name).split()


def _same_applicant(one: Party | None, other: Party | None) -> bool:
    """Whether two filings name the same person: the name in one spelling, and nothing that tells them apart."""
    if one is None or other is None or one.kind != other.kind or _spelt(one.name) != _spelt(other.name):
        return False
    known = [(one.phone, other.phone), (one.email, other.email)]
    told = [(mine, his) for mine, his in known if mine and his]
    return not told or any(mine == his for mine, his in told)


@transaction.atomic
def mark_duplicate(dossier: Dossier, person: Person, original: Dossier) -> Fact | None:
    """Close a dossier that the same person filed twice; the first one goes on.

    None where another person filed the first: he has no code of it, and would lose his own. Both stay open, linked.
    """
    dossiers.require_work(person, dossier)
    if original.pk == dossier.pk:
        raise ValidationError({"original": _("A dossier is not a duplicate of itself.")})
    if original.opened_at > dossier.opened_at:
        raise ValidationError({"original": _("The first dossier is the one that stays.")})
    original = dossiers.lock(original)
    same = dossier.sheet and original.sheet and dossier.sheet.code == original.sheet.code
    if not same or original.closed_by_kind in law.CLOSED_UNANSWERED:
        raise ValidationError({"original": _("The first dossier must be of the same service, and go on.")})
    if not _same_applicant(dossier.applicant, original.applicant):
        dossiers.link(dossier, original, "same_matter", person)
        return None
    dossiers.link(dossier, original, "duplicate_of", person)
    fact = dossiers.record(dossier, "duplicate_of", by=person, data={"dossier": original.number})
    tell(dossier.applicant, "duplicate", dossier, original=original.number, key=f"duplicate:{fact.pk}")
    return fact


@transaction.atomic
def return_file(dossier: Dossier, person: Person, ground: str) -> Fact:
    """Return a file whose missing or replaced documents did not come in the thirty days (law 55-19, article 10)."""
    dossiers.require_work(person, dossier)
    fact = dossiers.record(dossier, "file_returned", by=person, data={"ground": ground})
    papers.issue_question(dossier, fact, "", person)
    tell(dossier.applicant, "file_returned", dossier, key=f"file_returned:{fact.pk}")
    return fact
