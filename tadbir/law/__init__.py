"""The law: what must be done, by whom, by when, under which article, and why that date.

Pure: no database, no framework, no clock. `today` is always an argument.
"""

from .book import RULES, Overlaid, RuleBook, opens_remedy
from .calendar import Calendar, ClosedDay, Closure, Feast
from .corrected import lifted
from .engine import duties
from .errors import LawError
from .facts import (
    ANSWERING,
    ANSWERS,
    ASKING,
    CLOSED_UNANSWERED,
    CLOSING,
    CLOSING_AGAIN,
    CORRECTED_BY_WORKER,
    FACTS,
    NEVER_CORRECTED,
    OF_PERSON,
    OPEN_TO_ALL,
    RECEIVED,
    REFUSING,
    REOPENING,
    SHOWN_FACTS,
    check_data,
)
from .given_up import given_up
from .grounds import contestable, ground_of
from .hijri import HijriProposal
from .hijri import proposal as hijri_proposal
from .history import History
from .kind import FactKind
from .lengths import length_of
from .loading import SHIPPED_KINDS, include
from .longest import counts_delay, longest
from .model import Duty, Fact, Permission, Reason, Step, Suspension, shown_day_of
from .overlay import Change, Conflict, Overlay, change_from, digest_of, parse_overlay
from .permissions import may, permitted, standing
from .readings import Limit
from .refusals import to_person
from .regime import Appeal, Regime, RegimeFact, Remedy
from .regimes import KINDS, REGIMES
from .rule import Rule, Words
from .sessions import next_ordinary_session, ordinary_sessions
from .state import State
from .steps import counted_before, sentence_of
from .vocabulary import CONFIDENCES, GRANTING, HOUSE, LAWS, OWNERS, PERSONS, PROMISED, TO_COMPLETE, TYPES

__all__ = [
    "ANSWERING",
    "ANSWERS",
    "ASKING",
    "CLOSED_UNANSWERED",
    "CLOSING",
    "CLOSING_AGAIN",
    "CONFIDENCES",
    "CORRECTED_BY_WORKER",
    "FACTS",
    "GRANTING",
    "HOUSE",
    "KINDS",
    "LAWS",
    "NEVER_CORRECTED",
    "OF_PERSON",
    "OPEN_TO_ALL",
    "OWNERS",
    "PERSONS",
    "PROMISED",
    "RECEIVED",
    "REFUSING",
    "REGIMES",
    "REOPENING",
    "RULES",
    "SHIPPED_KINDS",
    "SHOWN_FACTS",
    "TO_COMPLETE",
    "TYPES",
    "Appeal",
    "Calendar",
    "Change",
    "ClosedDay",
    "Closure",
    "Conflict",
    "Duty",
    "Fact",
    "FactKind",
    "Feast",
    "HijriProposal",
    "History",
    "LawError",
    "Limit",
    "Overlaid",
    "Overlay",
    "Permission",
    "Reason",
    "Regime",
    "RegimeFact",
    "Remedy",
    "Rule",
    "RuleBook",
    "State",
    "Step",
    "Suspension",
    "Words",
    "change_from",
    "check_data",
    "contestable",
    "counted_before",
    "counts_delay",
    "digest_of",
    "duties",
    "given_up",
    "ground_of",
    "hijri_proposal",
    "include",
    "length_of",
    "lifted",
    "longest",
    "may",
    "next_ordinary_session",
    "opens_remedy",
    "ordinary_sessions",
    "parse_overlay",
    "permitted",
    "sentence_of",
    "shown_day_of",
    "standing",
    "to_person",
]
