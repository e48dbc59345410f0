"""A dossier on a day, as permissions and their checks read it, and how one of them refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from . import refusals
from .book import RuleBook
from .facts import ANSWERING, CLOSED_UNANSWERED, REFUSING
from .history import History
from .model import Duty, Fact, Permission, Reason
from .regimes import REGIMES
from .rule import Words
from .start import Computed
from .vocabulary import GRANTING, PERSONS


@dataclass(frozen=True)
class State:
    """A dossier on a day, as the checks see it."""

    kind: str
    history: History
    found: Mapping[str, Sequence[Computed]]
    on: date
    data: Mapping[str, Any]
    rules: RuleBook
    told: Callable[[Fact], Mapping[str, Sequence[Computed]]]  # what ran before a correction, as the council told it
    whole: History  # with what was recorded as happening later: a count is not used twice by dating backwards

    def duties(self, rule_id: str) -> list[Duty]:
        """The duties of one rule."""
        return [item.duty for item in self.found.get(rule_id, ())]

    def article(self, rule_id: str) -> tuple[str, str]:
        """Article and law of a rule, for a reason."""
        rule = self.rules[rule_id]
        return rule.article, rule.law

    @property
    def owed_grant(self) -> Fact | None:
        """The answer to a remedy that granted what nobody has given yet: the last that granted all, else a part of it.

        One that took away an end without an answer, or a letter that sent elsewhere, granted nothing of what was asked:
        the request is answered anew, in whatever sense.
        """
        return self._owed([fact for fact in self._to_give if not self.history.asks_anew(fact)])

    @property
    def owed_answer(self) -> Fact | None:
        """The same, or that which took away a letter that sent elsewhere: nothing that was refused stands before it is
        answered."""
        return self._owed([fact for fact in self._to_give if not self.history.resumes(fact)])

    @property
    def _to_give(self) -> list[Fact]:
        kinds = {one.answered for one in REGIMES[self.kind].answered}
        open_now = [item.duty for items in self.found.values() for item in items if item.duty.open]
        owed = {duty.trigger_fact for duty in open_now if duty.type == "duty" and duty.owner not in PERSONS}
        return [fact for fact in self.history.of(*kinds) if fact.id in owed and fact.data.get("sense") in GRANTING]

    @staticmethod
    def _owed(given: list[Fact]) -> Fact | None:
        whole = [fact for fact in given if fact.data.get("sense") == "granted"]
        return next(reversed(whole or given), None)

    def remedy_of(self, reply: Fact) -> Words:
        """What the law of this dossier calls the remedy that this answers."""
        return next(one.name for one in REGIMES[self.kind].answered if one.answered == reply.kind)

    @property
    def closing(self) -> Fact | None:
        """The fact that closed the dossier, if any; a remedy that is granted after it takes it away."""
        history = self.history
        ends = [fact for fact in history.of(*CLOSED_UNANSWERED) if fact.kind not in REFUSING]
        return next((fact for fact in ends if fact.id not in history.undone), None)

    @property
    def filed_twice(self) -> Reason | None:
        """What is said of every remedy in a request that was filed twice: the first one goes on."""
        double = self.closing is not None and self.closing.kind == "duplicate_of"
        return refusals.plain("first_goes_on") if double else None

    @property
    def answer(self) -> Fact | None:
        """The fact that answered the request last: its own answer, a letter that refuses it, or the answer of
        a remedy which refused it in words."""
        history, remedies = self.history, REGIMES[self.kind].answered
        found = history.of(*ANSWERING)
        found += [fact for fact in history.of(*REFUSING) if fact.id not in history.undone]
        found += [fact for one in remedies for fact in history.of(one.answered) if history.decides(fact)]
        return max(found, key=history.order, default=None)

    @property
    def granted(self) -> bool:
        """Whether the last answer says that it gives all that was asked: there is nothing to appeal against."""
        return self.answer is not None and self.answer in self.history.grants

    @property
    def phase(self) -> str:
        """Where the dossier stands: one of regime.PHASES."""
        history = self.history
        if history.first("filed") is None:
            return "none"
        if self.closing is not None:
            return "closed"
        signed = history.last("outcome_signed", "bureau_accepted", "bureau_refused")
        given = self.answer
        if given is not None and (signed is None or history.order(signed) <= history.order(given)):
            return "answered"
        if signed is not None:
            return "decided"
        if REGIMES[self.kind].needs_completion and history.first("completed") is None:
            return "filed"
        return "complete"


def refuse(
    answer: Permission, *reasons: Reason, opens_on: date | None = None, came_by: date | None = None
) -> Permission:
    """The same permission, refused; `came_by`: where it is refused as late, the last day on which it was not."""
    return replace(answer, allowed=False, reasons=reasons, opens_on=opens_on, came_by=came_by)
