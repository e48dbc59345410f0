"""What another law adds to a delay: in the reading nobody can object to, and in the longest one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .calendar import DAY, Calendar
from .history import History
from .model import Fact
from .rule import Lengthening, Rule
from .spoken import spoken_before
from .start import Start


@dataclass(frozen=True)
class Longer:
    """One lengthening of one delay.

    `sure`: what was asked is surely of the act from which the delay is counted; where it is not, a judge may count no
    lengthening, and the day advised has none.
    """

    fact: Fact
    day: date
    by: Lengthening
    sure: bool
    counted: bool  # in the earliest reading too

    @property
    def least(self) -> int:
        """The days that are added in any reading."""
        return self.by.least if self.sure else 0


def lengthened(
    rule: Rule, early: date | None, late: date | None, start: Start, history: History, calendar: Calendar
) -> tuple[date | None, date | None, tuple[Longer, ...]]:
    """The two last days, made longer by what came inside the delay in its latest reading: at the least where that is
    sure, at the most in the latest reading; and by what."""
    found: list[Longer] = []
    for longer in rule.lengthened_by:
        facts = [fact for fact in history.of(longer.fact) if history.day(fact) >= start.known_on]
        until = late and calendar.next_open(late)
        taken = until
        if until is not None and longer.tail:
            taken = calendar.next_open(until + DAY * (longer.tail + 2))  # full, from the day on which it is certain
        used = [fact for fact in facts if taken is None or history.day(fact) <= taken]
        if not used:
            continue
        sure = any(_is_of(longer, fact, start, early, until, history) for fact in used)
        # A letter that may only confirm a silence: the earliest reading is that of the silence, which asked nothing.
        counted = sure and start.silence is None
        found.append(Longer(used[0], history.day(used[0]), longer, sure, counted))
        early = early + DAY * longer.least if early and counted else early
        late = late and late + DAY * longer.most
    return early, late, tuple(found)


def _is_of(
    longer: Lengthening, fact: Fact, start: Start, early: date | None, until: date | None, history: History
) -> bool:
    """Whether what was asked is surely of what starts the delay.

    That is: the reasons of a decision that bears none, after it and `within` its days (law 03-01, article 4); of a
    silence on what nobody refused in words, once the delay to contest it is over by any reading, in the `tail` days
    after its end (article 5).
    """
    day, origin = history.day(fact), start.fact
    if origin is None:
        return False
    if start.cause == "lapse":
        after = early is not None and until is not None and until < day <= early + DAY * longer.tail
        return after and not spoken_before(history, origin)
    bare = origin.data.get("unreasoned") is True and history.order(origin) < history.order(fact)
    return bare and start.earliest is not None and day <= history.day(origin) + DAY * longer.within
