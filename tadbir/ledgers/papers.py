"""The register of official papers: what ledgers itself declares, with its pages and its menu."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act
from tadbir.acts.signing import signed_words
from tadbir.councils.clock import local_date
from tadbir.councils.rights import Right
from tadbir.desk.matter import Item, Matter
from tadbir.desk.words import SIGNED
from tadbir.dossiers.models import Fact
from tadbir.ledgers.kinds import Register
from tadbir.ledgers.pages import KIND, short_day
from tadbir.ledgers.queries.registers import still_naming


def _rows(first: date, last: date) -> QuerySet[Any]:
    """Every paper but the pages of registers: these name each other."""
    papers = Act.objects.filter(date__gte=first, date__lte=last).exclude(kind=KIND)
    papers = papers.select_related("signed_by", "recorded_by", "signed_delegation", "replaced_by")
    return papers.prefetch_related("scans__added_by").order_by("date", "pk")


def _cells(rows: Sequence[Act]) -> list[list[str]]:
    return [
        [row.number, short_day(row.date), kind_of(row.kind).label_ar, row.dossier_ref, _signatory(row), _remark(row)]
        for row in rows
    ]


def _signatory(act: Act) -> str:
    """Who signed it, in what quality, how, and who recorded that; under which delegation."""
    with override("ar"):
        said = signed_words(act)
    if not said:
        return "ختم إلكتروني دون إمضاء"
    return f"{said}؛ بتفويض {act.signed_delegation.order_reference}" if act.signed_delegation else said


def _remark(act: Act) -> str:
    if act.status == Act.Status.REPLACED and act.replaced_by:
        return f"حل محلها {act.replaced_by.number}"
    return _annulled(act) if act.status == Act.Status.ANNULLED else ""


def _annulled(act: Act) -> str:
    """When it was annulled, and who had it so."""
    struck = Fact.objects.filter(dossier__number=act.dossier_ref, voids__data__act=act.number, voids__kind__in=SIGNED)
    last = struck.select_related("by").order_by("pk").last()
    on = f"أُلغيت بتاريخ {short_day(local_date(act.status_at))}" if act.status_at else "أُلغيت"
    return f"{on}، ألغاها: {last.by}" if last is not None and last.by is not None else on


PAPERS = Register(
    "acts",
    _("Register of official papers issued"),
    "سجل الوثائق الرسمية الصادرة",
    "Registre des actes délivrés",
    columns=(
        ("رقم الوثيقة", 8),
        ("تاريخها", 6),
        ("نوعها", 9),
        ("الملف المعني", 8),
        ("الموقع وصفته وكيفية الإمضاء", 28),
        ("ملاحظات", 7),
    ),
    rows=_rows,
    cells=_cells,
    note="لا تُدرج في هذا السجل صفحات السجلات المطبوعة، فكل واحدة منها تذكر التي سبقتها.",
)

MATTER = Matter(
    "ledgers",
    menu=(
        Item("office-register", _("Register"), 110, Right.READ_REGISTER, below=("office-register", "office-readings")),
    ),
    registers=(PAPERS,),
    office="tadbir.ledgers.office.urls",
    still_named=still_naming,
)
