"""What the pages of people, units and delegations read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from tadbir.councils.models import Delegation, Enrolment, Person, Role, Unit
from tadbir.councils.queries import on_date


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


def with_roles(people: list[Person], day: date) -> list[Agent]:
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
            bool(person.account and person.account.has_usable_password()),
        )
        for person in people
    ]


def person_by_id(pk: int) -> Person | None:
    """One person of this council."""
    return Person.objects.select_related("account").filter(pk=pk).first()


def all_roles(person: Person) -> QuerySet[Role]:
    """Every role a person holds or held, newest first."""
    return Role.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-pk")


def role_by_id(person: Person, pk: int) -> Role | None:
    """One role of a person."""
    return Role.objects.filter(person=person, pk=pk).first()


def open_enrolments(person: Person) -> int:
    """How many enrolment links of this person were made and never used."""
    return Enrolment.objects.filter(person=person, used_at__isnull=True).count()


def units() -> QuerySet[Unit]:
    """The units, with how many people hold a role in each."""
    return Unit.objects.select_related("parent").annotate(people=Count("roles__person", distinct=True)).order_by("code")


def delegations() -> QuerySet[Delegation]:
    """Every delegation order, newest first."""
    return Delegation.objects.select_related("delegator", "delegate").order_by("-starts_on", "-pk")


def delegation_by_id(pk: int) -> Delegation | None:
    """One delegation of this council."""
    return Delegation.objects.filter(pk=pk).first()


def receivers(day: date) -> QuerySet[Person]:
    """Those a delegation may go to on a day: vice-presidents, the director, heads (organic law 112-14, 101-103)."""
    held = Role.objects.filter(on_date(day), quality__in=["vice_president", "director", "head"])
    return Person.objects.filter(Q(pk__in=held.values("person_id"))).order_by("name_ar", "pk")
