"""What waits for a second person: a role that signs, an order of the president; one asks, another answers."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries, trace
from tadbir.councils.actions.office import require
from tadbir.councils.clock import now, today
from tadbir.councils.models import Person, PowerChange
from tadbir.councils.powers import power_shown
from tadbir.councils.rights import Right


@transaction.atomic
def ask_power(kind: str, person: Person, values: dict[str, Any], by: Person, *, own: bool = False) -> PowerChange:
    """Ask for a change of somebody's powers: it waits for a second person, where there is another one who could answer.

    Where there is none, in a council's first days, it is answered at once by nobody: the caller does it and tells.
    `own`: an order of the president, recorded by himself. The caller checks what is asked.
    """
    waits = not own and queries.seconds(by, person, today()).exists()
    answered = None if waits else now()
    what = {"values": values, "own": own, "agreed": not waits}
    row = PowerChange.objects.create(kind=kind, person=person, made_by=by, made_at=now(), answered_at=answered, **what)
    who = {"power": row.pk, "person": person.pk, "made_by": by.pk}
    trace.leave("power_asked", **who, change=str(kind), waits=waits, **what)
    return row


@transaction.atomic
def answer_power(row: PowerChange, by: Person, *, refuse: bool, shown: str) -> PowerChange:
    """A second person's word; whoever asked may take it back, and never agrees. The caller then does what was agreed.

    Raises PermissionDenied; ValidationError for what waits no more; Changed when his powers are others by now.
    """
    require(by, Right.CONFIRM_POWERS)
    Person.objects.select_for_update(of=("self",)).get(pk=row.person_id)
    row = PowerChange.objects.select_for_update(of=("self",)).select_related("person", "made_by").get(pk=row.pk)
    power_shown(row).require(shown)
    trace.require_known("power", row.pk)
    if row.answered_at is not None:
        raise ValidationError(_("This waits for nobody any more."))
    if not refuse and by.pk in (row.made_by_id, row.person_id):
        raise PermissionDenied(_("Whoever asked for this, or gets it, does not confirm it: another person must."))
    row.answered_at, row.answered_by, row.agreed = now(), by, not refuse
    row.save(update_fields=["answered_at", "answered_by", "agreed"])
    who = {"power": row.pk, "person": row.person_id, "made_by": row.made_by_id, "answered_by": by.pk}
    trace.leave("power_answered", **who, waits=False, agreed=not refuse)
    return row
