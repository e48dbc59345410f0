"""Reading who may do what. Every question is asked for a date: roles and delegations have a beginning and an end."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Q, QuerySet

from tadbir.councils.clock import now
from tadbir.councils.models import (
    Account,
    Correction,
    Council,
    Delegation,
    Enrolment,
    Person,
    PowerChange,
    Quality,
    Role,
    Unit,
)
from tadbir.councils.rights import Right, holders
from tadbir.councils.way_in import keyed

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


def enrolments_of(token: str) -> QuerySet[Enrolment]:
    """The enrolment link with this token, while it is neither used nor too old."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = Enrolment.objects.filter(token_sha256=digest, used_at__isnull=True, expires_at__gt=now())
    return found.select_related("person__account")


def enrolment_of(token: str) -> Enrolment | None:
    """The enrolment link with this token, while it can still be used; asking does not use it."""
    return enrolments_of(token).first()


def waiting_enrolment(person: Person) -> Enrolment | None:
    """The link of a person that waits for a second person to confirm it."""
    found = Enrolment.objects.filter(person=person, waits=True, used_at__isnull=True, expires_at__gt=now())
    return found.select_related("made_by", "person").order_by("-pk").first()


def others_who_enter(qualities: Iterable[str], day: date, but: Person) -> QuerySet[Person]:
    """Those of some qualities, but one, whose account is open: they have chosen how they sign in."""
    found = people_with(qualities, day).exclude(pk=but.pk).filter(account__is_active=True)
    return found.exclude(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)


def seconds(by: Person, person: Person, day: date) -> QuerySet[Person]:
    """Those who can confirm what somebody changes of the powers of another: neither of the two."""
    return others_who_enter(holders(Right.CONFIRM_POWERS), day, by).exclude(pk=person.pk)


def power_changes() -> QuerySet[PowerChange]:
    """The changes of powers that two people decide, the newest first."""
    return PowerChange.objects.select_related("person__account", "made_by", "answered_by").order_by("-pk")


def power_changes_waiting() -> QuerySet[PowerChange]:
    """Those that wait for a second person."""
    return power_changes().filter(answered_at__isnull=True)


def email_changes(person: Person) -> QuerySet[PowerChange]:
    """The corrections of somebody's e-mail that two people decide, the newest first."""
    return power_changes().filter(person=person, kind=PowerChange.Kind.EMAIL_CORRECTED)


def email_asked(row: PowerChange) -> Correction | None:
    """What a change of an e-mail asks for, in clear, as it was asked: the link knows its digest."""
    found = Correction.objects.filter(pk=row.values.get("correction"), key=row.person_id).first()
    return found if found and keyed("email", found.after["email"]) == row.values["email"] else None


def email_taken(email: str, but: int | None = None) -> bool:
    """Whether somebody of this installation, but one account, signs in with this address."""
    others = Q() if but is None else ~Q(pk=but)
    theirs = EmailAddress.objects.filter(email__iexact=email, user__in=Account.objects.filter(others))
    return Account.objects.filter(others, email__iexact=email).exists() or theirs.exists()


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


def corrections_of(noun: str, keys: Iterable[int]) -> QuerySet[Correction]:
    """What was put right of some rows, the newest first."""
    return Correction.objects.filter(noun=noun, key__in=keys).select_related("by").order_by("-pk")


def last_correction(noun: str, key: int) -> dict[str, Any]:
    """Who put a row of the house right last, and when, for `shown.Shown`; nothing where nobody did."""
    last = corrections_of(noun, [key]).first()
    return {"by": str(last.by), "at": last.at} if last else {}
