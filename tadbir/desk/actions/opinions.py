"""Asking another unit what it thinks, and answering it. The person's clock goes on meanwhile."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Unit
from tadbir.councils.rights import Right, holders
from tadbir.desk.actions.checks import reason_of, require_asked_here
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact


@transaction.atomic
def ask_opinion(dossier: Dossier, person: Person, unit: Unit, question: str) -> Fact:
    """Ask another unit what it thinks. Raises ValidationError for one where nobody could answer."""
    dossiers.require_work(person, dossier)
    if unit.pk not in who.units_with(holders(Right.GIVE_OPINIONS), today()):
        raise ValidationError({"unit": _("Nobody works in this unit today: nobody could answer.")})
    return dossiers.record(dossier, "opinion_asked", by=person, data={"unit": unit.code}, private=reason_of(question))


def gives_opinion_of(person: Person, unit: str) -> bool:
    """Whether somebody may speak for a unit today, by its code: he has a role in it."""
    return any(role.unit is not None and role.unit.code == unit for role in who.roles_of(person, today()))


@transaction.atomic
def give_opinion(dossier: Dossier, person: Person, asked: Fact, text: str) -> Fact:
    """Give the opinion that one's own unit was asked for: who asks does not answer in another's name.

    Raises PermissionDenied for a person of another unit, whoever works on the dossier.
    """
    require_asked_here(dossier, asked)
    if not gives_opinion_of(person, str(asked.data.get("unit"))):
        raise PermissionDenied(_("Only the unit that was asked gives its opinion."))
    data = {"asked": str(asked.pk), "unit": asked.data.get("unit")}
    return dossiers.record(dossier, "opinion_received", by=person, data=data, private=reason_of(text))
