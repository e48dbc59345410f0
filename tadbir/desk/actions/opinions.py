"""Asking another unit what it thinks, and answering it. The person's clock goes on meanwhile."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role, Unit
from tadbir.councils.rights import Right, holders
from tadbir.desk.actions.checks import reason_of, require_asked_here
from tadbir.desk.actions.giving import in_charge
from tadbir.desk.notices import tell_agent
from tadbir.desk.queries.dossier import opinions_of_nobody
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier, Fact


@transaction.atomic
def ask_opinion(dossier: Dossier, person: Person, unit: Unit, question: str) -> Fact:
    """Ask another unit what it thinks. Raises ValidationError for the dossier's own, or where nobody could answer."""
    dossiers.require_work(person, dossier)
    if unit.pk == dossier.unit_id:
        raise ValidationError({"unit": _("This is the dossier's own unit: ask another one.")})
    if unit.pk not in who.units_with(holders(Right.GIVE_OPINIONS), today()):
        raise ValidationError({"unit": _("Nobody works in this unit today: nobody could answer.")})
    return dossiers.record(dossier, "opinion_asked", by=person, data={"unit": unit.code}, private=reason_of(question))


def gives_opinion_of(person: Person, unit: str) -> bool:
    """Whether somebody may speak for a unit today, by its code: he has a role in it."""
    return any(role.unit is not None and role.unit.code == unit for role in who.roles_of(person, today()))


def why_not_given(person: Person, asked: Fact) -> str:
    """Why somebody may not answer a question put to a unit; empty where he may.

    Whoever asked does not answer himself, though he has a role in both units: but where nobody else there may answer.
    """
    unit = str(asked.data.get("unit"))
    if not gives_opinion_of(person, unit):
        return _("Only the unit that was asked gives its opinion.")
    if asked.by_id == person.pk and _others_of(unit, person):
        return _("You asked this yourself: somebody else of that unit answers.")
    return ""


def _others_of(unit: str, person: Person) -> bool:
    """Whether somebody else than this person may answer for a unit today, by its code."""
    roles = Role.objects.filter(who.on_date(today()), unit__code=unit, quality__in=holders(Right.GIVE_OPINIONS))
    return roles.exclude(person=person).exists()


def return_opinions() -> int:
    """Give back what was asked of a unit where nobody can answer any more to whoever asked it; how many there were.

    The dossier says so and lies in a tray; who asked, or where he left those who have the dossier now, is told.
    """
    found = [fact for fact in opinions_of_nobody() if "opinion_returned" in law.REGIMES[fact.dossier.kind].facts]
    for asked in found:
        _give_back(asked)
    return len(found)


@transaction.atomic
def _give_back(asked: Fact) -> None:
    unit, dossier = str(asked.data["unit"]), asked.dossier
    fact = dossiers.record(dossier, "opinion_returned", source="tick", data={"asked": str(asked.pk), "unit": unit})
    asker = asked.by
    still = asker is not None and who.holds(asker, Right.BE_GIVEN_A_DOSSIER, today())
    for person in [asker] if asker and still else in_charge(dossier):
        key = f"opinion_returned:{fact.pk}:{person.pk}"
        tell_agent(person, "opinion_returned", dossier, key=key, unit=str(Unit.objects.get(code=unit)))


@transaction.atomic
def give_opinion(dossier: Dossier, person: Person, asked: Fact, text: str) -> Fact:
    """Give the opinion that one's own unit was asked for: who asks does not answer in another's name.

    Where he alone could, the story says that he did. Raises PermissionDenied for a person of another unit, whoever
    works on the dossier, and for whoever asked while somebody else may answer.
    """
    require_asked_here(dossier, asked)
    if why := why_not_given(person, asked):
        raise PermissionDenied(why)
    data = {"asked": str(asked.pk), "unit": asked.data.get("unit")}
    return dossiers.record(dossier, "opinion_received", by=person, data=data, private=reason_of(text))
