"""Which entry may be corrected, and by whom.

Whoever works on a dossier corrects alone what binds only himself: his own questions and steps. What ends, starts
or stops a clock, and what the person did, is corrected by those who answer for the council: else an officer could
strike out the fact that makes him late. A lapse that the law still derives is no mistake: nobody corrects it. Nor is a
complete file to which no document lacks.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import in_language
from tadbir.councils.rights import Right, held_by
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import day_words

#: What says of a file whether it is complete.
_STATED = ("missing_listed", "completed")


def may_correct(kind: str, qualities: Iterable[str]) -> bool:
    """Whether somebody of these qualities, who works on the dossier, may correct an entry of this kind."""
    if kind in law.NEVER_CORRECTED:
        return False
    return kind in law.CORRECTED_BY_WORKER or Right.ANSWER_FOR_ALL in held_by(qualities)


def require_correctable(fact: Fact, qualities: Iterable[str], story: Story) -> None:
    """Raise ValidationError for an entry that nobody corrects, PermissionDenied where somebody else must.

    `qualities`: those that whoever corrects has today; `story`: every fact of the dossier, in which this one is.
    """
    if fact.kind in law.NEVER_CORRECTED or fact.pk in story.voided:
        raise ValidationError(_("This entry cannot be corrected: it opens the dossier or is already corrected."))
    if not may_correct(fact.kind, qualities):
        raise PermissionDenied(
            _("This entry moves a delay or is the person's: the director general or the president corrects it.")
        )
    if later := _needing(fact, story):
        words = law.FACTS[later.kind]
        said = {"what": in_language(words.ar, words.fr), "day": day_words(local_date(story.moment(later)))}
        raise ValidationError(_("“%(what)s” of %(day)s rests on this entry: correct it first.") % said)
    if fact.kind == "lapsed" and _still_lapsed(fact, story):
        raise ValidationError(_("The delay did run out: a lapse is not corrected while the law finds it."))
    if fact.kind == "completed" and (why := _still_complete(fact.dossier, story)):
        raise ValidationError(why)


def struck_with(fact: Fact, story: Story) -> list[Fact]:
    """An entry that is struck out, and the lapses of the delays that it had begun: no such delay ran."""
    return [fact, *(one for one in story.of("lapsed") if one.data.get("trigger") == str(fact.pk))]


def lists_struck(story: Story) -> list[Fact]:
    """The lists of what lacks that another takes the place of, each with the lapses of its delay."""
    return [one for old in story.of("missing_listed") for one in struck_with(old, story)]


def lists_anew(dossier: Dossier, fact: Fact) -> bool:
    """Whether what lacks is listed anew once an entry is struck out: a file is not complete after all, or its only list
    was mistaken. One that is neither complete nor listed as lacking would have no clock at all."""
    if fact.kind not in _STATED or dossier.closed_at is not None or not law.REGIMES[dossier.kind].needs_completion:
        return False
    standing = Fact.objects.filter(dossier=dossier, kind__in=_STATED, voided_by__isnull=True).exclude(pk=fact.pk)
    return fact.kind == "completed" or not standing.exists()


def _needing(fact: Fact, story: Story) -> Fact | None:
    """What must be struck out before an entry, which it answers or contests; a notification is recorded anew instead,
    and a paper that answers an entry has its own reason."""
    if fact.kind in ("outcome_signed", "answer_signed"):
        return story.resting_on(fact)
    replies = law.ANSWERS.get(fact.kind, ())
    named = (row for row in story.of(*replies) if row.data.get("asked") == str(fact.pk) and "act" not in row.data)
    return next((row for row in named if row.kind not in law.NEVER_CORRECTED), None)


def _still_complete(dossier: Dossier, story: Story) -> str:
    """Why the completeness of a file stands: it is told by the papers, not by who records it; empty where it may go."""
    if not law.REGIMES[dossier.kind].needs_completion:
        return ""
    if story.first("outcome_signed", "delivered_on_spot"):
        return _("The answer is signed: correct it first.")
    if queries.lacking(dossier):
        return ""
    return _("No document is missing: the file is complete. First take away the document that should not be here.")


def _still_lapsed(fact: Fact, story: Story) -> bool:
    """Whether the other facts still make this delay run out."""
    duties = clockwork.derived(fact.dossier, story.told)
    key = (fact.data.get("rule"), str(fact.data.get("trigger")))
    return any((duty.rule_id, str(duty.trigger_fact)) == key and duty.lapsed(today()) for duty in duties)
