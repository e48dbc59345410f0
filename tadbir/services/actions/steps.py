"""Steps of the other regimes, each allowed or refused by the law: recorded as they happen, or taken by letter."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.acts.models import Draft
from tadbir.acts.queries import acts_of
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk import notice_words
from tadbir.desk.actions import write_letter
from tadbir.desk.actions.checks import meaning_of, own_words
from tadbir.desk.notices import tell
from tadbir.desk.papers import told_by_letter, unsigned, untold
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.notify import wordings
from tadbir.reading.letters import says_something
from tadbir.services import papers


@transaction.atomic
def record_step(dossier: Dossier, person: Person, kind: str, on: date | None, note: str = "") -> Fact | Draft:
    """Record one step of the dossier's regime, or write the letter that takes it.

    What ends the dossier, or leaves today, stands once its letter is signed; a step that its letter only tells, at
    once. Raises Refused with the law's reasons, ValidationError otherwise.
    """
    dossiers.require_work(person, dossier)
    step = law.REGIMES[dossier.kind].facts.get(kind)
    if step is None or not step.step:
        raise ValidationError(_("This step does not belong to this kind of dossier."))
    if step.reasoned and not says_something(note):
        raise ValidationError({"note": _("Give the reason: the law asks for it.")})
    if law.FACTS[kind].closes:
        meaning_of(note, "note")
    elif law.FACTS[kind].of_person:
        own_words(note, "note")
    if step.leaves_today and on is not None and on != today():
        raise ValidationError({"on": _("This letter leaves today: it cannot bear another date.")})
    words = {"reason": note.strip()} if note.strip() else {}
    data = {"reasons": True} if step.reasoned and "reasons" in law.FACTS[kind].keys else {}
    moment = None if on == today() else on
    if step.leaves_today or (law.FACTS[kind].closes and step.told):
        return write_letter(dossier, person, kind, data=data, words=words, on=moment)
    fact = dossiers.record(dossier, kind, at=moment, by=person, data=data, private=words or None)
    if kind in papers.LETTERS:
        write_letter(dossier, person, kind, words=words, about=fact)
    return fact


@transaction.atomic
def tell_again(dossier: Dossier, person: Person, kind: str, note: str = "") -> Draft:
    """Write anew the letter of a step that stands and that no letter in force tells. Raises ValidationError where one
    does, or nothing is to be told."""
    dossiers.require_work(person, dossier)
    dossier = dossiers.lock(dossier)
    story, number = Story(clockwork.facts_of(dossier)), dossier.number
    waiting = untold(dossier, story, acts_of(number), unsigned(dossier))
    fact = next((one for one in waiting if one.kind == kind), None)
    if fact is None:
        raise ValidationError(_("A letter tells this already, or nothing is to be told."))
    words = {"reason": note.strip()} if note.strip() else {}
    return write_letter(dossier, person, kind, words=words, about=fact)


def tell_of_step(dossier: Dossier, fact: Fact) -> None:
    """A step was taken: its person is told, in the words of its regime; of one that a letter tells, once that is
    signed."""
    if fact.kind in told_by_letter(dossier.kind):
        return
    _tell(dossier, fact)


def tell_of_letter(dossier: Dossier, signed: Fact) -> None:
    """A letter is signed that tells a step which stood before: now its person is told."""
    kind = str(signed.data.get("step", ""))
    fact = Story(clockwork.facts_of(dossier)).last(kind) if kind in told_by_letter(dossier.kind) else None
    if fact is not None:
        _tell(dossier, fact)


def _tell(dossier: Dossier, fact: Fact) -> None:
    code = law.REGIMES[dossier.kind].facts[fact.kind].told or fact.kind
    needs = wordings.catalogue()[code]["needs"]
    before = notice_words.before(dossier, fact) if "before" in needs else ""
    answer = notice_words.main_answer_by(dossier) if "answer" in needs else ""
    tell(dossier.applicant, code, dossier, key=f"{fact.kind}:{fact.pk}", before=before, answer=answer)
