"""Letters that take a step of a dossier: written, changed, or given up, as long as nobody signed them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.models import Draft
from tadbir.councils.models import Person
from tadbir.desk import papers
from tadbir.desk.actions.checks import reason_of, require_own
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.reading.letters import has_words
from tadbir.ui.dates import as_date


@transaction.atomic
def write_letter(
    dossier: Dossier,
    person: Person,
    fact: str,
    *,
    data: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    about: Fact | None = None,
    on: date | None = None,
) -> Draft:
    """Write the letter that takes a step; the step stands once it is signed, or notified where its paper is notified.

    `about`: the fact that stands already, which the letter only tells; `on`: the day of what it says. Raises Refused
    with the law's reasons where the step may not be taken, ValidationError while such a letter waits.
    """
    dossiers.require_work(person, dossier)
    dossier = dossiers.lock(dossier)
    step = papers.Step(fact, data or {}, words or {}, str(about.pk) if about else "", str(on or ""))
    _require_allowed(dossier, step)
    return papers.draft_letter(dossier, step, person)


def _require_allowed(dossier: Dossier, step: papers.Step) -> None:
    """Raise Refused where the law does not allow the step today."""
    permission = clockwork.may(dossier, step.fact, as_date(step.on), data=step.data)
    if not (step.about or permission):
        raise dossiers.Refused(permission)


def require_signable(dossier: Dossier, draft: Draft) -> None:
    """Raise Refused where the law no longer allows what a paper does, ValidationError where what it answers fell, where
    its text is not whole, or where it refuses without a way to contest: nobody signs what can have no effect."""
    story = Story(clockwork.facts_of(dossier))
    allowed = None if papers.has_fallen(draft, story) else papers.permission(dossier, draft, story)
    if allowed is not None and not allowed:
        raise dossiers.Refused(allowed)
    if reasons := papers.why_not_signed(dossier, draft, story):
        raise ValidationError(reasons)


@transaction.atomic
def change_letter(draft: Draft, dossier: Dossier, person: Person, words: Mapping[str, str], *, shown: str) -> Draft:
    """Write the same letter in other words, or submit it to the signature again. `shown`: the words as the page
    displayed them. Raises ValidationError where no words could make it one that may be signed."""
    dossiers.require_work(person, dossier)
    require_own(draft, dossier)
    dossier, draft = dossiers.lock(dossier), acts.lock_draft(draft)
    papers.words_shown(draft).require(shown)
    step = papers.step_of(draft)
    known = step.words if step else {}
    missing = [name for name, text in known.items() if text and not has_words(words.get(name, ""))]
    if missing:
        raise ValidationError({name: _("Write the letter.") for name in missing})
    if why := papers.why_not_submitted(dossier, draft, Story(clockwork.facts_of(dossier))):
        raise ValidationError(why)
    return papers.rewrite(draft, dossier, {name: words[name].strip() for name in known if name in words}, person)


@transaction.atomic
def drop_letter(draft: Draft, dossier: Dossier, person: Person, reason: str) -> Fact:
    """Give up a letter that nobody signed, an answer too, and say why; what it would have done is not done. Its words
    stay readable in the dossier."""
    dossiers.require_work(person, dossier)
    require_own(draft, dossier)
    private = reason_of(reason)
    dossier, draft = dossiers.lock(dossier), acts.lock_draft(draft)
    data = {"step": papers.takes(draft, Story(clockwork.facts_of(dossier)))}
    private = private | papers.words_of_draft(draft, fell=False)
    acts.drop_draft(draft)
    return dossiers.record(dossier, "letter_dropped", by=person, data=data, private=private)
