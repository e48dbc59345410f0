"""The register of visits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tadbir.dossiers.models import Dossier, Fact
from tadbir.ledgers.kinds import Register
from tadbir.ledgers.pages import short_day
from tadbir.ledgers.periods import entered_between
from tadbir.ui.dates import as_date
from tests.visits.queries import KIND


def _rows(first: date, last: date) -> QuerySet[Any]:
    visits = Dossier.objects.filter(kind=KIND, opened_at__range=entered_between(first, last))
    return visits.select_related("applicant").order_by("opened_at", "pk")


def _cells(rows: Sequence[Dossier]) -> list[list[str]]:
    facts = Fact.objects.filter(dossier__in=list(rows), kind="visit_confirmed", voided_by__isnull=True)
    days = {fact.dossier_id: as_date(fact.data["on"]) for fact in facts}
    return [
        [row.number, short_day(row.opened_on), row.applicant.name if row.applicant else "", short_day(days.get(row.pk))]
        for row in rows
    ]


VISITS = Register(
    "visits",
    _("Register of visits"),
    "سجل الزيارات",
    "Registre des visites",
    columns=(("رقم الملف", 8), ("تاريخ الطلب", 7), ("المؤسسة", 14), ("يوم الزيارة", 7)),
    rows=_rows,
    cells=_cells,
    names_people=True,
)
