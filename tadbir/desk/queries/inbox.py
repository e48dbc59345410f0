"""What the inbox reads: the duties of an agent, and what is late. Everything starts from who asks."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from tadbir.councils.clock import today
from tadbir.councils.models import Person, Role, in_language
from tadbir.desk.queries.lines import CLOCK_READ, Clock, dates_of
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Duty
from tadbir.dossiers.models.dossier import subject_in
from tadbir.procedures.queries import sheet_names


@dataclass(frozen=True)
class DutyLine(Clock):
    """A duty as a list shows it, in values alone: what its line is drawn from, besides the day and the language."""

    pk: int
    due: date
    rule: str
    rule_version: str
    is_suspended: bool
    number: str
    kind: str
    person: str | None
    subject: str
    sheet: str
    unit_names: tuple[str, str]
    officer_names: tuple[str, str] | None
    #: The officer can be in charge of nothing any more, though the dossier still names him.
    gone: bool
    absence: tuple[date | None, date | None]

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return in_language(*self.unit_names)

    @property
    def officer(self) -> str:
        """The name of whoever is in charge."""
        return in_language(*self.officer_names) if self.officer_names else ""

    @property
    def away(self) -> bool:
        """Whether the officer is absent today."""
        since, until = self.absence
        return Person(absent_from=since, absent_until=until).is_absent(today())


#: What is read of each duty, and nothing more.
_READ = (
    *("pk", "due", "rule", "rule_version", *CLOCK_READ),
    *("is_suspended", "dossier__number", "dossier__kind", "dossier__applicant__name", "dossier__sheet"),
    *("dossier__request__body", "unit__name_ar", "unit__name_fr", "officer", "officer__name_ar", "officer__name_fr"),
    *("officer__absent_from", "officer__absent_until"),
)


def lines_of(rows: QuerySet[Duty]) -> list[DutyLine]:
    """The lines of some duties."""
    found = list(rows.values_list(*_READ, named=True))
    sheets = sheet_names(row.dossier__sheet for row in found if not _subject(row))
    able = dossiers.can_be_in_charge() if any(row.officer for row in found) else set()
    return [_line(row, sheets.get(row.dossier__sheet, ""), able) for row in found]


def _subject(row: Any) -> str:
    return subject_in(row.dossier__request__body)


def _line(row: Any, sheet: str, able: Set[int]) -> DutyLine:
    return DutyLine(
        pk=row.pk,
        due=row.due,
        rule=row.rule,
        rule_version=row.rule_version,
        **dates_of(row),
        is_suspended=row.is_suspended,
        number=row.dossier__number,
        kind=row.dossier__kind,
        person=row.dossier__applicant__name,
        subject=_subject(row),
        sheet=sheet,
        unit_names=(row.unit__name_ar, row.unit__name_fr),
        officer_names=(row.officer__name_ar, row.officer__name_fr) if row.officer else None,
        gone=row.officer is not None and row.officer not in able,
        absence=(row.officer__absent_from, row.officer__absent_until),
    )


def _late() -> Q:
    return Q(do_by__lt=today(), is_suspended=False)


def duties_for(person: Person, roles: Sequence[Role], *, show: str, late: bool) -> QuerySet[Duty]:
    """My duties: those I answer for; `mine`: only what is in my name; `all`: whatever I may see."""
    found = dossiers.duties_of(person, roles)
    if show == "mine":
        found = found.filter(officer=person)
    elif show != "all":
        found = found.filter(dossiers.work_of(person, roles))
    return found.filter(_late()) if late else found


def late_duties(person: Person, unit: int | None = None) -> QuerySet[Duty]:
    """What is late, the oldest first."""
    found = dossiers.duties_of(person).filter(_late())
    return found.filter(unit=unit) if unit else found


def late_by_unit(person: Person) -> list[dict[str, Any]]:
    """For each unit: how many duties are open, how many are late, since when."""
    rows = (
        Duty.objects.filter(dossiers.in_sight(person), over_on__isnull=True, type="duty", owner__in=dossiers.OURS)
        .values("unit", "unit__name_ar", "unit__name_fr")
        .annotate(open=Count("pk"), late=Count("pk", filter=_late()), oldest=Min("do_by", filter=_late()))
        .order_by("-late", "unit")
    )
    return [dict(row) for row in rows]
