"""What the chain answers for in registers on paper: which lines each print holds, and the scans of its signed pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from tadbir.ledgers.models import RegisterPrint, RegisterScan
from tadbir.register import subjects
from tadbir.register.models import Entry
from tadbir.register.proving import Difference, Proof, Told, declare, differs, links_about


class Prints(Told):
    """A print holds the lines that the register says."""

    noun, column = "print", "act__number"
    begins = frozenset({"register_printed"})

    def rows(self) -> QuerySet[RegisterPrint]:
        return RegisterPrint.objects.select_related("act")

    def name(self, row: RegisterPrint) -> str:
        return row.act.number

    def says(self, entry: Entry) -> Mapping[str, Any]:
        fields: dict[str, Any] = entry.fields if entry.kind != "register_signed_off" else {}
        return {name: value for name, value in fields.items() if name not in ("number", "print")}

    def now(self, row: RegisterPrint) -> Mapping[str, Any]:
        lines = {"first": row.first_line, "last": row.last_line, "lines_sha256": row.lines_sha256}
        return {"register": row.register, "from": row.starts_on, "until": row.until, **lines}


class SignedPages(Proof):
    """The scan of signed pages is the one that was kept."""

    noun = "signed_pages"
    begins = frozenset({"register_signed_off"})

    def rows(self) -> QuerySet[RegisterScan]:
        return RegisterScan.objects.select_related("printed__act", "file")

    def of_rows(self, rows: Sequence[RegisterScan]) -> Iterator[Difference]:
        found = links_about("print", {row.printed.act.number for row in rows})
        for row in rows:
            links = found.get(f"print:{row.printed.act.number}", [])
            told = [link.fields for link in links if link.kind == "register_signed_off"]
            here = (row.file.sha256, row.signed_on.isoformat(), row.signed_quality, row.signed_by_id)
            if here not in [(one["sha256"], one["signed_on"], one["quality"], one["signed_by"]) for one in told]:
                yield differs(f"signed pages of {row.printed.act.number}", "are not what was kept", row.pk)

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        hashes = [link.fields["sha256"] for link in links]
        there = set(self.rows().filter(file__sha256__in=hashes).values_list("printed__act__number", "file__sha256"))
        for link in links:
            if (link.fields["number"], link.fields["sha256"]) not in there:
                yield differs(f"signed pages of {link.fields['number']}", "are not there", link.seq, link)


def declare_all() -> None:
    """What the links of registers on paper are about, and their proofs."""
    subjects.declare("print", "number", "register_printed", "register_signed_off")
    subjects.declare("print", "print", "print_stands")
    declare(Prints(), SignedPages())
