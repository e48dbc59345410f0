"""What the pages of people display of somebody's powers, and doing something to them only as they were read."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tadbir.councils import queries, trace
from tadbir.councils.clock import today
from tadbir.councils.models import Council, Delegation, Person, PowerChange, Unit
from tadbir.councils.scope import current_council
from tadbir.councils.shown import Last, Line, Shown, told_by
from tadbir.law.words import beside

T = TypeVar("T")


def _days(start: date | None, end: date | None) -> str:
    return beside(start, end, mark=" — ")


def person_shown(person: Person) -> Shown:
    """The roles and the absence of somebody, as his page displays them."""
    lines = [Line("absence", _("Absence"), _days(person.absent_from, person.absent_until))]
    for role in queries.all_roles(person):
        words = beside(role.unit, _days(role.starts_on, role.ends_on))
        mark = f"{role.quality}:{role.unit_id}:{_days(role.starts_on, role.ends_on)}"
        lines.append(Line(f"role:{role.pk}", role.get_quality_display(), words, mark))
    return traced(Shown(f"person:{person.pk}", lines), {"absence": f"person:{person.pk}"})


def last_traced(row: str) -> Last:
    """Who did something to a row last (`role:5`), as the register says it, and when."""
    last = trace.last(row)
    by = queries.person_by_id(last[0]) if last and last[0] else None
    return str(by or ""), last[1] if last else None


def traced(shown: Shown, rows: Mapping[str, str] | None = None) -> Shown:
    """What a page displays, each line with who changed it last and when. `rows`: which row a line is about, where that
    is not its own key."""
    return told_by(shown, lambda key: last_traced((rows or {}).get(key, key)))


def power_shown(row: PowerChange) -> Shown:
    """What the page of a change that waits displays: what is asked, and the powers that he has."""
    mark = f"{row.pk}:{row.kind}:{sorted(row.values.items())}"
    asked = Line("asked", _("What is asked"), row.get_kind_display(), mark)
    said = _("confirmed: it holds") if row.agreed else _("refused: nothing changes")
    answer = Line("answer", _("The answer"), said if row.answered_at else "")
    email = [_email(row.person)] if row.kind == PowerChange.Kind.EMAIL_CORRECTED else []
    falls = ", ".join(order.order_reference for order in orders_falling(row))
    asked_too = Line("falls", _("Orders of the president that end with it"), falls)
    rows = dict.fromkeys(("asked", "falls", "answer"), f"power:{row.pk}")
    rows |= dict.fromkeys(("absence", "email"), f"person:{row.person_id}")
    return traced(Shown(f"power:{row.pk}", [asked, asked_too, answer, *email, *person_shown(row.person).lines]), rows)


def orders_falling(row: PowerChange) -> list[Delegation]:
    """The orders of the president that end with the end of a role, where it is confirmed now."""
    role = queries.role_by_id(row.person, row.values["role"]) if row.kind == PowerChange.Kind.ROLE_ENDED else None
    if role is None or row.answered_at is not None:
        return []
    return list(queries.orders_falling(role, date.fromisoformat(last) if (last := row.values.get("ends_on")) else None))


def unit_shown(unit: Unit) -> Shown:
    """What the page of a unit displays of it."""
    lines = [*_names(unit), Line("parent", _("Part of"), str(unit.parent or ""))]
    return Shown(f"unit:{unit.pk}", lines, **queries.last_correction("unit", unit.pk))


def name_shown(person: Person) -> Shown:
    """What the page of somebody's name displays."""
    return Shown(f"name:{person.pk}", _names(person), **queries.last_correction("person", person.pk))


def email_shown(person: Person) -> Shown:
    """What the page of somebody's e-mail displays: the one he has, and the correction of it that waits."""
    last = queries.email_changes(person).first()
    waits = last is not None and last.answered_at is None
    said = _("a correction") if waits else ""
    rows = {"email": f"person:{person.pk}"} | ({"waits": f"power:{last.pk}"} if last else {})
    lines = [_email(person), Line("waits", _("Waits for a second person"), said, rows["waits"] if waits else "")]
    return traced(Shown(f"email:{person.pk}", lines), rows)


def _email(person: Person) -> Line:
    return Line("email", _("E-mail to sign in"), person.account.email if person.account else "")


def _names(row: Unit | Person) -> list[Line]:
    return [Line("ar", _("Name in Arabic"), row.name_ar), Line("fr", _("Name in French"), row.name_fr)]


def delegations_shown() -> Shown:
    """The president's orders that have no end yet, or one ahead, as their page displays them."""
    lines = []
    for one in queries.delegations().filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today())):
        words = beside(one.delegate, ", ".join(one.subjects), _days(one.starts_on, one.ends_on))
        what = f"{one.delegate_id}:{sorted(one.subjects)}:{sorted(one.units)}:{one.scope}"
        mark, order = f"{what}:{_days(one.starts_on, one.ends_on)}", {"reference": one.order_reference}
        lines.append(Line(f"delegation:{one.pk}", _("order %(reference)s") % order, words, mark))
    return traced(Shown("delegations", lines))


@transaction.atomic
def with_person(person: Person, shown: str, do: Callable[[], T]) -> T:
    """Do something to the powers of somebody as his page displayed them. Raises Changed when they are others by now."""
    person_shown(Person.objects.select_for_update(of=("self",)).get(pk=person.pk)).require(shown)
    return do()


@transaction.atomic
def with_delegations(shown: str, do: Callable[[], T]) -> T:
    """Record or end an order of the president over those that the page displayed. Raises Changed."""
    Council.objects.select_for_update(no_key=True).get(pk=current_council().pk)
    delegations_shown().require(shown)
    return do()
