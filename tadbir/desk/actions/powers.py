"""Roles given and ended, the president's orders recorded and ended: what signs waits for a second person, all are told.

The change is a row (`PowerChange`) that says what is to be written. Where nobody else could answer, as in a council's
first days, it is done at once, and the president is told so.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from tadbir.acts.queries import printed_base
from tadbir.councils import actions as councils
from tadbir.councils import queries as who
from tadbir.councils.clock import today
from tadbir.councils.models import Delegation, Person, PowerChange, Quality, Role, Unit
from tadbir.councils.rights import Right, weighty
from tadbir.councils.scope import current_council
from tadbir.councils.way_in import keyed
from tadbir.desk.actions import emails, leaving
from tadbir.desk.queries.powers import power_words, require_nothing_done_after, require_nothing_signed_after
from tadbir.dossiers.models import Dossier
from tadbir.notify.actions import queue
from tadbir.notify.ways import MAIL, Way
from tadbir.register.canonical import plain
from tadbir.ui.dates import as_date

Kind = PowerChange.Kind


@transaction.atomic
def add_person(
    names: Mapping[str, str], email: str, first: Mapping[str, Any], by: Person
) -> tuple[Person, PowerChange | None]:
    """Add an agent with a first role, or nobody; and what giving that role made, when it signs.

    Raises ValidationError when the role or the e-mail is refused, PermissionDenied.
    """
    councils.require(by, Right.WRITE_PEOPLE)
    person = councils.create_person(names["name_ar"], names["name_fr"], email)
    return person, give_role(person, first["quality"], first["starts_on"], first["unit"], first["ends_on"], by=by)


@transaction.atomic
def give_role(
    person: Person, quality: str, starts_on: date, unit: Unit | None, ends_on: date | None, *, by: Person
) -> PowerChange | None:
    """Give a quality from a date; what that made, when it signs. Raises as `councils.actions.give_role`."""
    if not weighty(quality):
        councils.give_role(person, quality, starts_on, unit, ends_on, by=by)
        return None
    councils.require_giveable(person, quality, starts_on, ends_on, by)
    values = {"quality": str(quality), "unit": unit.pk if unit else None, "starts_on": starts_on}
    return _change(Kind.ROLE_GIVEN, person, values | {"ends_on": ends_on}, by)


@transaction.atomic
def end_role(
    role: Role,
    ends_on: date | None,
    by: Person,
    *,
    give: bool,
    to: Person | None = None,
    held: Iterable[Dossier] | None = None,
) -> PowerChange | None:
    """End a role and give what it leaves, or say that it goes on (`leaving.end_role`); what that made, when it signs.

    Raises ValidationError where something signed or recorded under it is later than its last day.
    """
    councils.require(by, Right.WRITE_PEOPLE)
    councils.require_endable(role, ends_on)
    require_nothing_done_after(ends_on, role)
    if not weighty(role.quality):
        leaving.end_role(role, ends_on, by, give=give, to=to, held=held)
        return None
    told = {"role": role.pk, "quality": role.quality, "unit": role.unit_id}
    values = {**told, "ends_on": ends_on, "give": give, "to": to.pk if to else None}
    return _change(Kind.ROLE_ENDED, role.person, values, by)


@transaction.atomic
def record_delegation(
    to: Person,
    subjects: list[str],
    order_reference: str,
    starts_on: date,
    ends_on: date | None,
    scope: str,
    *,
    units: Iterable[Unit] = (),
    by: Person,
) -> PowerChange:
    """Record an order of whoever is president on its first day: he himself, or two people. Raises as `delegate`."""
    councils.require(by, Right.RECORD_DELEGATIONS)
    president = councils.president_on(starts_on)
    units = list(units)
    councils.require_delegable(president, to, starts_on, ends_on, units)
    reach = {"subjects": list(subjects), "units": sorted(unit.code for unit in units), "scope": str(scope)}
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    values = {"reference": order_reference, **reach, **dates}
    return _change(Kind.DELEGATION_RECORDED, to, values, by, own=by.pk == president.pk)


@transaction.atomic
def end_delegation(delegation: Delegation, ends_on: date | None, by: Person) -> PowerChange:
    """End an order of the president, or say that it goes on (None): he himself, or two people. Raises as `end_role`."""
    councils.require(by, Right.RECORD_DELEGATIONS)
    councils.require_last_day(delegation.starts_on, ends_on)
    require_nothing_signed_after(ends_on, signed_delegation=delegation)
    told = {"delegation": delegation.pk, "reference": delegation.order_reference}
    values = {**told, "ends_on": ends_on}
    own = Quality.PRESIDENT in who.qualities_of(by, today())
    return _change(Kind.DELEGATION_ENDED, delegation.delegate, values, by, own=own)


@transaction.atomic
def correct_email(person: Person, email: str, reason: str, by: Person, *, shown: str) -> PowerChange | None:
    """Put right the e-mail of an agent; what waits, where he signs or says who signs. Raises as `propose_email`."""
    said = councils.propose_email(person, email, reason, by, shown=shown)
    if not councils.takes_two(person, by):
        emails.hold(said, person, None)
        return None
    values = {"correction": said.pk, "email": keyed("email", said.after["email"])}
    return _change(Kind.EMAIL_CORRECTED, person, values, by)


@transaction.atomic
def answer(row: PowerChange, by: Person, *, refuse: bool, shown: str) -> PowerChange:
    """The second person's word; what was agreed is done at once. Raises as `answer_power`, and as what it does."""
    row = councils.answer_power(row, by, refuse=refuse, shown=shown)
    if not refuse:
        _do(row, by)
    _tell(row)
    return row


def _change(kind: str, person: Person, values: dict[str, Any], by: Person, *, own: bool = False) -> PowerChange:
    row = councils.ask_power(kind, person, plain(values), by, own=own)
    if row.answered_at is not None:
        _do(row, None)
    _tell(row)
    return row


def _do(row: PowerChange, second: Person | None) -> None:
    """Write what was asked. `second`: whoever confirmed it; nobody where nobody could, or the order is the asker's."""
    said, by = row.values, row.made_by
    starts_on, ends_on = as_date(said.get("starts_on")), as_date(said.get("ends_on"))
    if row.kind == Kind.ROLE_GIVEN and starts_on:
        unit = who.unit_by_id(said["unit"]) if said["unit"] else None
        councils.give_role(row.person, said["quality"], starts_on, unit, ends_on, by=by, second=second)
    elif row.kind == Kind.ROLE_ENDED:
        role = Role.objects.select_related("person").get(pk=said["role"])
        require_nothing_done_after(ends_on, role)
        to = who.person_by_id(said["to"]) if said["to"] else None
        leaving.end_role(role, ends_on, by, give=said["give"], to=to, second=second)
    elif row.kind == Kind.DELEGATION_RECORDED and starts_on:
        told = (said["subjects"], said["reference"], starts_on, ends_on, said["scope"])
        units = Unit.objects.filter(code__in=said["units"])
        councils.delegate(councils.president_on(starts_on), row.person, *told, units=units, by=by, second=second)
    elif row.kind == Kind.DELEGATION_ENDED:
        order = Delegation.objects.select_related("delegate").get(pk=said["delegation"])
        require_nothing_signed_after(ends_on, signed_delegation=order)
        councils.end_delegation(order, ends_on, by=by, second=second)
    elif row.kind == Kind.EMAIL_CORRECTED and (asked := who.email_asked(row)):
        emails.hold(asked, row.person, second)
    else:
        raise ValidationError(row.kind)


#: What is told, by where the change stands.
_TOLD = {"waits": "power_waits", "refused": "power_refused", "alone": "power_changed_alone", "changed": "power_changed"}


def _tell(row: PowerChange) -> None:
    """Whoever gets or loses it, the president, whoever asked, those who can confirm it; not who did it last."""
    told = {row.person, *who.people_with(Quality.PRESIDENT, today()), row.made_by}
    if row.answered_at is None:
        told |= set(who.seconds(row.made_by, row.person, today()))
        state = "waits"
    else:
        state = "refused" if not row.agreed else "alone" if row.alone else "changed"
    by = row.answered_by or row.made_by
    if row.kind == Kind.EMAIL_CORRECTED and row.agreed:
        told -= {row.person}  # told already, at both addresses (`emails.hold`)
    for person in sorted(told - {by}, key=lambda one: one.pk):
        _tell_one(person, state, row, by)


def _tell_one(person: Person, state: str, row: PowerChange, by: Person) -> None:
    if (account := person.account) is None:
        return
    with override(account.language):
        values = {"by": str(by), "asked_by": str(row.made_by), "what": power_words(row)}
    values["address"] = f"{printed_base(current_council())}/office/people/change/{row.pk}/"
    code = _TOLD[state]
    to = [Way(MAIL, account.email)]
    queue(code, to=to, language=account.language, values=values, key=f"{code}:{row.pk}:{person.pk}")
