"""Entries of a dossier corrected, and what is written in it put right."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.acts.queries import acts_of
from tadbir.councils import queries as who
from tadbir.councils import trace
from tadbir.councils.actions import known_qualities
from tadbir.councils.clock import local_date, today
from tadbir.councils.models import Person
from tadbir.desk.actions.falling import sealed_on
from tadbir.desk.notices import tell_struck, wants_mail
from tadbir.desk.queries.correcting import paper_struck
from tadbir.desk.search import index_dossier
from tadbir.desk.words import fact_name
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.corrections import may_correct, require_correctable
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story
from tadbir.ui.dates import day_words

#: Said of an address that is emptied, of somebody who asked for his answer by it.
NO_ADDRESS = gettext_lazy(
    "This person asked for the answer by e-mail: write the right address. If there is none, tick that the answer "
    "waits at the counter."
)


@transaction.atomic
def correct_entry(fact: Fact, person: Person, reason: str) -> Fact:
    """Void a mistaken entry; it stays in the register and the dates are derived anew.

    A corrected notification can be made again; a corrected signature annuls its act, once nothing notified stands. The
    step of a letter stands by its notification where its paper is notified, else by its signature.
    """
    dossiers.refuse_erased(dossiers.lock(fact.dossier))
    papers = acts_of(fact.dossier.number)
    story = Story(clockwork.facts_of(fact.dossier))
    qualities = who.qualities_of(person, today())
    require_strikable(fact, qualities, story, papers)
    if may_correct(fact.kind, qualities) and not may_correct(fact.kind, known_qualities(person, today())):
        raise PermissionDenied(trace.UNKNOWN)
    act, annulled = paper_struck(fact, papers)
    corrected = dossiers.void_fact(fact, person, reason, story)
    if act is not None and annulled:
        acts.annul(act, reason)
    elif act is not None:
        acts.correct_notification(act, reason)
    tell_struck(corrected.dossier, corrected)
    return corrected


def require_strikable(fact: Fact, qualities: Iterable[str], story: Story, papers: Sequence[Act]) -> None:
    """Raise ValidationError or PermissionDenied where an entry cannot be struck out: known before anything is asked.

    `qualities`: of whoever would; `story` and `papers`: of the dossier, whole.
    """
    act, annulled = paper_struck(fact, papers)
    if act is not None and annulled and act.notified_on is not None:
        raise ValidationError(_("Correct the notification of this answer first."))
    if act is not None and annulled and may_correct(fact.kind, qualities):
        _refuse_contested(fact, act, story)
    require_correctable(fact, qualities, story)
    if (answered := sealed_on(fact, papers)) is not None:
        said = _("Paper %(number)s answers or tells this entry: correct its notification and its signature first.")
        raise ValidationError(said % {"number": answered.number})


def _refuse_contested(fact: Fact, act: Act, story: Story) -> None:
    """Raise ValidationError for the signature of a letter that the person contests: his remedy is no mistake of the
    office, and whoever is said to have signed can object, whatever followed (decision 0033)."""
    later = story.resting_on(fact) if fact.kind in ("outcome_signed", "answer_signed") else None
    if later is None or later.kind == "outcome_signed":
        return
    what = {"what": fact_name(later.kind), "day": day_words(local_date(story.moment(later))), "who": act.signed_by}
    if act.recorded_by_id == act.signed_by_id:
        told = _(
            "“%(what)s” of %(day)s contests this letter, which %(who)s signed: it is not struck out. The answer to it "
            "puts right what is mistaken."
        )
    else:
        told = _(
            "“%(what)s” of %(day)s contests this letter: it is not struck out. If %(who)s did not sign it, %(who)s "
            "objects to it from the page “To sign”: the letter is annulled, with all that was recorded of it."
        )
    raise ValidationError(told % what)


@transaction.atomic
def correct_particulars(
    dossier: Dossier, person: Person, told: Mapping[str, str], reason: str, *, without_mail: bool = False
) -> Fact:
    """Put right names, contacts or subject of a dossier; it is found by the new ones at once.

    Whoever asked for his answer by e-mail keeps an address, unless somebody says that he has none (`without_mail`).
    Raises ValidationError.
    """
    had = dossier.applicant.email if dossier.applicant else ""
    if had and told.get("email", had).strip() == "" and wants_mail(dossier) and not without_mail:
        raise ValidationError({"without_mail": NO_ADDRESS})
    fact = dossiers.correct_particulars(dossier, person, told, reason)
    index_dossier(fact.dossier)
    return fact
