"""The pages of a register: what stands on them, ready to be signed off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tadbir.acts import actions as acts
from tadbir.acts.actions.issuing import month_names
from tadbir.acts.documents.words import MONTHS_AR, MONTHS_FR, arabic_date
from tadbir.acts.models import Act
from tadbir.ledgers.kinds import Register
from tadbir.ledgers.models import RegisterPrint
from tadbir.ledgers.periods import Period, part_words
from tadbir.ledgers.queries.registers import Part

KIND = "register_pages"


@dataclass(frozen=True)
class Pages:
    """What is to be printed: a part of a register for a period, its rows, the print before it."""

    register: Register
    period: Period
    part: Part
    rows: Sequence[Any]
    previous: RegisterPrint | None
    gap: tuple[int, int] | None


def issue_register_pages(pages: Pages) -> Act:
    """Number and seal the pages of a part of a register."""
    register = pages.register
    cells = register.cells(pages.rows)
    lines = [[str(rank), *row] for rank, row in enumerate(cells, pages.part.first_line)]
    year, part = pages.period.year, pages.period.part
    months_ar = MONTHS_AR[month_names()]
    when_ar = part_words(part, months_ar, "سنة", "من %(first)s إلى %(last)s")
    when_fr = part_words(part, MONTHS_FR, "année", "%(first)s à %(last)s")
    note = [{"t": "note", "text": register.note}] if register.note else []
    table = {
        "t": "table",
        "rows": lines,
        "head": ["ر.ت", *(name for name, _width in register.columns)],
        "widths": [3, *(width for _name, width in register.columns)],
    }
    first, last = str(pages.part.first_line), str(pages.part.last_line)
    body: dict[str, Any] = {
        "title_ar": f"{register.title_ar}: {when_ar} {year}",
        "title_fr": f"{register.title_fr} : {when_fr} {year}",
        "blocks": [{"t": "kv", "rows": _heads(pages)}, *note, table],
        "recipient": None,
        "remedies": [],
        "register": register.code,
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


def short_day(day: date | None) -> str:
    """A day in a cell; nothing where there is none."""
    return f"{day:%d/%m/%Y}" if day else ""
