"""Entries of a dossier corrected, and what is written in it put right."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts import actions as acts
from tadbir.acts.models import Act
from tadbir.acts.queries import acts_of
from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person
from tadbir.desk.actions.falling import sealed_on
from tadbir.desk.notices import tell_struck
from tadbir.desk.queries.correcting import paper_struck
from tadbir.desk.search import index_dossier
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import clockwork
from tadbir.dossiers.corrections import require_correctable
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story


@transaction.atomic
def correct_entry(fact: Fact, person: Person, reason: str) -> Fact:
    """Void a mistaken entry; it stays in the register and the dates are derived anew.

    A corrected notification can be made again; a corrected signature annuls its act, once nothing notified stands. The
    step of a letter stands by its notification where its paper is notified, else by its signature.
    """
    dossiers.refuse_erased(dossiers.lock(fact.dossier))
    papers = acts_of(fact.dossier.number)
    story = Story(clockwork.facts_of(fact.dossier))
    require_strikable(fact, who.qualities_of(person, today()), story, papers)
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
    require_correctable(fact, qualities, story)
    if (answered := sealed_on(fact, papers)) is not None:
        said = _("Paper %(number)s answers or tells this entry: correct its notification and its signature first.")
        raise ValidationError(said % {"number": answered.number})


@transaction.atomic
def correct_particulars(dossier: Dossier, person: Person, told: Mapping[str, str], reason: str) -> Fact:
    """Put right names, contacts or subject of a dossier; it is found by the new ones at once."""
    fact = dossiers.correct_particulars(dossier, person, told, reason)
    index_dossier(fact.dossier)
    return fact
