"""What the council writes in a request: receipts, letters, answers to appeals. Each is an act made from data."""

from tadbir.services.papers.notices import NOTICE, issue_question
from tadbir.services.papers.receipts import issue_appeal_receipt, issue_blank_receipts, issue_receipt

__all__ = ["NOTICE", "issue_appeal_receipt", "issue_blank_receipts", "issue_question", "issue_receipt"]
