"""Reading a council's own definitions: its book of rules, its wordings, the changes behind them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.clock import today
from tadbir.councils.memory import read_once
from tadbir.councils.queries import last_correction
from tadbir.councils.shown import Line, Shown
from tadbir.dossiers.models import ClosedDay, DefinitionChange
from tadbir.law.overlaid import conflict
from tadbir.law.words import beside

Subject = DefinitionChange.Subject


def as_change(row: DefinitionChange) -> law.Change:
    """A kept change of a rule as the law reads it. Raises LawError where it can no longer be read."""
    raw: dict[str, Any] = {
        "rule": row.code,
        "corrects": row.corrects,
        "shipped": row.shipped,
        "from": row.since,
        "source": row.source,
        "reason": {"ar": row.reason_ar, "fr": row.reason_fr},
        **row.keys,
    }
    raw |= {"off": True} if row.off else {}
    raw |= {"over_from": row.over_from} if row.over_from else {}
    return law.change_from(raw, f"{row.code} {row.since.isoformat()}")


@read_once
def overlaid() -> law.Overlaid:
    """The rules as this council has them, and what no longer fits the shipped ones."""
    changes, lost = list[law.Change](), list[law.Conflict]()
    for row in DefinitionChange.objects.filter(subject=Subject.RULE).order_by("pk"):
        try:
            changes.append(as_change(row))
        except law.LawError as error:  # a later version may know its words no more; the council goes on
            lost.append(conflict(row.code, error.where, "unreadable", "shipped", detail=error.what))
    book, found = law.RULES.with_overlay(law.Overlay(tuple(changes)))
    return law.Overlaid(book, (*found, *lost))


def rules() -> law.RuleBook:
    """The rules of the current council."""
    return overlaid().book


@read_once
def _wordings(day: date) -> dict[str, dict[str, str] | None]:
    rows = DefinitionChange.objects.filter(subject=Subject.WORDING, since__lte=day).exclude(over_from__lte=day)
    return {row.code: None if row.off else row.keys for row in rows.order_by("pk")}


def own_wordings() -> Mapping[str, Mapping[str, str] | None]:
    """The wordings this council changed, by code: what it replaced, or None where it switched the notice off."""
    return _wordings(today())


def history(subject: str, code: str) -> QuerySet[DefinitionChange]:
    """Every change of one definition, the newest first."""
    return DefinitionChange.objects.filter(subject=subject, code=code).select_related("by", "ended_by").order_by("-pk")


def live(subject: str, code: str) -> DefinitionChange | None:
    """The change of a definition that has no end yet."""
    return history(subject, code).filter(over_from__isnull=True).first()


def live_ones(subject: str) -> QuerySet[DefinitionChange]:
    """Every change of a kind of definition that has no end yet."""
    return DefinitionChange.objects.filter(subject=subject, over_from__isnull=True).order_by("pk")


def changes_in_force() -> int:
    """How many definitions this council has otherwise than shipped."""
    return DefinitionChange.objects.filter(over_from__isnull=True).count()


def change_by_id(pk: int) -> DefinitionChange | None:
    """One change of this council."""
    return DefinitionChange.objects.filter(pk=pk).first()


def as_shown(subject: str, code: str) -> Shown:
    """What the page of a definition displays of this council's own: the change in force, or none."""
    row, what = live(subject, code), f"definition:{subject}:{code}"
    if row is None:
        ended = history(subject, code).first()
        return Shown(what, (), by=str(ended.ended_by or ""), at=ended.ended_at) if ended else Shown(what, ())
    own = _("stopped for this council") if row.off else "\n".join(f"{key}: {value}" for key, value in row.keys.items())
    lines = [
        Line("own", _("The council's own change"), own, row.digest),
        Line("since", _("From which day"), row.since.isoformat()),
        Line("source", _("On what ground"), row.source),
    ]
    return Shown(what, lines, by=str(row.by or ""), at=row.recorded_at)


def calendar_shown() -> Shown:
    """What the page of the calendar displays of the days that were typed in, from today on."""
    rows = ClosedDay.objects.filter(day__gte=today(), withdrawn=False).order_by("day", "pk")
    lines = [Line(f"day:{row.pk}", row.get_kind_display(), beside(row.day, row.days or 1, row.source)) for row in rows]
    last = ClosedDay.objects.select_related("by").order_by("pk").last()
    return Shown("calendar", lines, by=str(last.by or "") if last else "", at=last.recorded_at if last else None)


def closed_day_shown(row: ClosedDay) -> Shown:
    """What the page of one day that was typed in displays of it."""
    lines = [
        Line("day", _("First day closed"), row.day.isoformat()),
        Line("days", _("How many days"), str(row.days or "")),
        Line("source", _("Which official text or announcement says so"), row.source),
        Line("withdrawn", _("Withdrawn"), _("withdrawn") if row.withdrawn else ""),
    ]
    return Shown(f"closed-day:{row.pk}", lines, **last_correction("closed_day", row.pk))
