"""The registers of the services: requests filed, and numbered paper receipts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tadbir import law
from tadbir.councils.clock import local_date
from tadbir.desk.papers import TITLES
from tadbir.desk.words import NOTIFIED
from tadbir.dossiers.models import Dossier, Fact
from tadbir.ledgers.kinds import Register
from tadbir.ledgers.pages import short_day
from tadbir.ledgers.periods import entered_between
from tadbir.services.models import PaperReceipt

#: Facts that say how a request stands: the answer, what closed it, what became of its delay or of a petition.
_ENDS = {"outcome_signed", "lapsed", "put_on_agenda", "bureau_refused"}
#: Kinds of dossier that a person opens to ask for something, but those that another domain brings for itself.
KINDS = tuple(sorted(code for code in law.SHIPPED_KINDS if law.REGIMES[code].opened_by == "person"))
#: What a clerk says of an unused receipt, as the form of the counter keeps it.
_UNUSED = {"never used": "لم يُستعمل", "spoiled": "تالف", "lost": "ضائع"}


def _requests(first: date, last: date) -> QuerySet[Any]:
    entered = Dossier.objects.filter(opened_at__range=entered_between(first, last), kind__in=KINDS)
    return entered.select_related("applicant", "unit", "sheet").order_by("opened_at", "pk")


def _receipts(first: date, last: date) -> QuerySet[Any]:
    printed = PaperReceipt.objects.filter(block__printed_at__range=entered_between(first, last))
    return printed.select_related("block", "block__unit", "dossier").order_by("block_id", "number")


@dataclass(frozen=True)
class End:
    """How a request stands: the fact that ended it (or its lapse), the sense of the answer, and the day."""

    kind: str = ""
    sense: str = ""
    on: date | None = None


def ends_of(dossiers: Sequence[Dossier]) -> dict[int, End]:
    """How each request stands today, in one question."""
    ends = _ENDS | law.CLOSING | NOTIFIED
    facts = Fact.objects.filter(dossier__in=[row.pk for row in dossiers], kind__in=ends, voided_by__isnull=True)
    found: dict[int, End] = {}
    for pk, kind, at, data in facts.order_by("pk").values_list("dossier_id", "kind", "happened_at", "data"):
        known = found.get(pk, End())
        if kind != "lapsed" or not known.kind:  # a delay that ran out is the last word only while nothing else is said
            found[pk] = End(kind, str(data.get("sense") or known.sense), local_date(at))
    return found


def _request_cells(rows: Sequence[Dossier]) -> list[list[str]]:
    ends = ends_of(rows)
    names = {row.sheet_id: row.sheet.parsed.ar for row in rows if row.sheet}
    found = []
    for row in rows:
        entered, end = local_date(row.opened_at), ends.get(row.pk, End())
        filed = short_day(row.opened_on)
        if row.opened_on != entered:
            filed = f"{filed} (سُجل في {short_day(entered)})"
        found.append(
            [
                row.number,
                filed,
                row.applicant.name if row.applicant else "",
                names.get(row.sheet_id, ""),
                row.unit.name_ar,
                _end_words(end, row),
                short_day(end.on),
            ]
        )
    return found


def _end_words(end: End, row: Dossier) -> str:
    """How a request stands, in the words of the register: a remedy that was granted is not yet its answer."""
    if not end.kind:
        return "قيد الدراسة"
    remedies = (one.name.ar for one in law.REGIMES[row.kind].answered if one.answered == end.kind)
    if row.closed_at is None and end.sense in law.GRANTING and (name := next(remedies, "")):
        return f"{name}: استجابة، والجواب عن الطلب لم يصدر بعد"
    if end.kind == "lapsed":
        return "انصرم الأجل دون جواب"
    if end.sense in TITLES:
        return TITLES[end.sense][0] + ("، لم تُبلغ بعد" if end.kind == "outcome_signed" else "")
    return law.FACTS[end.kind].ar


def _receipt_cells(rows: Sequence[PaperReceipt]) -> list[list[str]]:
    found = []
    for row in rows:
        became, at = "لم يُستعمل بعد", None
        if row.dossier:
            became, at = f"سُجل تحت رقم {row.dossier.number}", row.dossier.opened_at
        elif row.closed_reason:
            became, at = _UNUSED.get(row.closed_reason, row.closed_reason), row.block.closed_at
        on = short_day(local_date(at)) if at else ""
        found.append([row.number, short_day(local_date(row.block.printed_at)), row.block.unit.name_ar, became, on])
    return found


REQUESTS = Register(
    "requests",
    _("Register of requests filed"),
    "سجل الطلبات المودعة",
    "Registre des demandes déposées",
    columns=(
        ("رقم الملف", 8),
        ("تاريخ الإيداع", 9),
        ("صاحب الطلب", 12),
        ("المسطرة", 12),
        ("المصلحة المكلفة", 10),
        ("المآل", 11),
        ("تاريخ المآل", 6),
    ),
    rows=_requests,
    cells=_request_cells,
    note="المآل كما كان يوم السحب. في هذا السجل معطيات ذات طابع شخصي: لا يطلع عليه إلا من له الصفة.",
    names_people=True,
)
RECEIPTS = Register(
    "receipts",
    _("Register of numbered paper receipts"),
    "سجل الوصولات الورقية المرقمة",
    "Registre des récépissés papier numérotés",
    columns=(("رقم الوصل", 9), ("تاريخ طبعه", 6), ("المصلحة", 12), ("مآله", 12), ("تاريخ المآل", 6)),
    rows=_receipts,
    cells=_receipt_cells,
    note="مآل كل رقم كما كان يوم السحب.",
)
