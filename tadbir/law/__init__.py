"""The law: what must be done, by whom, by when, under which article, and why that date.

Pure: no database, no framework, no clock. `today` is always an argument.
"""

from .book import RULES, Overlaid, RuleBook
from .calendar import Calendar, ClosedDay, Closure, Feast
from .engine import duties
from .errors import LawError
from .hijri import HijriProposal
from .hijri import proposal as hijri_proposal
from .lengths import length_of
from .model import Duty, Fact, Permission, Reason, Step, Suspension
from .overlay import Change, Conflict, Overlay, change_from, digest_of, parse_overlay
from .permissions import may
from .rule import KINDS, Rule, Words
from .sessions import next_ordinary_session, ordinary_sessions
from .vocabulary import CONFIDENCES, FACTS, HOUSE, LAWS, OWNERS, PERSONS, TYPES

__all__ = [
    "CONFIDENCES",
    "FACTS",
    "HOUSE",
    "KINDS",
    "LAWS",
    "OWNERS",
    "PERSONS",
    "RULES",
    "TYPES",
    "Calendar",
    "Change",
    "ClosedDay",
    "Closure",
    "Conflict",
    "Duty",
    "Fact",
    "Feast",
    "HijriProposal",
    "LawError",
    "Overlaid",
    "Overlay",
    "Permission",
    "Reason",
    "Rule",
    "RuleBook",
    "Step",
    "Suspension",
    "Words",
    "change_from",
    "digest_of",
    "duties",
    "hijri_proposal",
    "length_of",
    "may",
    "next_ordinary_session",
    "ordinary_sessions",
    "parse_overlay",
]
