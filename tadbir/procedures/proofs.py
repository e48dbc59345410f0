"""What the chain answers for in sheets: the text that was adopted, the delay promised, the decision behind it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from tadbir.procedures.models import Sheet
from tadbir.procedures.parsing import digest_of
from tadbir.register import subjects
from tadbir.register.models import Entry
from tadbir.register.proving import Told, declare


def adopted_fields(sheet: Sheet) -> dict[str, Any]:
    """What the link of an adoption says of a sheet: its text by its digest, and what the decision fixed."""
    return {
        "code": sheet.code,
        "version": sheet.version,
        "reference": sheet.adopted_reference,
        "reference_fr": sheet.adopted_reference_fr,
        "on": sheet.adopted_on,
        "by": sheet.adopted_by_id,
        "delay": sheet.delay_days,
        "cndp": sheet.cndp_reference,
        "body": digest_of(sheet.body),
    }


class Sheets(Told):
    """A sheet that was adopted, in force or retired since, is word for word the one that was decided."""

    noun = "sheet"
    begins = frozenset({"sheet_adopted"})

    def rows(self) -> QuerySet[Sheet]:
        return Sheet.objects.filter(adopted_on__isnull=False)

    def says(self, entry: Entry) -> Mapping[str, Any]:
        before = {"reference_fr": ""}  # what a link from before this was asked says of it: nothing was given
        return before | {name: value for name, value in entry.fields.items() if name != "sheet"}

    def now(self, row: Sheet) -> Mapping[str, Any]:
        return adopted_fields(row)

    def besides(self, row: Sheet, links: Sequence[Entry]) -> Iterator[str]:
        later = self.rows().filter(code=row.code, version__gt=row.version).exists()
        if row.status != (Sheet.Status.RETIRED if later else Sheet.Status.ADOPTED):
            yield f"stands as {row.status!r}, though it is {'not ' if later else ''}the last that was adopted"


def declare_all() -> None:
    """What the links of sheets are about, and their proof."""
    subjects.declare("sheet", "sheet", "sheet_adopted", "sheet_stands")
    subjects.declare("switch", "code", "sheet_switched")
    declare(Sheets())
