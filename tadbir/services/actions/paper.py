"""When the power is out: a block of numbered paper receipts, printed before, keyed in later as a closed series."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tadbir.acts.models import Act
from tadbir.councils.actions import require
from tadbir.councils.clock import local_date, now, today
from tadbir.councils.models import Person, Unit
from tadbir.councils.rights import Right
from tadbir.register.actions import append, next_number
from tadbir.services import papers
from tadbir.services.actions.filing import Filed, Filing, file_request
from tadbir.services.models import PaperBlock, PaperReceipt
from tadbir.ui.dates import day_words

BLOCK_SIZES = (10, 20, 50)


@transaction.atomic
def print_block(person: Person, unit: Unit, size: int) -> tuple[PaperBlock, Act]:
    """Number a block of paper receipts and make its pages. Each number must later be used or closed."""
    require(person, Right.PRINT_BLOCKS)
    if size not in BLOCK_SIZES:
        raise ValidationError({"size": _("Choose one of the sizes offered.")})
    block = PaperBlock.objects.create(
        code=str(next_number("PB", today().year)), unit=unit, printed_by=person, printed_at=now(), size=size
    )
    numbers = [f"{block.code}/{rank:02d}" for rank in range(1, size + 1)]
    PaperReceipt.objects.bulk_create(
        PaperReceipt(council=block.council, block=block, number=number) for number in numbers
    )
    append("paper_block", {"block": block.code, "size": size})
    return block, papers.issue_blank_receipts(block, numbers)


@transaction.atomic
def key_in_receipt(person: Person, number: str, filing: Filing) -> Filed:
    """Enter a request that was taken on a numbered paper receipt; a number enters once.

    Raises ValidationError for a day before its block was printed: nobody could have given the receipt.
    """
    receipt = PaperReceipt.objects.select_for_update().select_related("block").filter(number=number).first()
    if receipt is None:
        raise ValidationError({"paper_number": _("No block has this number.")})
    if receipt.dossier_id or receipt.closed_reason:
        raise ValidationError({"paper_number": _("This number was already entered or closed.")})
    printed = local_date(receipt.block.printed_at)
    if (filing.filed_on or today()) < printed:
        told = _("This receipt was printed on %(day)s: nobody could give it before.") % {"day": day_words(printed)}
        raise ValidationError({"filed_on": told})
    filed = file_request(replace(filing, channel="paper-block", paper_number=receipt.number), by=person)
    PaperReceipt.objects.filter(pk=receipt.pk).update(dossier=filed.dossier)
    return filed


@transaction.atomic
def close_block(person: Person, block: PaperBlock, reasons: dict[str, str]) -> PaperBlock:
    """Close a block: every unused number gets its reason (spoiled, lost, never used), for the auditor."""
    require(person, Right.PRINT_BLOCKS)
    if block.closed_at is not None:
        raise ValidationError(_("This block is closed."))
    for receipt in block.receipts.filter(dossier__isnull=True):
        reason = reasons.get(receipt.number, "").strip()
        if not reason:
            told = _("Give a reason for the unused number %(number)s.")
            raise ValidationError(told, params={"number": receipt.number})
        PaperReceipt.objects.filter(pk=receipt.pk).update(closed_reason=reason[:200])
        append("paper_number_closed", {"number": receipt.number})
    PaperBlock.objects.filter(pk=block.pk).update(closed_at=now())
    append("paper_block_closed", {"block": block.code})
    block.refresh_from_db()
    return block
