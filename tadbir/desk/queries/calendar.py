"""What the calendar page reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.desk.notices import moved_key
from tadbir.dossiers.clockwork import calendar
from tadbir.dossiers.models import ClosedDay, Fact
from tadbir.notify.models import Notice
from tadbir.ui.dates import as_date


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
    """Whether this very day was typed in already, and stands."""
    return ClosedDay.objects.filter(kind=kind, day=day, withdrawn=False).exists()


def closed_day_by_id(pk: int) -> ClosedDay | None:
    """One day that was typed in."""
    return ClosedDay.objects.filter(pk=pk).select_related("by").first()


@dataclass(frozen=True)
class Moved:
    """A dossier whose receipts gave a date that is another by now, and the notice that says so, if there is one."""

    fact: Fact
    papers: list[tuple[str, date | None, date | None]]  # number, day given, day now
    notice: Notice | None

    @property
    def untold(self) -> bool:
        """Whether somebody of the council must tell it."""
        return self.notice is not None and self.notice.status == Notice.Status.FAILED


def with_notices(facts: Iterable[Fact]) -> list[Moved]:
    """Facts of dates that were put right, each with its receipts and its notice, in one question."""
    rows = list(facts)
    sent = {notice.key: notice for notice in Notice.objects.filter(key__in=[moved_key(fact) for fact in rows])}
    return [
        Moved(
            fact,
            [(number, as_date(given), as_date(now)) for number, given, now in fact.data["papers"]],
            sent.get(moved_key(fact)),
        )
        for fact in rows
    ]
