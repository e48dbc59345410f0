"""The writers of councils: set up a council, its units and people, give and end roles, delegate, enrol."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tadbir.councils import queries, trace
from tadbir.councils.clock import now, today
from tadbir.councils.models import (
    AccessLogEntry,
    Account,
    Council,
    Delegation,
    Enrolment,
    Person,
    Quality,
    Role,
    Unit,
    new_stamp,
)
from tadbir.councils.rights import Right, holders
from tadbir.councils.scope import current_council
from tadbir.reading.mail import read_address

ENROLMENT_LIFE = timedelta(days=3)
NO_RECEIVER = gettext_lazy(
    "A delegation goes to a vice-president, the director general of services or a head of division or service."
)


def create_council(code: str, *, demo: bool = False, host: str = "") -> Council:
    """Set up one of the 75 councils by its census code, as 12.391. Raises ValidationError for another code."""
    row = next((row for row in queries.official_councils() if row["code"] == code), None)
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
    return Unit.objects.create(code=code, name_ar=name_ar, name_fr=name_fr, parent=parent)


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


@transaction.atomic
def make_enrolment(person: Person, *, by: Person | None = None) -> str:
    """Make a one-use enrolment token for a person; only its hash is kept. Older links of his end with it."""
    _require_if(by, Right.WRITE_PEOPLE)
    Enrolment.objects.filter(person=person, used_at__isnull=True).update(used_at=now())
    trace.leave("enrolment_made", person=person.pk, by=_pk(by))
    token = secrets.token_urlsafe(24)
    Enrolment.objects.create(
        person=person, token_sha256=hashlib.sha256(token.encode()).hexdigest(), expires_at=now() + ENROLMENT_LIFE
    )
    return token


def use_enrolment(token: str) -> Person | None:
    """Use an enrolment token once; None when it is unknown, used or too old."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    with transaction.atomic():
        found = (
            Enrolment.objects.select_for_update(of=("self",))
            .filter(token_sha256=digest, used_at__isnull=True, expires_at__gt=now())
            .select_related("person__account")
            .first()
        )
        if found is None:
            return None
        Enrolment.objects.filter(pk=found.pk).update(used_at=now())
    return found.person


def require(person: Person | None, right: Right) -> None:
    """Raise PermissionDenied unless the person holds the right today in this council."""
    if person is None or person.council_id != current_council().pk:
        raise PermissionDenied(_("Sign in as an agent of this council first."))
    if not holders(right) & queries.qualities_of(person, today()):
        raise PermissionDenied(_("Your role today does not allow this."))


def renew_stamp() -> None:
    """Something of the current council that processes read once has changed: they read it again (`memory`)."""
    council = current_council()
    council.stamp = new_stamp()
    Council.objects.filter(pk=council.pk).update(stamp=council.stamp)
