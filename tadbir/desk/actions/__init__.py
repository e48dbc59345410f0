"""The verbs of the office that every domain shares. Screens, API, command line and demonstration call these."""

from tadbir.desk.actions.answers import draft_outcome, notify_outcome, sign_outcome
from tadbir.desk.actions.entries import correct_entry, reprint_code
from tadbir.desk.actions.erasure import erase_personal_data
from tadbir.desk.actions.opinions import ask_opinion, give_opinion
from tadbir.desk.actions.scans import add_scan

__all__ = [
    "add_scan",
    "ask_opinion",
    "correct_entry",
    "draft_outcome",
    "erase_personal_data",
    "give_opinion",
    "notify_outcome",
    "reprint_code",
    "sign_outcome",
]
