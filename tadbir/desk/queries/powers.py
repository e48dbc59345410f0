"""What is read before powers are changed: what a change says, and what was signed under what it ends."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.councils import queries as who
from tadbir.councils.models import Delegation, PowerChange, Quality, Role
from tadbir.ui.dates import day_words

#: Papers that a refusal names.
NAMED = 12


def require_nothing_signed_after(day: date, **by_what: Any) -> None:
    """Raise ValidationError, naming them, where papers in force were signed after the last day of what they rest on."""
    later = Act.objects.filter(signed_on__gt=day, status=Act.Status.VALID, **by_what).order_by("signed_on", "pk")
    if found := list(later[: NAMED + 1]):
        named = ", ".join(act.number for act in found[:NAMED]) + (" …" if len(found) > NAMED else "")
        told = _(
            "Papers were signed after that day: %(papers)s. They would rest on nothing: choose a later last day, or "
            "annul them first."
        )
        raise ValidationError({"ends_on": told % {"papers": named}})


def _days(first: str | None, last: str | None) -> str:
    said = ((_("from %(day)s"), first), (_("until %(day)s"), last))
    return " ".join(words % {"day": day_words(date.fromisoformat(day))} for words, day in said if day)


def power_words(row: PowerChange) -> str:
    """What somebody asks to change, in the reader's language: whose, which quality or order, and the days."""
    said = row.values
    if row.kind == PowerChange.Kind.ROLE_GIVEN:
        unit = who.unit_by_id(said["unit"]) if said["unit"] else None
        what = " · ".join(filter(None, (str(Quality(said["quality"]).label), str(unit or ""))))
    elif row.kind == PowerChange.Kind.ROLE_ENDED:
        role = Role.objects.select_related("unit").get(pk=said["role"])
        what = " · ".join(filter(None, (role.get_quality_display(), str(role.unit or ""))))
    elif row.kind == PowerChange.Kind.DELEGATION_RECORDED:
        what = " · ".join((str(Delegation.Scope(said["scope"]).label), ", ".join(said["subjects"]), said["reference"]))
    else:
        what = Delegation.objects.get(pk=said["delegation"]).order_reference
    days = _days(said.get("starts_on"), said.get("ends_on"))
    return f"{row.get_kind_display()} · {row.person} · {what} · {days}"
