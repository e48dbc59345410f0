"""Who signs for the council: by his own right, or under an order of the president."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tadbir.councils.models import Delegation, Person, Quality, Role, Unit
from tadbir.councils.queries.people import on_date, people_with, roles_of


@dataclass(frozen=True)
class SigningPower:
    """By what right somebody signs on a date: his own (the president) or a delegation.

    `limits`: sets of codes of units; it serves a unit that is in each of them, or under one that is.
    """

    person: Person
    quality: str
    delegation: Delegation | None
    article: str
    limits: tuple[frozenset[str], ...] = ()

    def reaches(self, unit: Unit | None) -> bool:
        """Whether it serves the papers of a unit; None: those of the whole council."""
        line = set()
        while unit is not None:
            line.add(unit.code)
            unit = unit.parent
        return all(limit & line for limit in self.limits)


#: Which article of organic law 112-14 allows a delegation to each quality.
_DELEGATION_ARTICLE = {Quality.VICE_PRESIDENT: "112-14:101", Quality.DIRECTOR: "112-14:102", Quality.HEAD: "112-14:103"}
#: Who may receive a delegation.
RECEIVERS = frozenset(_DELEGATION_ARTICLE)


def signing_powers(person: Person, day: date) -> list[tuple[SigningPower, frozenset[str]]]:
    """Every power to sign that somebody has on a day, each with the kinds of act it is for ("*": every kind)."""
    roles = roles_of(person, day)
    if any(role.quality == Quality.PRESIDENT for role in roles):
        return [(SigningPower(person, Quality.PRESIDENT, None, "112-14:95"), frozenset("*"))]
    found = []
    for delegation in Delegation.objects.filter(on_date(day), delegate=person).order_by("-starts_on"):
        for quality, article in _DELEGATION_ARTICLE.items():
            if held := [role for role in roles if role.quality == quality]:
                power = SigningPower(person, quality, delegation, article, _limits(quality, held, delegation))
                found.append((power, frozenset(delegation.subjects)))
    return found


def _limits(quality: str, held: Sequence[Role], delegation: Delegation) -> tuple[frozenset[str], ...]:
    """The units that an order names; and for a head his own, whatever the order says (article 102)."""
    named = [frozenset(delegation.units)] if delegation.units else []
    own = frozenset(role.unit.code for role in held if role.unit)
    everywhere = quality != Quality.HEAD or any(role.unit is None for role in held)
    return tuple(named if everywhere else [*named, own])


def order_reaches(to: Person, units: Iterable[Unit], day: date) -> bool:
    """Whether an order for these units (none: every one) would let somebody sign for any unit on a day."""
    roles, order = roles_of(to, day), Delegation(units=[unit.code for unit in units])
    of = [(quality, [role for role in roles if role.quality == quality]) for quality in RECEIVERS]
    found = [SigningPower(to, quality, order, "", _limits(quality, held, order)) for quality, held in of if held]
    every = list(Unit.objects.select_related("parent"))
    return any(not power.limits or any(power.reaches(unit) for unit in every) for power in found)


def signing_power(person: Person, act_kind: str, day: date, unit: Unit | None = None) -> SigningPower | None:
    """The power of `person` to sign acts of a kind for a unit on a day, or None (organic law 112-14, 94-95, 101-103).

    A head signs for his own unit, and a delegation may be limited to units; a paper of no unit is the whole council's.
    """
    for power, kinds in signing_powers(person, day):
        if kinds & {"*", act_kind} and power.reaches(unit):
            return power
    return None


def may_sign_today(act_kind: str, day: date, unit: Unit | None = None) -> list[SigningPower]:
    """Everybody who may sign acts of this kind for a unit on a date, the president first."""
    people = list(people_with([Quality.PRESIDENT], day)) + list(people_with(RECEIVERS, day))
    powers = (signing_power(person, act_kind, day, unit) for person in dict.fromkeys(people))
    return [power for power in powers if power]


def delegations() -> QuerySet[Delegation]:
    """Every delegation order, newest first."""
    found = Delegation.objects.filter(pk__gte=1).select_related("delegator", "delegate")
    return found.order_by("-starts_on", "-pk")


def delegation_by_id(pk: int) -> Delegation | None:
    """One delegation of this council."""
    return Delegation.objects.filter(pk=pk).first()


def orders_falling(role: Role, ends_on: date | None) -> QuerySet[Delegation]:
    """The orders that nothing carries any more once a role ends on a day; none where it goes on."""
    mine = Delegation.objects.filter(delegate=role.person).order_by("pk")
    if ends_on is None or role.quality not in RECEIVERS:
        return mine.none()
    others = Role.objects.filter(on_date(ends_on), person=role.person).exclude(pk=role.pk)
    return mine.none() if others.filter(quality__in=RECEIVERS).exists() else mine.filter(on_date(ends_on))


def receivers(day: date) -> QuerySet[Person]:
    """Those a delegation may go to on a day: vice-presidents, the director, heads (organic law 112-14, 101-103)."""
    held = Role.objects.filter(on_date(day), quality__in=RECEIVERS)
    return Person.objects.filter(Q(pk__in=held.values("person_id"))).order_by("name_ar", "pk")
