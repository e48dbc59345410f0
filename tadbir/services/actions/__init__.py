"""The verbs of the services, one function each. Screens, API, command line and demonstration call these."""

from tadbir.services.actions.adding import receive_upload
from tadbir.services.actions.answering import add_to_answer, answer_information, tell_answer, told_as
from tadbir.services.actions.appeals import NOT_WAITING, ask_reasons, file_appeal, give_reasons, support_remedy
from tadbir.services.actions.drafts import (
    attach_to_draft,
    begin_closed,
    close_draft,
    closing_key,
    code_of_key,
    codes_of_closing,
    discard_old_drafts,
    key_of_closing,
    note_down,
    remove_from_draft,
    save_draft,
    start_draft,
    was_closed,
    was_noted_down,
)
from tadbir.services.actions.filing import file_draft, file_request
from tadbir.services.actions.paper import close_block, key_in_receipt, print_block
from tadbir.services.actions.steps import record_step, tell_again
from tadbir.services.actions.told import Told
from tadbir.services.actions.verbs import (
    ask_information,
    ask_original,
    ask_replacement,
    extend,
    mark_duplicate,
    mark_received,
    misdirected,
    receive_document,
    return_file,
    take_back,
    withdraw,
)

__all__ = [
    "NOT_WAITING",
    "Told",
    "add_to_answer",
    "answer_information",
    "ask_information",
    "ask_original",
    "ask_reasons",
    "ask_replacement",
    "attach_to_draft",
    "begin_closed",
    "close_block",
    "close_draft",
    "closing_key",
    "code_of_key",
    "codes_of_closing",
    "discard_old_drafts",
    "extend",
    "file_appeal",
    "file_draft",
    "file_request",
    "give_reasons",
    "key_in_receipt",
    "key_of_closing",
    "mark_duplicate",
    "mark_received",
    "misdirected",
    "note_down",
    "print_block",
    "receive_document",
    "receive_upload",
    "record_step",
    "remove_from_draft",
    "return_file",
    "save_draft",
    "start_draft",
    "support_remedy",
    "take_back",
    "tell_again",
    "tell_answer",
    "told_as",
    "was_closed",
    "was_noted_down",
    "withdraw",
]
