"""What the calendar page reads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.dossiers.clockwork import calendar
from tadbir.dossiers.models import ClosedDay


@dataclass(frozen=True)
class Closed:
    """A closed day ahead."""

    day: date
    name: str
    estimated: bool
    reference: str


def closed_days_ahead() -> list[Closed]:
    """The closed days of this year and the next, from today on."""
    now, known = today(), calendar()
    return [
        Closed(day, in_language(row.ar, row.fr), row.estimated, row.reference)
        for day, row in known.holidays.items()
        if day >= now and day.year <= now.year + 1
    ]


def learned() -> QuerySet[ClosedDay]:
    """The days that were typed in, the newest first."""
    return ClosedDay.objects.select_related("by").order_by("-day")


def is_learned(kind: str, day: date) -> bool:
    """Whether this very day was typed in already."""
    return ClosedDay.objects.filter(kind=kind, day=day).exists()
