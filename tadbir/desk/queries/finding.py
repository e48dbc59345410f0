"""Finding dossiers: by number, name, telephone or words; each line of a list with its clock."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from tadbir.desk.queries.follow import dossiers_meant
from tadbir.desk.search import TYPE
from tadbir.dossiers import queries as dossiers
from tadbir.dossiers.models import Dossier, Duty
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


def numbered(visible: QuerySet[Dossier], numbers: Sequence[str]) -> list[Dossier]:
    """The dossiers of these numbers, in their order."""
    found = {dossier.number: dossier for dossier in newest(visible).filter(number__in=numbers)}
    return [found[number] for number in numbers if number in found]


def dossier_clocks(rows: Sequence[Dossier]) -> dict[int, Duty]:
    """The clock of each dossier of a page, in one query: the soonest open duty, the council's own first."""
    found: dict[int, Duty] = {}
    duties = Duty.objects.filter(dossier__in=rows, over_on__isnull=True, type="duty").order_by(
        "is_suspended", "do_by", "pk"
    )
    for duty in sorted(duties, key=lambda duty: duty.owner not in dossiers.OURS):
        found.setdefault(duty.dossier_id, duty)
    return found


@dataclass(frozen=True)
class Row:
    """A dossier of a list with its clock."""

    dossier: Dossier
    clock: Duty | None = None


def with_clocks(rows: Sequence[Dossier]) -> list[Row]:
    """A page of dossiers, each with the clock a reader looks at first."""
    clocks = dossier_clocks(rows)
    return [Row(dossier, clocks.get(dossier.pk)) for dossier in rows]
