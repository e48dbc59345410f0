"""The verbs of the office that every domain shares. Screens, API, command line and demonstration call these."""

from tadbir.desk.actions.answers import draft_outcome
from tadbir.desk.actions.codes import change_code, change_own_code, reprint_code
from tadbir.desk.actions.entries import correct_entry, correct_particulars
from tadbir.desk.actions.erasure import erase_personal_data
from tadbir.desk.actions.letters import change_letter, drop_letter, write_letter
from tadbir.desk.actions.opinions import ask_opinion, give_opinion, return_opinions
from tadbir.desk.actions.scans import add_scan, add_signed_scan, withdraw_signed_scan
from tadbir.desk.actions.sealing import notify_paper, sign_paper
from tadbir.desk.actions.signing import contest_signature, leave_folders, send_back

__all__ = [
    "add_scan",
    "add_signed_scan",
    "ask_opinion",
    "change_code",
    "change_letter",
    "change_own_code",
    "contest_signature",
    "correct_entry",
    "correct_particulars",
    "draft_outcome",
    "drop_letter",
    "erase_personal_data",
    "give_opinion",
    "leave_folders",
    "notify_paper",
    "reprint_code",
    "return_opinions",
    "send_back",
    "sign_paper",
    "withdraw_signed_scan",
    "write_letter",
]
