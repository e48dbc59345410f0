"""What a person answers to a question of the council, and adds to his answer while the council has not answered him."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils.models import Person
from tadbir.desk.actions.checks import require_counter
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.register.actions import OtherBody
from tadbir.services.requests import DOCUMENTS_AT_MOST, WITH_ANSWER


def _has_sent(dossier: Dossier, asked: Fact) -> bool:
    """Whether a document came for this question."""
    sent = queries.documents(dossier).filter(requirement=WITH_ANSWER).select_related("fact")
    return any(row.fact.data.get("asked") == str(asked.pk) for row in sent)


@transaction.atomic
def answer_information(dossier: Dossier, text: str, by: Person | None = None, *, asked: str = "") -> Fact:
    """The person's answer to the one request for information; the rest of the delay runs again.

    `asked`: the question that his page showed. Sent again, the same words give the first answer back; others raise
    OtherBody. Without words, the documents that came for the question are the answer; raises ValidationError where none
    did.
    """
    require_counter(by, dossier)
    story = Story(clockwork.facts_of(dossiers.lock(dossier)))
    said = text.strip()
    for before in story.of("information_received"):
        if asked and str(before.data.get("asked")) == asked:
            first = str(before.words.get("answer", "")).strip()
            if said and first != said:
                raise OtherBody({"fact": before.pk, "said": first})
            return before
    waiting = next((one for one in story.asked_of("person") if one.kind == "information_asked"), None)
    if waiting is None:
        raise ValidationError(_("No question waits for an answer now."))
    if not said and not _has_sent(dossier, waiting):
        raise ValidationError({"text": _("Write your answer, or send a document.")})
    data, private = {"asked": str(waiting.pk)}, {"answer": text} if said else None
    source = "office" if by else "online"
    return dossiers.record(dossier, "information_received", by=by, source=source, data=data, private=private)


@transaction.atomic
def add_to_answer(dossier: Dossier, text: str, by: Person | None = None) -> Fact:
    """Words that the person adds to his answer, kept beside it: they answer nothing anew, and move no delay.

    The words of the answer, or of an earlier addition to it, sent again are that one. Raises ValidationError where
    nothing was answered, nothing is said, or the person added too many times: the counter still takes it (`by`).
    """
    require_counter(by, dossier)
    story, said = Story(clockwork.facts_of(dossiers.lock(dossier))), text.strip()
    answer = story.last("information_received")
    if answer is None:
        raise ValidationError(_("No answer is recorded yet that something could be added to."))
    if not said:
        raise ValidationError({"text": _("Write what you add, or send a document.")})
    asked = answer.data.get("asked")
    for before in story.of("information_received", "information_added"):
        if before.data.get("asked") == asked and str(before.words.get("answer", "")).strip() == said:
            return before
    added = [one for one in story.of("information_added") if one.data.get("asked") == asked]
    if by is None and len(added) >= DOCUMENTS_AT_MOST:
        raise ValidationError({"text": _("You added many times: bring the rest to the counter.")})
    source = "office" if by else "online"
    data = {"asked": str(asked)}
    return dossiers.record(dossier, "information_added", by=by, source=source, data=data, private={"answer": text})


def told_as(story: Story) -> str:
    """What the person's words at the counter are: his answer, or what he adds to it once it was given."""
    waits = any(one.kind == "information_asked" for one in story.asked_of("person"))
    return "information_added" if story.of("information_received") and not waits else "information_received"


@transaction.atomic
def tell_answer(dossier: Dossier, text: str, by: Person) -> Fact:
    """Write down what the person says at the counter: his answer, or what he adds to it."""
    story = Story(clockwork.facts_of(dossiers.lock(dossier)))
    if told_as(story) == "information_added":
        return add_to_answer(dossier, text, by)
    return answer_information(dossier, text, by)
