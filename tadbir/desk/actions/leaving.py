"""Giving what somebody has to somebody else, when his role ends or while he is away: all of it, in one transaction."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import actions as councils
from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role
from tadbir.councils.rights import Right
from tadbir.desk.actions.opinions import return_opinions
from tadbir.desk.queries.leaving import held_shown, in_name_of
from tadbir.dossiers import actions as dossiers
from tadbir.dossiers.models import Dossier

T = TypeVar("T")


@transaction.atomic
def with_held(person: Person, shown: str, do: Callable[[list[Dossier]], T]) -> T:
    """Do something to somebody's powers and to what is in his name, as his page displayed both: those dossiers and no
    other. Raises Changed."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    held = list(in_name_of(person).select_for_update(of=("self",)))
    held_shown(person).require(shown)
    return do(held)


@transaction.atomic
def give_all(person: Person, to: Person | None, by: Person, held: Iterable[Dossier] | None = None) -> int:
    """Give the open dossiers in this person's name to somebody, or to its unit (None); how many there were.

    `held`: those that his page displayed (`with_held`); without it, all that there are.
    Raises PermissionDenied, or ValidationError for somebody who cannot work on a dossier today.
    """
    councils.require(by, Right.WRITE_PEOPLE)
    if to is not None and (to.pk == person.pk or not who.holds(to, Right.BE_GIVEN_A_DOSSIER, today())):
        raise ValidationError({"to": _("This person cannot work on a dossier today.")})
    held = list(in_name_of(person) if held is None else held)
    for dossier in held:
        dossiers.hand_over(dossier, by, to)
    return len(held)


@transaction.atomic
def end_role(
    role: Role,
    ends_on: date | None,
    by: Person,
    *,
    give: bool,
    to: Person | None = None,
    second: Person | None = None,
    held: Iterable[Dossier] | None = None,
) -> int:
    """End a role (None: it goes on, and nothing is given), give what it leaves, and end the delegations that nothing
    carries any more; how many dossiers moved.

    A question put to its unit, where nobody is left today who could answer, goes back to whoever asked it.
    `give`: whether the dossiers are given now, to `to` or to their units; else they stay in his name until his last
    day, and from then on lie in the tray of what nobody has. `held`: which ones, as in `give_all`.
    """
    councils.end_role(role, ends_on, by=by, second=second)
    if ends_on is None:
        return 0
    moved = give_all(role.person, to, by, held) if give else 0
    for order in who.orders_falling(role, ends_on):
        councils.end_delegation(order, max(ends_on, order.starts_on))
    return_opinions()
    return moved
