"""What the chain answers for in registers on paper: which lines each print holds, and the scans of its signed pages."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from tadbir.acts.proofs import Scans, salted, scan_fields
from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.register import subjects
from tadbir.register.models import Entry
from tadbir.register.proving import Told, declare


class Prints(Told):
    """A print holds the lines that the register says."""

    noun, column = "print", "act__number"
    begins = frozenset({"register_printed"})

    def rows(self) -> QuerySet[RegisterPrint]:
        return RegisterPrint.objects.select_related("act")

    def name(self, row: RegisterPrint) -> str:
        return row.act.number

    def says(self, entry: Entry) -> Mapping[str, Any]:
        fields: dict[str, Any] = entry.fields if entry.kind in ("register_printed", "print_stands") else {}
        return {name: value for name, value in fields.items() if name not in ("number", "print")}

    def now(self, row: RegisterPrint) -> Mapping[str, Any]:
        lines = {"first": row.first_line, "last": row.last_line, "lines_sha256": row.lines_sha256}
        return {"register": row.register, "from": row.starts_on, "until": row.until, **lines}


class SignedPages(Scans):
    """The scan of signed pages is the one that was kept, and was taken away where the register says so."""

    noun = "signed_pages"
    begins = frozenset({"register_signed_off"})
    about, paper, withdrawal = "print", "printed__act__number", "register_scan_withdrawn"

    def rows(self) -> QuerySet[Any]:
        return RegisterScan.objects.select_related("printed__act__content", "file")

    def number(self, row: Any) -> str:
        return str(row.printed.act.number)

    def kept(self, link: Entry) -> Mapping[str, Any]:
        told = {"recognised": False} | link.fields
        return {name: told[name] for name in ("sha256", "recognised", "by", "signed_on", "quality", "signed_by")}

    def now(self, row: Any) -> Mapping[str, Any]:
        signed = {"signed_on": row.signed_on.isoformat(), "quality": row.signed_quality, "signed_by": row.signed_by_id}
        return {**scan_fields(row), **signed}

    def why(self, link: Entry) -> tuple[str, ...]:
        return (link.fields["reason"],)

    def withdrawn(self, row: Any) -> tuple[str, ...]:
        return (salted(row.printed.act, row.withdrawn_reason) if row.withdrawn_reason else "",)


def declare_all() -> None:
    """What the links of registers on paper are about, and their proofs."""
    subjects.declare("print", "number", "register_printed", "register_signed_off", "register_scan_withdrawn")
    subjects.declare("print", "print", "print_stands")
    declare(Prints(), SignedPages())
