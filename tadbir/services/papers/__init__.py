"""What the council writes in a request: receipts, letters, answers. Each is an act made from data; PDF comes later."""

from tadbir.services.papers.answers import (
    SENSES,
    answer_being_prepared,
    answer_to_notify,
    draft_answer,
    half_written,
    papers_of,
    remedies_if_notified,
    sense_of,
    texts_of,
)
from tadbir.services.papers.notices import APPEAL_ANSWER, NOTICE, issue_appeal_answer, issue_question
from tadbir.services.papers.receipts import CHANNELS, issue_appeal_receipt, issue_blank_receipts, issue_receipt

__all__ = [
    "APPEAL_ANSWER",
    "CHANNELS",
    "NOTICE",
    "SENSES",
    "answer_being_prepared",
    "answer_to_notify",
    "draft_answer",
    "half_written",
    "issue_appeal_answer",
    "issue_appeal_receipt",
    "issue_blank_receipts",
    "issue_question",
    "issue_receipt",
    "papers_of",
    "remedies_if_notified",
    "sense_of",
    "texts_of",
]
