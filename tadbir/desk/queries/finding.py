"""Finding dossiers: by number, name, telephone or words; each line of a list with its clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from tadbir.councils.models import in_language
from tadbir.desk.queries.follow import dossiers_meant
from tadbir.desk.queries.lines import CLOCK_READ, Clock, dates_of
from tadbir.desk.search import TYPE
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier, Duty
from tadbir.dossiers.models.dossier import subject_in
from tadbir.procedures.queries import sheet_names
from tadbir.reading.letters import plain
from tadbir.reading.numbers import read_number
from tadbir.reading.telephone import read_telephone
from tadbir.textsearch.queries import found_ids

FOUND_AT_MOST = 200


def newest(visible: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers, the newest first."""
    return visible.select_related("applicant", "request", "unit").prefetch_related("sheet")


def _said(question: str) -> set[str]:
    """The ways a question may have been kept: a telephone number as it is dialled, and with the country's code."""
    number = read_telephone(question)
    if number is not None:
        return {number, f"0{number[4:]}"} if number.startswith("+212") else {number}
    begun = re.fullmatch(r"0([5-8]\d{2,7})", "".join(plain(question).split()))
    return {question, f"212{begun[1]}"} if begun else {question}


def find(visible: QuerySet[Dossier], question: str) -> list[str]:
    """Numbers of dossiers: those that a number names (theirs, a letter's, a receipt's) before those found by name,
    telephone or words of the subject; the newest first."""
    ids = {int(found) for said in _said(question) for found in found_ids(said, TYPE, limit=FOUND_AT_MOST)}
    chosen = (visible.filter(pk__in=dossiers_meant(question).values("pk")), visible.filter(pk__in=ids))
    # sorted here: to read them in order, the database would walk through all the dossiers by their dates
    lists = (sorted(rows.values_list("opened_at", "pk", "number"), reverse=True) for rows in chosen)
    return list(dict.fromkeys(number for found in lists for _at, _pk, number in found))


def opened_by(visible: QuerySet[Dossier], question: str) -> str:
    """The number of the dossier that a whole number names, or ''."""
    read = read_number(question)
    if read is None or not read.whole:
        return ""
    found = list(visible.filter(pk__in=dossiers_meant(question).values("pk")).values_list("number", flat=True))
    return found[0] if len(found) == 1 else ""


def numbered(visible: QuerySet[Dossier], numbers: Sequence[str]) -> list["DossierLine"]:
    """The lines of the dossiers of these numbers, in their order."""
    found = {line.number: line for line in lines_of(visible.filter(number__in=numbers))}
    return [found[number] for number in numbers if number in found]


@dataclass(frozen=True)
class DossierLine:
    """A dossier as a list shows it, in values alone: what its line is drawn from, besides the day and the language."""

    pk: int
    number: str
    kind: str
    opened_on: date
    opened_at: datetime
    closed_at: datetime | None
    closed_by_kind: str
    erased_at: datetime | None
    #: Empty once erased; none where the council itself opened it.
    person: str | None
    subject: str
    sheet: str
    unit_names: tuple[str, str]
    clock: Clock | None

    @property
    def unit(self) -> str:
        """The name of the unit."""
        return in_language(*self.unit_names)


#: What is read of each dossier, and nothing more.
_READ = (
    *("pk", "number", "kind", "opened_on", "opened_at", "closed_at", "closed_by_kind", "applicant__name", "sheet"),
    *("request__erased_at", "request__body", "unit__name_ar", "unit__name_fr"),
)
_CLOCK = (*("pk", "dossier", "rule", "owner", "is_suspended"), *CLOCK_READ)


def lines_of(rows: QuerySet[Dossier]) -> list[DossierLine]:
    """The lines of some dossiers, each with the clock that a reader looks at first."""
    found = list(rows.values_list(*_READ, named=True))
    sheets = sheet_names(row.sheet for row in found)
    clocks = _clocks([row.pk for row in found])
    return [
        DossierLine(
            pk=row.pk,
            number=row.number,
            kind=row.kind,
            opened_on=row.opened_on,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            closed_by_kind=row.closed_by_kind,
            erased_at=row.request__erased_at,
            person=row.applicant__name,
            subject=subject_in(row.request__body),
            sheet=sheets.get(row.sheet, ""),
            unit_names=(row.unit__name_ar, row.unit__name_fr),
            clock=clocks.get(row.pk),
        )
        for row in found
    ]


def _clocks(dossiers_shown: Sequence[int]) -> dict[int, Clock]:
    """The clock of each dossier of a page, in one query: that which its own page shows first."""
    found: dict[int, list[Any]] = {}
    open_ = Duty.objects.filter(dossier__in=dossiers_shown, over_on__isnull=True, type="duty")
    rows = open_.order_by().values_list(*_CLOCK, named=True)
    for row in rows:
        found.setdefault(row.dossier, []).append(row)
    firsts = {pk: min(beside, key=lambda row: dossiers.first_seen(row, beside)) for pk, beside in found.items()}
    return {pk: Clock(**dates_of(row)) for pk, row in firsts.items()}
