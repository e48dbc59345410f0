"""Who holds which role on a date, and the lists of people and units."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tadbir.councils.models import Council, Enrolment, Person, Quality, Role, Unit
from tadbir.councils.rights import Right, holders

#: Asked at every request: written out, it costs a third.
_COUNCIL_OF = "SELECT * FROM councils_council WHERE (host = %s AND host <> '') OR slug = %s"


def on_date(day: date) -> Q:
    """Rows in force on a date; none whose key Tadbir never gives: no page can name it."""
    return Q(pk__gte=1, starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def council_of(host: str, slug: str) -> Council | None:
    """The council that has this host name for itself, else the one served under /<slug>/."""
    found = Council.objects.raw(_COUNCIL_OF, [host, slug])
    return min(found, key=lambda council: council.host != host, default=None)


def roles_of(person: Person, day: date) -> list[Role]:
    """The roles a person holds on a date."""
    return list(Role.objects.filter(on_date(day), person=person).select_related("unit"))


def qualities_of(person: Person, day: date) -> set[str]:
    """The qualities a person holds on a date."""
    return {role.quality for role in roles_of(person, day)}


def holds(person: Person, right: Right, day: date) -> bool:
    """Whether a quality that a person has on a date gives him a right."""
    return not holders(right).isdisjoint(qualities_of(person, day))


def people_with(quality: Iterable[str] | str, day: date, unit: Unit | None = None) -> QuerySet[Person]:
    """People who hold one of the qualities on a date, in a unit or anywhere in the council."""
    wanted = [quality] if isinstance(quality, str) else list(quality)
    role = Role.objects.filter(on_date(day), quality__in=wanted)
    if unit is not None:
        role = role.filter(Q(unit=unit) | Q(unit__isnull=True))
    return Person.objects.filter(pk__in=role.values("person_id")).order_by("pk")


def units_with(qualities: Iterable[str], day: date) -> set[int]:
    """The units in which somebody holds one of the qualities on a date, by their keys."""
    held = Role.objects.filter(on_date(day), unit__isnull=False, quality__in=qualities)
    return {int(pk) for pk in held.values_list("unit", flat=True) if pk}


def roles_with(qualities: Iterable[str], day: date) -> QuerySet[Role]:
    """The roles of some qualities on a date, of those who can sign in, by name."""
    held = Role.objects.filter(on_date(day), quality__in=qualities, person__account__isnull=False)
    return held.select_related("person", "unit").order_by("person__name_ar", "person_id", "pk")


def people_by_quality(day: date) -> dict[Quality, int]:
    """How many people hold each quality on a date, every quality named, in one question."""
    held = Role.objects.filter(on_date(day)).order_by().values_list("quality").annotate(Count("person", distinct=True))
    counted = dict(held)
    return {quality: counted.get(quality.value, 0) for quality in Quality}


@dataclass(frozen=True)
class Agent:
    """One line of the list of people."""

    person: Person
    roles: list[Role]  # held today
    absent: bool
    can_enter: bool  # an account that somebody has already opened


def people() -> QuerySet[Person]:
    """Everybody of the council, by name in Arabic."""
    return Person.objects.select_related("account").order_by("name_ar", "pk")


def with_roles(people: Sequence[Person], day: date) -> list[Agent]:
    """People with what they are on a day, in one more query whatever their number."""
    roles: dict[int, list[Role]] = defaultdict(list)
    held = Role.objects.filter(on_date(day), person__in=people).select_related("unit").order_by("pk")
    for role in held:
        roles[role.person_id].append(role)
    return [
        Agent(
            person,
            roles[person.pk],
            person.is_absent(day),
            bool(person.account and (person.account.has_usable_password() or person.account.last_login)),
        )
        for person in people
    ]


def person_by_id(pk: int) -> Person | None:
    """One person of this council."""
    return Person.objects.select_related("account").filter(pk=pk).first()


def all_roles(person: Person) -> QuerySet[Role]:
    """Every role a person holds or held, newest first."""
    return Role.objects.filter(person=person, pk__gte=1).select_related("unit").order_by("-starts_on", "-pk")


def role_by_id(person: Person, pk: int) -> Role | None:
    """One role of a person."""
    return Role.objects.filter(person=person, pk=pk).first()


def open_enrolments(person: Person) -> int:
    """How many enrolment links of this person were made and never used."""
    return Enrolment.objects.filter(person=person, used_at__isnull=True).count()


def units() -> QuerySet[Unit]:
    """The units, with how many people hold a role in each."""
    return Unit.objects.select_related("parent").annotate(people=Count("roles__person", distinct=True)).order_by("code")


def unit_by_id(pk: int) -> Unit | None:
    """One unit of this council."""
    return Unit.objects.select_related("parent").filter(pk=pk).first()
