"""A dossier given to the wrong unit: who gave it asks for it back, who got it sends it back. Both are told."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Unit
from tadbir.councils.rights import Right, holders
from tadbir.desk.actions.checks import reason_of
from tadbir.desk.giving import given_by, given_from, given_shown
from tadbir.desk.notices import tell_agent
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers import queries
from tadbir.dossiers.models import Dossier, Fact
from tadbir.dossiers.story import Story


@transaction.atomic
def ask_back(dossier: Dossier, person: Person, reason: str, *, shown: str) -> Fact:
    """Ask whoever has a dossier now to send it back, as its page displayed it; its officer or his heads are told.

    Raises PermissionDenied for somebody who did not give it, nor his unit; ValidationError when it was asked already;
    Changed when somebody else has it by now.
    """
    dossier = dossiers.lock(dossier)
    given = given_by(person, dossier.number)
    if given is None:
        raise PermissionDenied(_("This dossier is not yours to work on."))
    given_shown(given).require(shown)
    if not given.may_ask:
        raise ValidationError(_("It was given on since: whoever gave it last may ask for it back."))
    if given.asked_back is not None:
        raise ValidationError(_("It was asked back already: whoever has it was told."))
    private, data = reason_of(reason), {"unit": given.fact.data["from"]}
    fact = dossiers.record(dossier, "asked_back", by=person, data=data, private=private)
    for other in in_charge(given.dossier):
        tell_agent(other, "asked_back", dossier, key=f"asked_back:{fact.pk}:{other.pk}", by=str(person))
    return fact


def in_charge(dossier: Dossier) -> list[Person]:
    """Its officer; where it has none, or he left, those who answer for its unit."""
    officer = dossier.officer
    if officer is not None and who.holds(officer, Right.BE_GIVEN_A_DOSSIER, today()):
        return [officer]
    return list(who.people_with(holders(Right.OVERSEE) & holders(Right.WORK_IN_UNIT), today(), dossier.unit))


@transaction.atomic
def send_back(dossier: Dossier, person: Person, reason: str) -> Fact:
    """Give a dossier back to the unit, and the officer while he may work on it, from where it came; he is told.

    Raises PermissionDenied for who does not work on it; ValidationError where nobody gave it.
    """
    private = reason_of(reason)
    given = given_from(Story(list(queries.history(dossier))), dossier)
    if given is None:
        raise ValidationError(_("Nobody gave this dossier to your unit."))
    unit = Unit.objects.get(code=given.data["from"])
    before = who.person_by_id(given.data.get("from_person") or 0)
    if before is not None and not who.holds(before, Right.BE_GIVEN_A_DOSSIER, today()):
        before = None
    fact = dossiers.reassign(dossier, person, before, unit, private["reason"])
    if given.by is not None and given.by_id != person.pk:
        tell_agent(given.by, "dossier_sent_back", dossier, key=f"sent_back:{fact.pk}", by=str(person))
    return fact
