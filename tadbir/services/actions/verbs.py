"""What an officer does in a request. Four different verbs ask the person for something and are four facts:
the missing list (at filing, article 10), a replacement (article 10), an original (article 7), information
(article 14). Each leaves by a letter that somebody signs, and the law says until when it may."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Act, Draft
from tadbir.councils.models import Person
from tadbir.desk import notice_words
from tadbir.desk.actions import write_letter
from tadbir.desk.actions.checks import meaning_of, reason_of, require_asked_here, require_counter
from tadbir.desk.notices import has_it, tell
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Document, Dossier, Fact, Party
from tadbir.dossiers.story import Story
from tadbir.register.models import StoredFile
from tadbir.services import papers
from tadbir.services.actions.filing import complete_if_all_there
from tadbir.services.actions.told import Told, keep_paper, record_told, require_told
from tadbir.services.queries.taking_back import withdrawal_shown
from tadbir.textsearch.fold import fold


def _document(dossier: Dossier, code: str) -> str:
    """The label of a document of the sheet. Raises ValidationError for another one (law 55-19, article 3)."""
    found = dossier.sheet.parsed.document(code) if dossier.sheet else None
    if found is None or found.obtained_by != "user":
        raise ValidationError({"document": _("Only a document on the published sheet may be asked for.")})
    return found.label


def ask_replacement(dossier: Dossier, person: Person, document: str, reason: str) -> Draft:
    """Ask for another copy of a document that is not right, in the first half of the delay (law 55-19, article 10)."""
    _document(dossier, document)
    return write_letter(dossier, person, "replacement_asked", data={"document": document}, words=reason_of(reason))


def ask_original(dossier: Dossier, person: Person, document: str, reason: str) -> Draft:
    """Ask once to see the original of a doubtful copy, in the first half of the delay (law 55-19, article 7)."""
    _document(dossier, document)
    return write_letter(dossier, person, "original_asked", data={"document": document}, words=reason_of(reason))


def ask_information(dossier: Dossier, person: Person, question: str) -> Draft:
    """Ask once for additional information, in the first half of the delay (law 55-19, article 14)."""
    return write_letter(dossier, person, "information_asked", words=reason_of(question))


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
    if waiting is not None and waiting.kind == "original_asked" and not as_original:  # no picture of it is one
        waiting = None
    kind = law.FACTS[waiting.kind].answered_by[0] if waiting else "document_received"
    data = {"document": requirement} | ({"asked": str(waiting.pk)} if waiting else {})
    fact = dossiers.record(dossier, kind, by=by, source=source, data=data)
    before = queries.documents(dossier).filter(requirement=requirement).last()
    document = dossiers.keep_document(dossier, fact, requirement, name, file, before if waiting else None)
    return document, complete_if_all_there(dossier, fact)


#: Days of the longest extension: the law bounds it by what the expertise takes, the calendar by what is known.
LONGEST_EXTENSION = 365


@transaction.atomic
def extend(dossier: Dossier, person: Person, ground: str, days: int, reason: str) -> Draft:
    """Write the one extension, for an expertise or a public inquiry and no longer than it takes (law 55-19, 17)."""
    dossiers.require_work(person, dossier)
    if dossier.sheet and not dossier.sheet.parsed.extendable:
        raise ValidationError(_("The sheet of this service provides for no expertise or public inquiry (article 17)."))
    if not 1 <= days <= LONGEST_EXTENSION:
        raise ValidationError({"days": _("An expertise or an inquiry takes from one day to one year.")})
    return write_letter(dossier, person, "extended", data={"ground": ground, "days": days}, words=reason_of(reason))


@transaction.atomic
def withdraw(dossier: Dossier, by: Person | None = None, told: Told | None = None) -> Fact:
    """The person takes the request back: himself, or through an agent who says what he was `told` and always in which
    words. The person is told, so that nobody ends a request in his name without his knowing.
    """
    said = require_told(dossier, by, told, closes=True)
    kept = {"reason": said.reason.strip()} if by else None
    fact = record_told(dossier, "withdrawn", by, said, {"how": said.how}, kept)
    keep_paper(dossier, fact, said, "withdrawal", "سحب مكتوب للطلب")
    papers.issue_receipt_of(dossier, fact, by)
    himself = by is None and has_it(dossier.applicant, None)
    tell(dossier.applicant, "withdrawn", dossier, key=f"withdrawn:{fact.pk}", in_hand=himself)
    return fact


@transaction.atomic
def withdraw_remedy(dossier: Dossier, by: Person, remedy: Fact, told: Told) -> Fact:
    """The person takes a remedy back while his request goes on, through an agent who says in which words. He is told,
    so that nobody gives it up in his name without his knowing."""
    said = require_told(dossier, by, told, closes=True)
    data = {"asked": str(remedy.pk), "how": said.how}
    fact = record_told(dossier, "remedy_withdrawn", by, said, data, {"reason": said.reason.strip()})
    keep_paper(dossier, fact, said, "withdrawal", "سحب مكتوب لطعن أو شكاية أو تظلم")
    papers.issue_receipt_of(dossier, fact, by)
    what = notice_words.remedy_named(dossier, remedy.kind)
    tell(dossier.applicant, "remedy_withdrawn", dossier, key=f"remedy_withdrawn:{fact.pk}", what=what)
    return fact


@transaction.atomic
def take_back(dossier: Dossier, *, shown: str) -> Fact:
    """The person takes his own request back, as his page displayed it; sent again, it is what was taken back first.
    Raises Changed when more happened since, or an answer was signed."""
    locked = dossiers.lock(dossier)
    facts = clockwork.facts_of(locked)
    if locked.closed_by_kind == "withdrawn" and (taken := Story(facts).last("withdrawn")):
        return taken
    withdrawal_shown(locked, facts).require(shown)
    return withdraw(locked)


#: Letters of the shortest name of an office that a person can go to.
SHORTEST_NAME = 3


@transaction.atomic
def misdirected(dossier: Dossier, person: Person, to: str, explanation: str) -> Draft:
    """Write that another authority does this, and which one."""
    dossiers.require_work(person, dossier)
    if len(to.strip()) < SHORTEST_NAME:
        raise ValidationError({"to": _("Say who does it.")})
    words = {"to": to.strip(), "reason": meaning_of(explanation, "explanation")}
    return write_letter(dossier, person, "misdirected", words=words)


def _spelt(name: str) -> list[str]:
    return fold(name).split()


def _same_applicant(one: Party | None, other: Party | None) -> bool:
    """Whether two filings name the same person: the name in one spelling, and nothing that tells them apart.

    Two people may have one name: of a person, one telephone or e-mail must be the same too. Of an identity document
    only its kind and the day it was seen are kept, which say nothing of whose it is.
    """
    if one is None or other is None or one.kind != other.kind or _spelt(one.name) != _spelt(other.name):
        return False
    known = [(one.phone, other.phone), (one.email, other.email)]
    told = [(mine, his) for mine, his in known if mine and his]
    same = any(mine == his for mine, his in told)
    return same if one.kind == Party.Kind.PERSON else same or not told


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
def return_file(dossier: Dossier, person: Person, ground: str) -> Draft:
    """Write that a file goes back whose documents did not come in the thirty days (law 55-19, article 10)."""
    dossiers.require_work(person, dossier)
    return write_letter(dossier, person, "file_returned", data={"ground": ground})
