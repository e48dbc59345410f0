"""The writers of councils: set up a council, its units and people, say who is away and who read what."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.councils import queries, trace
from tadbir.councils.actions.correcting import put_right
from tadbir.councils.clock import now, today
from tadbir.councils.days import AWAY, NAMED, require_days
from tadbir.councils.models import AccessLogEntry, Account, Council, Person, Unit, new_stamp
from tadbir.councils.official import official_councils
from tadbir.councils.powers import name_shown, unit_shown
from tadbir.councils.rights import OFFICIAL, Right, holders
from tadbir.councils.scope import current_council
from tadbir.councils.way_in import tell_way_in
from tadbir.reading.mail import read_address


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


def require_if(by: Person | None, right: Right) -> None:
    """Ask for a right of whoever does it; the command line and the first stones do it as nobody."""
    if by is not None:
        require(by, right)


def pk_of(by: Person | None) -> int | None:
    """As the register names whoever did it."""
    return by.pk if by else None


def create_unit(code: str, name_ar: str, name_fr: str, parent: Unit | None = None, *, by: Person | None = None) -> Unit:
    """Add a unit to the council's administration."""
    require_if(by, Right.WRITE_PEOPLE)
    with transaction.atomic():
        unit = Unit.objects.create(code=code, name_ar=name_ar, name_fr=name_fr, parent=parent)
        names = {"name_ar": name_ar, "name_fr": name_fr, "parent": parent.pk if parent else None}
        trace.leave("unit_added", unit=unit.pk, code=code, **names, by=pk_of(by))
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
    require_days(NAMED, since=since)
    if since is not None and since > today():
        raise ValidationError({"since": _("This date lies ahead of today.")})
    above = parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError({"parent": _("A unit is no part of itself.")})
        above = above.parent
    trace.require_known("unit", unit.pk)
    put_right(unit, "unit", {"name_ar": name_ar, "name_fr": name_fr, "parent": parent}, reason, by, since=since)
    renew_stamp()
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
    if email and queries.email_taken(email):
        raise taken()
    with transaction.atomic():
        account = Account.objects.create_user(email) if email else None
        person = Person.objects.create(account=account, name_ar=name_ar, name_fr=name_fr)
        trace.leave("person_added", person=person.pk, account=account.pk if account else None)
        if account:
            tell_way_in(account)
    return person


def taken() -> ValidationError:
    """What is said of an e-mail by which somebody of this installation signs in already."""
    return ValidationError({"email": _("This e-mail already opens an account: give another one.")})


def address_of(written: str) -> str:
    """An e-mail address as our sender writes to it, in small letters, or nothing. Raises ValidationError."""
    address = read_address(written) if written else ""
    if address is None:
        raise ValidationError({"email": _("This is no e-mail address: write it as name@example.ma.")})
    return address.lower()


@transaction.atomic
def record_absence(
    person: Person, absent_from: date | None, absent_until: date | None, *, by: Person | None = None
) -> bool:
    """Say when a person is away, or no longer is (no first day), so that duties may be given to somebody else.

    The register keeps the days and who said so, never the reason; saying the same again changes nothing: False.
    Raises PermissionDenied, ValidationError for days that cannot be meant.
    """
    require_if(by, Right.RECORD_ABSENCE)
    require_days(AWAY, absent_from=absent_from, absent_until=absent_until)
    if absent_until and not absent_from:
        raise ValidationError({"absent_from": _("Say from which day.")})
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before, after = (locked.absent_from, locked.absent_until), (absent_from, absent_until)
    if before == after:
        return False
    trace.require_known("person", person.pk)
    Person.objects.filter(pk=person.pk).update(absent_from=absent_from, absent_until=absent_until)
    kind, (first, last) = ("absence_recorded", after) if absent_from else ("absence_ended", before)
    trace.leave(kind, person=person.pk, absent_from=first, absent_until=last, by=pk_of(by))
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
    if right in OFFICIAL and holders(right).isdisjoint(known_qualities(person, today())):
        raise PermissionDenied(trace.UNKNOWN)


def known_qualities(person: Person, day: date) -> set[str]:
    """The qualities of a person on a date by roles that the register knows as they stand; asked where a quality is used
    for good, whatever stands in its table."""
    return {role.quality for role in queries.roles_of(person, day) if trace.stands("role", role.pk)}


def renew_stamp() -> None:
    """Something of the current council that processes read once has changed: they read it again (`memory`)."""
    council = current_council()
    council.stamp = new_stamp()
    Council.objects.filter(pk=council.pk).update(stamp=council.stamp)
