"""What the chain answers for in the services: what became of each numbered paper receipt."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from tadbir.dossiers.models import Fact
from tadbir.register import subjects
from tadbir.register.proving import Difference, Proof, declare, differs, links_about
from tadbir.services.models import PaperReceipt


class PaperReceipts(Proof):
    """A paper number is the one that its dossier's filing names, or is closed with a link, or waits."""

    noun = "paper"

    def rows(self) -> QuerySet[PaperReceipt]:
        return PaperReceipt.objects.select_related("dossier")

    def of_rows(self, rows: Sequence[PaperReceipt]) -> Iterator[Difference]:
        closed = links_about("paper", [row.number for row in rows])
        filed = Fact.objects.filter(dossier__in=[row.dossier_id for row in rows if row.dossier_id], kind="filed")
        named = {fact.dossier_id: fact.data.get("paper") for fact in filed.order_by()}
        for row in rows:
            what, links = f"paper receipt {row.number}", closed.get(f"paper:{row.number}", [])
            if row.dossier_id is not None and named.get(row.dossier_id) != row.number:
                yield differs(what, f"is not the one that {row.dossier} was filed with", row.pk)
            if bool(row.closed_reason) != bool(links):
                why = "is open, the register says closed" if links else "is closed, and no link says so"
                yield differs(what, why, row.pk, links[-1] if links else None)


def declare_all() -> None:
    """What the links of paper receipts are about, and their proof."""
    subjects.declare("block", "block", "paper_block")
    subjects.declare("paper", "number", "paper_number_closed")
    declare(PaperReceipts())
