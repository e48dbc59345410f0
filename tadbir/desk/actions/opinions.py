"""Asking another unit what it thinks, and answering it. The person's clock goes on meanwhile."""

from django.db import transaction

from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Unit
from tadbir.desk.actions.checks import reason_of, require_asked_here
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact


@transaction.atomic
def ask_opinion(dossier: Dossier, person: Person, unit: Unit, question: str) -> Fact:
    """Ask another unit what it thinks."""
    dossiers.require_work(person, dossier)
    return dossiers.record(dossier, "opinion_asked", by=person, data={"unit": unit.code}, private=reason_of(question))


@transaction.atomic
def give_opinion(dossier: Dossier, person: Person, asked: Fact, text: str) -> Fact:
    """Give the opinion that one's unit was asked for. Raises PermissionDenied for a person of another unit."""
    require_asked_here(dossier, asked)
    units = {role.unit.code for role in who.roles_of(person, today()) if role.unit}
    if asked.data.get("unit") not in units:
        dossiers.require_work(person, dossier)
    data = {"asked": str(asked.pk), "unit": asked.data.get("unit")}
    return dossiers.record(dossier, "opinion_received", by=person, data=data, private=reason_of(text))
