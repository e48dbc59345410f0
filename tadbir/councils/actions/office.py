"""The writers of councils: set up a council, its units and people, give and end roles, delegate, enrol."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils import queries, trace
from tadbir.councils.actions.correcting import put_right
from tadbir.councils.clock import now, today
from tadbir.councils.models import AccessLogEntry, Account, Council, Delegation, Person, Quality, Role, Unit, new_stamp
from tadbir.councils.official import official_councils
from tadbir.councils.powers import name_shown, unit_shown
from tadbir.councils.rights import Right
from tadbir.councils.scope import current_council
from tadbir.reading.mail import read_address

NO_RECEIVER = gettext_lazy(
    "A delegation goes to a vice-president, the director general of services or a head of division or service."
)


def create_council(code: str, *, demo: bool = False, host: str = "") -> Council:
    """Set up one of the 75 councils by its census code, as 12.391. Raises ValidationError for another code."""
    row = next((row for row in official_councils() if row["code"] == code), None)
    if row is None:
        told = _("There is no prefectural or provincial council with code %(code)s.")
        raise ValidationError(told, params={"code": code})
    return Council.objects.create(
        code=code,
        slug=row["slug"],
        kind=row["kind"],
        name_ar=row["name_ar"],
        name_fr=row["name_fr"],
        region_ar=row["region_ar"],
        region_fr=row["region_fr"],
        seats=int(row["seats"]),
        vice_presidents=int(row["vice_presidents"]),
        demo=demo,
        host=host,
    )


def _require_if(by: Person | None, right: Right) -> None:
    """Ask for a right of whoever does it; the command line and the first stones do it as nobody."""
    if by is not None:
        require(by, right)


def _pk(by: Person | None) -> int | None:
    return by.pk if by else None


def create_unit(code: str, name_ar: str, name_fr: str, parent: Unit | None = None, *, by: Person | None = None) -> Unit:
    """Add a unit to the council's administration."""
    _require_if(by, Right.WRITE_PEOPLE)
    with transaction.atomic():
        unit = Unit.objects.create(code=code, name_ar=name_ar, name_fr=name_fr, parent=parent)
        names = {"name_ar": name_ar, "name_fr": name_fr, "parent": parent.pk if parent else None}
        trace.leave("unit_added", unit=unit.pk, code=code, **names, by=_pk(by))
    return unit


@transaction.atomic
def rename_unit(
    unit: Unit,
    name_ar: str,
    name_fr: str,
    parent: Unit | None,
    reason: str,
    *,
    by: Person,
    since: date | None = None,
    shown: str,
) -> Unit:
    """Name a unit otherwise, or put it under another one: from a day on, or because it was typed wrong (no `since`).

    Papers keep what they say; its code, its people and its dossiers stay. Raises PermissionDenied; ValidationError
    without a reason, for a day ahead, or for a unit under itself; Changed when it is otherwise by now.
    """
    require(by, Right.WRITE_PEOPLE)
    unit = Unit.objects.select_for_update(of=("self",)).select_related("parent").get(pk=unit.pk)
    unit_shown(unit).require(shown)
    if since is not None and since > today():
        raise ValidationError({"since": _("This date lies ahead of today.")})
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError({"parent": _("A unit is no part of itself.")})
        above = above.parent
    put_right(unit, "unit", {"name_ar": name_ar, "name_fr": name_fr, "parent": parent}, reason, by, since=since)
    return unit


@transaction.atomic
def rename_person(person: Person, name_ar: str, name_fr: str, reason: str, *, by: Person, shown: str) -> Person:
    """Put right the name of an agent; papers keep what they say. Raises as `rename_unit`."""
    require(by, Right.WRITE_PEOPLE)
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    name_shown(person).require(shown)
    put_right(person, "person", {"name_ar": name_ar, "name_fr": name_fr}, reason, by, named=True)
    return person


def create_person(name_ar: str, name_fr: str, email: str = "") -> Person:
    """Add an agent; with an e-mail, an account that only an enrolment link can open.

    An account serves one council: whoever makes its enrolment link could else open the other council with it.
    """
    email = address_of(email)
    if email and Account.objects.filter(email=email).exists():
        raise ValidationError({"email": _("This e-mail already opens an account: give another one.")})
    with transaction.atomic():
        account = Account.objects.create_user(email) if email else None
        person = Person.objects.create(account=account, name_ar=name_ar, name_fr=name_fr)
        trace.leave("person_added", person=person.pk, account=account.pk if account else None)
    return person


def address_of(written: str) -> str:
    """An e-mail address as our sender writes to it, in small letters, or nothing. Raises ValidationError."""
    address = read_address(written) if written else ""
    if address is None:
        raise ValidationError({"email": _("This is no e-mail address: write it as name@example.ma.")})
    return address.lower()


def add_person(
    name_ar: str,
    name_fr: str,
    email: str,
    quality: str,
    starts_on: date,
    unit: Unit | None = None,
    ends_on: date | None = None,
    *,
    by: Person | None = None,
) -> Person:
    """Add an agent with a first role, or nobody: raises ValidationError when the role or the e-mail is refused."""
    _require_if(by, Right.WRITE_PEOPLE)
    with transaction.atomic():
        email = address_of(email)
        if email and Person.objects.filter(account__email=email).exists():
            raise ValidationError({"email": _("Somebody of this council already signs in with this e-mail.")})
        person = create_person(name_ar, name_fr, email)
        give_role(person, quality, starts_on, unit, ends_on, by=by)
    return person


@transaction.atomic
def give_role(
    person: Person,
    quality: str,
    starts_on: date,
    unit: Unit | None = None,
    ends_on: date | None = None,
    *,
    by: Person | None = None,
) -> Role:
    """Give a quality from a date. There is one president at a time; a second one is refused.

    Nobody gives himself a role. The register keeps who gave which. Raises PermissionDenied, ValidationError.
    """
    _require_if(by, Right.WRITE_PEOPLE)
    if by is not None and by.pk == person.pk:
        raise PermissionDenied(_("Nobody gives himself a role: another person must do it."))
    if quality == Quality.PRESIDENT:
        holders = queries.people_with(Quality.PRESIDENT, starts_on).exclude(pk=person.pk)
        if holders.exists():
            raise ValidationError(_("The council has a president on that date: end that role first."))
    role = Role.objects.create(person=person, quality=quality, unit=unit, starts_on=starts_on, ends_on=ends_on)
    trace.leave(
        "role_given",
        role=role.pk,
        person=person.pk,
        quality=str(quality),
        unit=unit.code if unit else None,
        starts_on=starts_on,
        ends_on=ends_on,
        by=_pk(by),
    )
    return role


@transaction.atomic
def end_role(role: Role, ends_on: date, *, by: Person | None = None) -> None:
    """End a role; what was done under it stays valid."""
    _require_if(by, Right.WRITE_PEOPLE)
    Role.objects.filter(pk=role.pk).update(ends_on=ends_on)
    trace.leave("role_ended", role=role.pk, person=role.person_id, ends_on=ends_on, by=_pk(by))


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
) -> Delegation:
    """Record a delegation order. Only the president delegates (organic law 112-14, articles 101 to 103).

    `units`: those it is limited to, with what is under them; none: no limit. A head signs for his own unit anyway.
    """
    if Quality.PRESIDENT not in queries.qualities_of(delegator, starts_on):
        raise PermissionDenied(_("Only the president delegates (organic law 112-14, articles 101 to 103)."))
    if not queries.RECEIVERS & queries.qualities_of(to, starts_on):
        raise ValidationError(NO_RECEIVER)
    dates = {"starts_on": starts_on, "ends_on": ends_on}
    reach = {"subjects": list(subjects), "units": sorted(unit.code for unit in units)}
    delegation = Delegation.objects.create(
        delegator=delegator, delegate=to, scope=scope, order_reference=order_reference, **reach, **dates
    )
    who = {"delegation": delegation.pk, "delegator": delegator.pk, "to": to.pk, "by": _pk(by)}
    what = {"scope": str(scope), "reference": order_reference, **reach}
    trace.leave("delegation_recorded", **who, **what, **dates)
    return delegation


def record_delegation(
    to: Person,
    subjects: list[str],
    order_reference: str,
    starts_on: date,
    ends_on: date | None,
    scope: str,
    *,
    units: Iterable[Unit] = (),
    by: Person | None = None,
) -> Delegation:
    """Record a delegation order of whoever is president on its first day. Raises ValidationError without one."""
    _require_if(by, Right.RECORD_DELEGATIONS)
    president = queries.people_with(Quality.PRESIDENT, starts_on).first()
    if president is None:
        raise ValidationError(_("The council has no president on that date."))
    return delegate(president, to, subjects, order_reference, starts_on, ends_on, scope, units=units, by=by)


@transaction.atomic
def end_delegation(delegation: Delegation, ends_on: date, *, by: Person | None = None) -> None:
    """End a delegation; what was signed under it stays valid."""
    _require_if(by, Right.RECORD_DELEGATIONS)
    Delegation.objects.filter(pk=delegation.pk).update(ends_on=ends_on)
    trace.leave("delegation_ended", delegation=delegation.pk, ends_on=ends_on, by=_pk(by))


@transaction.atomic
def record_absence(
    person: Person, absent_from: date | None, absent_until: date | None, *, by: Person | None = None
) -> bool:
    """Say when a person is away, or no longer is (no first day), so that duties may be given to somebody else.

    The register keeps the days and who said so, never the reason; saying the same again changes nothing: False.
    """
    _require_if(by, Right.RECORD_ABSENCE)
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before, after = (locked.absent_from, locked.absent_until), (absent_from, absent_until)
    if before == after:
        return False
    Person.objects.filter(pk=person.pk).update(absent_from=absent_from, absent_until=absent_until)
    kind, (first, last) = ("absence_recorded", after) if absent_from else ("absence_ended", before)
    trace.leave(kind, person=person.pk, absent_from=first, absent_until=last, by=_pk(by))
    return True


def log_access(person: Person | None, subject: str, purpose: str) -> None:
    """Write in the access log that somebody read personal data."""
    AccessLogEntry.objects.create(at=now(), person=person, subject=subject, purpose=purpose)


def require(person: Person | None, right: Right) -> None:
    """Raise PermissionDenied unless the person holds the right today in this council."""
    if person is None or person.council_id != current_council().pk:
        raise PermissionDenied(_("Sign in as an agent of this council first."))
    if not queries.holds(person, right, today()):
        raise PermissionDenied(_("Your role today does not allow this."))


def renew_stamp() -> None:
    """Something of the current council that processes read once has changed: they read it again (`memory`)."""
    council = current_council()
    council.stamp = new_stamp()
    Council.objects.filter(pk=council.pk).update(stamp=council.stamp)
