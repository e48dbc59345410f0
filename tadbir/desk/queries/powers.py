"""What is read before powers are changed: what a change says, what was signed and recorded under what it ends."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.councils import queries as who
from tadbir.councils.clock import CASABLANCA, local_date, today
from tadbir.councils.models import Delegation, PowerChange, Quality, Role
from tadbir.desk.words import fact_name
from tadbir.dossiers.models import Fact
from tadbir.law.words import beside
from tadbir.ui.dates import day_words

#: Papers that a refusal names.
NAMED = 12


def require_nothing_signed_after(day: date | None, **by_what: Any) -> None:
    """Raise ValidationError, naming them, where papers in force were signed after the last day of what they rest on."""
    if day is None:
        return
    later = Act.objects.filter(signed_on__gt=day, status=Act.Status.VALID, **by_what).order_by("signed_on", "pk")
    if found := list(later[: NAMED + 1]):
        last = later.last() or found[-1]
        named = ", ".join(act.number for act in found[:NAMED]) + (" …" if len(found) > NAMED else "")
        told = _(
            "Papers were signed after that day, the last on %(day)s: %(papers)s. They would rest on nothing: choose "
            "that day or a later one, or annul them first."
        )
        raise ValidationError({"ends_on": told % {"day": day_words(last.signed_on or day), "papers": named}})


def require_nothing_done_after(day: date | None, role: Role) -> None:
    """Raise ValidationError, naming the latest day, where he whose role it is signed or recorded something after its
    last day, and no other role of his held on that day."""
    require_nothing_signed_after(day, signed_by=role.person, signed_quality=role.quality)
    if day is None or day >= today():
        return
    struck = Fact.objects.filter(dossier=OuterRef("dossier"), voids=OuterRef("pk"))
    done = Fact.objects.filter(~Exists(struck), by=role.person, recorded_at__gt=_ends(day))
    for other in who.all_roles(role.person).exclude(pk=role.pk):
        since = Q(recorded_at__gte=_begins(other.starts_on))
        done = done.exclude(since & Q(recorded_at__lte=_ends(other.ends_on)) if other.ends_on else since)
    last = done.select_related("dossier").order_by("recorded_at", "pk").last()
    if last is not None:
        told = _(
            "Under this role something was recorded after that day, the last on %(day)s (%(what)s, %(number)s): choose "
            "that day or a later one. What should not have been recorded is struck out first."
        )
        said = {"day": day_words(local_date(last.recorded_at)), "what": fact_name(last.kind)}
        raise ValidationError({"ends_on": told % {**said, "number": last.dossier.number}})


def _begins(day: date) -> datetime:
    """The first moment of a day."""
    return datetime(day.year, day.month, day.day, tzinfo=CASABLANCA)


def _ends(day: date) -> datetime:
    """The last moment of a day."""
    return datetime.combine(day, time.max, CASABLANCA)


def _days(first: str | None, last: str | None) -> str:
    said = ((_("from %(day)s"), first), (_("until %(day)s"), last))
    return " ".join(words % {"day": day_words(date.fromisoformat(day))} for words, day in said if day)


def power_line(row: PowerChange) -> str:
    """What somebody asks to change, in the reader's language, in a line of a list: it asks the database nothing."""
    said = row.values
    what = ""  # an e-mail is told on its page alone
    if "quality" in said:
        what = str(Quality(said["quality"]).label)
    elif "subjects" in said:
        what = beside(Delegation.Scope(said["scope"]).label, ", ".join(said["subjects"]), said["reference"])
    elif "reference" in said:
        what = said["reference"]
    days = _days(said.get("starts_on"), said.get("ends_on"))
    return beside(_kind(row), row.person, what, days)


def _kind(row: PowerChange) -> str:
    """What is asked; of a role or an order whose last day was a mistake, that it goes on."""
    if not row.values.get("ends_on") and row.kind == PowerChange.Kind.ROLE_ENDED:
        return _("a role goes on, without a last day")
    if not row.values.get("ends_on") and row.kind == PowerChange.Kind.DELEGATION_ENDED:
        return _("an order of the president goes on, without a last day")
    return row.get_kind_display()


def power_words(row: PowerChange) -> str:
    """The same with the unit of a role."""
    unit = who.unit_by_id(row.values["unit"]) if row.values.get("unit") else None
    return beside(power_line(row), unit)
