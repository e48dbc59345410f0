"""The pages of a register: what stands on them, ready to be signed off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from tadbir import law
from tadbir.acts import actions as acts
from tadbir.acts.actions.issuing import month_names
from tadbir.acts.documents.words import MONTHS_AR, MONTHS_FR, arabic_date
from tadbir.acts.kinds import kind_of
from tadbir.acts.models import Act
from tadbir.councils.clock import local_date
from tadbir.councils.models import Quality
from tadbir.dossiers.models import Dossier
from tadbir.services.models import PaperReceipt, RegisterPrint
from tadbir.services.papers.answers import SENSES
from tadbir.services.periods import Period, part_words
from tadbir.services.queries.registers import End, Part, Registers, ends_of

KIND = "register_pages"
#: Register: title in Arabic and French, columns with their widths (after the rank of the line).
_PAGES: dict[str, tuple[str, str, tuple[tuple[str, int], ...]]] = {
    Registers.REQUESTS: (
        "سجل الطلبات المودعة",
        "Registre des demandes déposées",
        (
            ("رقم الملف", 8),
            ("تاريخ الإيداع", 7),
            ("صاحب الطلب", 12),
            ("المسطرة", 12),
            ("المصلحة المكلفة", 10),
            ("المآل", 13),
            ("تاريخ المآل", 6),
        ),
    ),
    Registers.ACTS: (
        "سجل الوثائق الرسمية الصادرة",
        "Registre des actes délivrés",
        (("رقم الوثيقة", 8), ("تاريخها", 6), ("نوعها", 12), ("الملف المعني", 9), ("صفة الموقع", 14), ("ملاحظات", 10)),
    ),
    Registers.RECEIPTS: (
        "سجل الوصولات الورقية المرقمة",
        "Registre des récépissés papier numérotés",
        (("رقم الوصل", 9), ("تاريخ طبعه", 6), ("المصلحة", 12), ("مآله", 12), ("تاريخ المآل", 6)),
    ),
}
#: What a clerk says of an unused receipt, as the form of the counter keeps it.
_UNUSED = {"never used": "لم يُستعمل", "spoiled": "تالف", "lost": "ضائع"}


@dataclass(frozen=True)
class Pages:
    """What is to be printed: a part of a register for a period, its rows, the print before it."""

    register: str
    period: Period
    part: Part
    rows: Sequence[Any]
    previous: RegisterPrint | None
    gap: tuple[int, int] | None


def issue_register_pages(pages: Pages) -> Act:
    """Number and seal the pages of a part of a register."""
    title_ar, title_fr, columns = _PAGES[pages.register]
    cells = _CELLS[Registers(pages.register)](pages.rows)
    lines = [[str(rank), *row] for rank, row in enumerate(cells, pages.part.first_line)]
    year, part = pages.period.year, pages.period.part
    months_ar = MONTHS_AR[month_names()]
    when_ar = part_words(part, months_ar, "سنة", "من %(first)s إلى %(last)s")
    when_fr = part_words(part, MONTHS_FR, "année", "%(first)s à %(last)s")
    table = {
        "t": "table",
        "rows": lines,
        "head": ["ر.ت", *(name for name, _width in columns)],
        "widths": [3, *(width for _name, width in columns)],
    }
    first, last = str(pages.part.first_line), str(pages.part.last_line)
    body: dict[str, Any] = {
        "title_ar": f"{title_ar}: {when_ar} {year}",
        "title_fr": f"{title_fr} : {when_fr} {year}",
        "blocks": [{"t": "kv", "rows": _heads(pages)}, *_notes(pages.register), table],
        "recipient": None,
        "remedies": [],
        "register": pages.register,
        "lines_sha256": pages.part.sha256,
        "closing_ar": f"عدد الأسطر: {len(lines)}، من السطر {first} إلى السطر {last}.",
    }
    return acts.issue(KIND, body)


def _heads(pages: Pages) -> list[list[str]]:
    """What the first page says: period, lines, the print before, the print it stands in for."""
    period, part, months = pages.period, pages.part, month_names()
    rows = [
        ["الفترة", f"من {arabic_date(period.starts_on, months)} إلى {arabic_date(period.until, months)}"],
        ["الأسطر", f"من {part.first_line} إلى {part.last_line}، وعددها {len(part.numbers)}"],
        ["الأرقام", f"من {part.numbers[0]} إلى {part.numbers[-1]}"],
        ["السحب السابق", _before(pages)],
    ]
    if part.rank > 1:
        rows.append(["الجزء", str(part.rank)])
    if pages.gap:
        rows.append(["تنبيه", f"الأسطر من {pages.gap[0]} إلى {pages.gap[1]} لم ترد بعد في أي سحب"])
    if part.replaces:
        rows.append(["يحل محل", f"السحب رقم {part.replaces.act.number} لنفس الفترة، وقد أضيفت بعده أسطر"])
    return rows


def _before(pages: Pages) -> str:
    before = pages.previous
    if before is None and pages.part.first_line == 1:
        return f"لا شيء: يبتدئ هذا السحب من السطر الأول لسنة {pages.period.year}"
    if before is None:
        return "لا شيء"
    return f"رقم {before.act.number}، وانتهى عند السطر {before.last_line} (الرقم {before.last_number})"


def _notes(register: str) -> list[dict[str, str]]:
    """What a reader of the pages must know."""
    if register == Registers.REQUESTS:
        text = "المآل كما كان يوم السحب. في هذا السجل معطيات ذات طابع شخصي: لا يطلع عليه إلا من له الصفة."
        return [{"t": "note", "text": text}]
    if register == Registers.ACTS:
        return [{"t": "note", "text": "لا تدرج في هذا السجل صفحات السجلات المطبوعة، فكل واحدة منها تذكر التي سبقتها."}]
    return [{"t": "note", "text": "مآل كل رقم كما كان يوم السحب."}]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _requests(rows: Sequence[Dossier]) -> list[list[str]]:
    ends = ends_of(rows)
    names = {row.sheet_id: row.sheet.parsed.ar for row in rows if row.sheet}
    found = []
    for row in rows:
        entered, end = local_date(row.opened_at), ends.get(row.pk, End())
        filed = _day(row.opened_on)
        if row.opened_on != entered:
            filed = f"{filed} (سجل في {_day(entered)})"
        found.append(
            [
                row.number,
                filed,
                row.applicant.name if row.applicant else "",
                names.get(row.sheet_id, ""),
                row.unit.name_ar,
                _end_words(end),
                _day(end.on),
            ]
        )
    return found


def _end_words(end: End) -> str:
    """How a request stands, in the words of the register."""
    if not end.kind:
        return "قيد الدراسة"
    if end.kind == "lapsed":
        return "انصرم الأجل دون جواب"
    if end.sense in SENSES:
        return SENSES[end.sense][0] + ("، لم تبلغ بعد" if end.kind == "outcome_signed" else "")
    return law.FACTS[end.kind].ar


def _acts(rows: Sequence[Act]) -> list[list[str]]:
    return [
        [row.number, _day(row.date), kind_of(row.kind).label_ar, row.dossier_ref, _signatory(row), _remark(row)]
        for row in rows
    ]


def _signatory(act: Act) -> str:
    if not act.signed_quality:
        return "ختم إلكتروني دون إمضاء"
    with override("ar"):
        quality = str(Quality(act.signed_quality).label)
    return f"{quality}، بتفويض {act.signed_delegation.order_reference}" if act.signed_delegation else quality


def _remark(act: Act) -> str:
    if act.status == Act.Status.REPLACED and act.replaced_by:
        return f"حل محلها {act.replaced_by.number}"
    return "ألغيت" if act.status == Act.Status.ANNULLED else ""


def _receipts(rows: Sequence[PaperReceipt]) -> list[list[str]]:
    found = []
    for row in rows:
        became, at = "لم يُستعمل بعد", None
        if row.dossier:
            became, at = f"سجل تحت رقم {row.dossier.number}", row.dossier.opened_at
        elif row.closed_reason:
            became, at = _UNUSED.get(row.closed_reason, row.closed_reason), row.block.closed_at
        on = _day(local_date(at)) if at else ""
        found.append([row.number, _day(local_date(row.block.printed_at)), row.block.unit.name_ar, became, on])
    return found


_CELLS: dict[str, Any] = {Registers.REQUESTS: _requests, Registers.ACTS: _acts, Registers.RECEIPTS: _receipts}
