"""Who may do what: roles given and ended, the president's orders recorded and ended. What signs takes two people."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils import queries, trace
from tadbir.councils.actions.office import known_qualities, pk_of, require, require_if
from tadbir.councils.clock import today
from tadbir.councils.days import ORDER, ROLE, require_days, require_forward
from tadbir.councils.models import Delegation, Person, Quality, Role, Unit
from tadbir.councils.rights import Right, weighty

NO_RECEIVER = gettext_lazy(
    "A delegation goes to a vice-president, the director general of services or a head of division or service."
)
NOT_HIS_UNIT = gettext_lazy(
    "%(name)s is head of: %(own)s. A head signs for his own unit only, so an order for other units would let him sign"
    " nothing: choose his unit, or no unit."
)


def require_two(by: Person | None, second: Person | None, person: Person) -> None:
    """What signs, or says who signs, takes two people, wherever there are two; the machine itself is asked for none."""
    if second is not None:
        require(second, Right.CONFIRM_POWERS)
        if second.pk in (person.pk, by.pk if by else None):
            raise PermissionDenied(_("Whoever asked for this, or gets it, does not confirm it: another person must."))
    elif by is not None and queries.seconds(by, person, today()).exists():
        raise PermissionDenied(_("This takes a second person, who confirms it."))


def require_giveable(person: Person, quality: str, starts_on: date, ends_on: date | None, by: Person | None) -> None:
    """Raise PermissionDenied or ValidationError where this quality cannot be given to him for these days."""
    require_if(by, Right.WRITE_PEOPLE)
    require_days(ROLE, starts_on=starts_on, ends_on=ends_on)
    if by is not None and by.pk == person.pk:
        raise PermissionDenied(_("Nobody gives himself a role: another person must do it."))
    if quality == Quality.PRESIDENT and queries.people_with(quality, starts_on).exclude(pk=person.pk).exists():
        raise ValidationError(_("The council has a president on that date: end that role first."))


@transaction.atomic
def give_role(
    person: Person,
    quality: str,
    starts_on: date,
    unit: Unit | None = None,
    ends_on: date | None = None,
    *,
    by: Person | None = None,
    second: Person | None = None,
) -> Role:
    """Give a quality from a date. There is one president at a time; a second one is refused.

    Nobody gives himself a role, and one that signs takes a second person. The register names both. Raises
    PermissionDenied, ValidationError.
    """
    require_giveable(person, quality, starts_on, ends_on, by)
    if weighty(quality):
        require_two(by, second, person)
    role = Role.objects.create(person=person, quality=quality, unit=unit, starts_on=starts_on, ends_on=ends_on)
    who = {"role": role.pk, "person": person.pk, "by": pk_of(by), "second": pk_of(second)}
    what = {"quality": str(quality), "unit": unit.code if unit else None}
    trace.leave("role_given", **who, **what, starts_on=starts_on, ends_on=ends_on)
    return role


def require_last_day(began: date, ends_on: date | None) -> None:
    """Raise ValidationError for a day that is no last day of a role or an order that began then; None: it goes on."""
    require_days(ROLE, ends_on=ends_on)
    require_forward(began=began, ends_on=ends_on)


def require_endable(role: Role, ends_on: date | None) -> None:
    """Raise ValidationError for no last day of this role, or a later one that would make two presidents at a time.

    None: it goes on, its last day was a mistake."""
    require_last_day(role.starts_on, ends_on)
    others = Role.objects.filter(quality=Quality.PRESIDENT, starts_on__gte=role.starts_on)
    if ends_on is not None:
        others = others.filter(starts_on__lte=ends_on)
    if role.quality == Quality.PRESIDENT and others.exclude(person=role.person_id).exists():
        raise ValidationError({"ends_on": _("The council has another president before that day.")})


@transaction.atomic
def end_role(role: Role, ends_on: date | None, *, by: Person | None = None, second: Person | None = None) -> None:
    """End a role, move its last day, or say that it goes on (None); one that signs takes a second person. Raises as
    `give_role`."""
    require_if(by, Right.WRITE_PEOPLE)
    require_endable(role, ends_on)
    if weighty(role.quality):
        require_two(by, second, role.person)
    trace.require_known("role", role.pk)
    Role.objects.filter(pk=role.pk).update(ends_on=ends_on)
    who = {"role": role.pk, "person": role.person_id, "by": pk_of(by), "second": pk_of(second)}
    trace.leave("role_ended", **who, ends_on=ends_on)


def president_on(day: date) -> Person:
    """Whose order a delegation of that day is. Raises ValidationError where the council has no president then."""
    found = queries.people_with(Quality.PRESIDENT, day).first()
    if found is None:
        raise ValidationError(_("The council has no president on that date."))
    return found


def require_delegable(
    delegator: Person, to: Person, starts_on: date, ends_on: date | None, units: Iterable[Unit] = ()
) -> None:
    """Only the president delegates, to those that the law names; to a head within his own unit, where the order names
    units (organic law 112-14, articles 102 and 103). Raises PermissionDenied, ValidationError."""
    require_days(ORDER, starts_on=starts_on, ends_on=ends_on)
    if Quality.PRESIDENT not in queries.qualities_of(delegator, starts_on):
        raise PermissionDenied(_("Only the president delegates (organic law 112-14, articles 101 to 103)."))
    if Quality.PRESIDENT not in known_qualities(delegator, starts_on):
        raise PermissionDenied(trace.UNKNOWN)
    if not queries.RECEIVERS & queries.qualities_of(to, starts_on):
        raise ValidationError(NO_RECEIVER)
    if not queries.order_reaches(to, units, starts_on):
        held = {role.unit for role in queries.roles_of(to, starts_on) if role.unit and role.quality == Quality.HEAD}
        said = {"name": to, "own": ", ".join(sorted(str(unit) for unit in held))}
        raise ValidationError({"units": NOT_HIS_UNIT % said})


@transaction.atomic
def delegate(
    delegator: Person,
    to: Person,
    subjects: list[str],
    order_reference: str,
    starts_on: date,
    ends_on: date | None = None,
    scope: str = Delegation.Scope.SIGNATURE,
    *,
    units: Iterable[Unit] = (),
    by: Person | None = None,
    second: Person | None = None,
) -> Delegation:
    """Record a delegation order. Only the president delegates (organic law 112-14, articles 101 to 103).

    `units`: those it is limited to, with what is under them; none: no limit. A head signs for his own unit
    anyway. Recorded by somebody else than the president, it takes a second person.
    """
    require_if(by, Right.RECORD_DELEGATIONS)
    units = list(units)
    require_delegable(delegator, to, starts_on, ends_on, units)
    if by is None or by.pk != delegator.pk:
        require_two(by, second, to)
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    reach = {"subjects": list(subjects), "units": sorted(unit.code for unit in units)}
    delegation = Delegation.objects.create(
        delegator=delegator, delegate=to, scope=scope, order_reference=order_reference, **reach, **dates
    )
    who = {"delegator": delegator.pk, "to": to.pk, "by": pk_of(by), "second": pk_of(second)}
    what = {"scope": str(scope), "reference": order_reference, **reach}
    trace.leave("delegation_recorded", delegation=delegation.pk, **who, **what, **dates)
    return delegation


@transaction.atomic
def end_delegation(
    delegation: Delegation, ends_on: date | None, *, by: Person | None = None, second: Person | None = None
) -> None:
    """End a delegation, move its last day, or say that it goes on (None): the president alone, or two people. Raises as
    `delegate`."""
    require_if(by, Right.RECORD_DELEGATIONS)
    require_last_day(delegation.starts_on, ends_on)
    if by is None or Quality.PRESIDENT not in queries.qualities_of(by, today()):
        require_two(by, second, delegation.delegate)
    trace.require_known("delegation", delegation.pk)
    Delegation.objects.filter(pk=delegation.pk).update(ends_on=ends_on)
    who = {"by": pk_of(by), "second": pk_of(second)}
    trace.leave("delegation_ended", delegation=delegation.pk, ends_on=ends_on, **who)
