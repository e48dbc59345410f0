"""What the counter reads: services by a few letters, blocks of paper receipts."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.procedures.models import Sheet
from tadbir.procedures.queries import open_sheets
from tadbir.reading.letters import plain
from tadbir.services.models import PaperBlock, PaperReceipt
from tadbir.textsearch.fold import fold


def services() -> list[Sheet]:
    """Every service offered today, in the order of the catalogue."""
    return sorted(open_sheets(), key=lambda sheet: (sheet.parsed.number, sheet.code))


def _words(sheet: Sheet) -> str:
    body = sheet.parsed
    return fold(" ".join((body.ar, body.fr, body.summary_ar, body.summary_fr, *body.keywords)))


def services_named(offered: Sequence[Sheet], typed: str) -> list[Sheet]:
    """The services that a few letters or a number mean; one alone when it is named whole."""
    text = plain(typed)
    whole = [
        sheet for sheet in offered if text in (sheet.parsed.ar, sheet.parsed.fr, sheet.code, str(sheet.parsed.number))
    ]
    if whole:
        return whole[:1]
    words = fold(text).split()
    return [sheet for sheet in offered if words and all(word in _words(sheet) for word in words)]


def blocks() -> QuerySet[PaperBlock]:
    """Blocks of paper receipts with what became of their numbers, the newest first."""
    return PaperBlock.objects.select_related("unit", "printed_by").annotate(
        used=Count("receipts", filter=Q(receipts__dossier__isnull=False)),
        closed=Count("receipts", filter=~Q(receipts__closed_reason="")),
    )


def block_by_code(code: str) -> PaperBlock | None:
    """One block."""
    return PaperBlock.objects.select_related("unit", "printed_by").filter(code=code).first()


def numbers_of(block: PaperBlock) -> list[PaperReceipt]:
    """The numbers of a block, each with its dossier or its reason."""
    return list(PaperReceipt.objects.filter(block=block).select_related("dossier").order_by("number"))


def dossiers_of_paper(number: str) -> list[int]:
    """Keys of the dossier that was entered from this numbered paper receipt: one, or none."""
    return list(PaperReceipt.objects.filter(number=number, dossier__isnull=False).values_list("dossier_id", flat=True))


def paper_of_block(block: PaperBlock) -> str:
    """The number of the act that holds the pages of a block; empty when there is none."""
    found = Act.objects.filter(kind="blank_receipts", dossier_ref=block.code).first()
    return found.number if found else ""


def name_of_another(alike: Iterable[bool]) -> str:
    """What a document is called that the sheet does not ask for: no two of a dossier bear one name. `alike`: of each
    document that stands, whether it is such a one."""
    before = sum(alike)
    return _("another document (%(number)s)") % {"number": before + 1} if before else _("another document")
