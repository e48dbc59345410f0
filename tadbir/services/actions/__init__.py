"""The verbs of the services, one function each. Screens, API, command line and demonstration call these."""

from tadbir.services.actions.appeals import answer_appeal, ask_reasons, file_appeal, give_reasons
from tadbir.services.actions.drafts import (
    attach_to_draft,
    discard_old_drafts,
    remove_from_draft,
    save_draft,
    start_draft,
)
from tadbir.services.actions.erasure import erase_personal_data
from tadbir.services.actions.filing import Applicant, Filed, Filing, Piece, file_draft, file_request
from tadbir.services.actions.outcome import draft_outcome, notify_outcome, sign_outcome
from tadbir.services.actions.paper import close_block, key_in_receipt, print_block
from tadbir.services.actions.registers import keep_signed_pages, note_reading, print_register
from tadbir.services.actions.scans import add_scan
from tadbir.services.actions.steps import record_step
from tadbir.services.actions.verbs import (
    answer_information,
    ask_information,
    ask_opinion,
    ask_original,
    ask_replacement,
    correct_entry,
    extend,
    give_opinion,
    mark_duplicate,
    mark_received,
    misdirected,
    reassign,
    receive_document,
    reprint_code,
    return_file,
    withdraw,
)

__all__ = [
    "Applicant",
    "Filed",
    "Filing",
    "Piece",
    "add_scan",
    "answer_appeal",
    "answer_information",
    "ask_information",
    "ask_opinion",
    "ask_original",
    "ask_reasons",
    "ask_replacement",
    "attach_to_draft",
    "close_block",
    "correct_entry",
    "discard_old_drafts",
    "draft_outcome",
    "erase_personal_data",
    "extend",
    "file_appeal",
    "file_draft",
    "file_request",
    "give_opinion",
    "give_reasons",
    "keep_signed_pages",
    "key_in_receipt",
    "mark_duplicate",
    "mark_received",
    "misdirected",
    "note_reading",
    "notify_outcome",
    "print_block",
    "print_register",
    "reassign",
    "receive_document",
    "record_step",
    "remove_from_draft",
    "reprint_code",
    "return_file",
    "save_draft",
    "sign_outcome",
    "start_draft",
    "withdraw",
]
