"""What the council writes in a request: receipts, letters, answers to appeals. Each is an act made from data."""

from tadbir.services.papers.notices import LETTERS
from tadbir.services.papers.receipts import (
    clock_of_remedy,
    issue_blank_receipts,
    issue_receipt,
    issue_receipt_of,
    receipts_of,
    receipts_of_filing,
)

__all__ = [
    "LETTERS",
    "clock_of_remedy",
    "issue_blank_receipts",
    "issue_receipt",
    "issue_receipt_of",
    "receipts_of",
    "receipts_of_filing",
]
