"""The law: what must be done, by whom, by when, under which article, and why that date.

Pure: no database, no framework, no clock. `today` is always an argument.
"""

from .book import RULES, RuleBook
from .calendar import Calendar, ClosedDay, Closure, Feast
from .engine import duties
from .errors import LawError
from .hijri import HijriProposal
from .hijri import proposal as hijri_proposal
from .model import Duty, Fact, Permission, Reason, Step, Suspension
from .permissions import may
from .sessions import next_ordinary_session, ordinary_sessions
from .vocabulary import CONFIDENCES, FACTS, LAWS, OWNERS, PERSONS, TYPES

__all__ = [
    "CONFIDENCES",
    "FACTS",
    "LAWS",
    "OWNERS",
    "PERSONS",
    "RULES",
    "TYPES",
    "Calendar",
    "ClosedDay",
    "Closure",
    "Duty",
    "Fact",
    "Feast",
    "HijriProposal",
    "LawError",
    "Permission",
    "Reason",
    "RuleBook",
    "Step",
    "Suspension",
    "duties",
    "hijri_proposal",
    "may",
    "next_ordinary_session",
    "ordinary_sessions",
]  # fmt: skip
