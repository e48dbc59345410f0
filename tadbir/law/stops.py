"""What stops a rule that runs in a dossier: the fact that discharges it, the fact that ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .corrected import frees, lifted
from .facts import ANSWERS
from .history import History
from .match import Match
from .model import Fact
from .rule import Rule
from .start import Computed, Start
from .vocabulary import PERSONS


@dataclass(frozen=True)
class Stops:
    """What may stop one running of a rule: where its facts are looked for."""

    start: Start
    history: History
    found: Mapping[str, Sequence[Computed]]
    lapses: date | None
    about: int

    def first(self, matches: Sequence[Match], besides: Fact | None = None, rule: Rule | None = None) -> Fact | None:
        """The first of these facts. What starts a running never ends it (`besides`): it may discharge it at once.

        An end that a granted remedy took away ends nothing that the council owes (`rule`).
        """
        undone = self.history.undone if rule is not None and rule.owner not in PERSONS else frozenset()
        facts = self._lifting(rule)
        facts += [
            fact
            for match in matches
            for fact in self.history.matching(match)
            if fact is not besides and fact.id not in undone and self._counts(match, fact)
        ]
        return min(facts, key=self.history.order, default=None)

    def _lifting(self, rule: Rule | None) -> list[Fact]:
        """The correction that struck out what a remedy contests: its answer is owed no more."""
        asked = self.start.fact if rule is not None and rule.type == "duty" and self.start.cause == "fact" else None
        strike = lifted(self.history, asked) if asked is not None else None
        return [strike] if strike is not None else []

    def _counts(self, match: Match, fact: Fact) -> bool:
        if not (self._after(fact) or self._waits(match, fact)) or not _answers(fact, self.start, self.history):
            return False
        if match.in_time and self.lapses is not None and self.history.day(fact) >= self.lapses:
            return False
        if match.resumed and not (self.start.fact and self.history.asks_anew(self.start.fact)):
            return False
        if match.instead and (self.start.fact is None or not _grants_as_much(fact, self.start.fact, self.history)):
            return False
        if match.striking and not frees(self.history, fact):
            return False
        if match.deciding and not self.history.decides(fact):
            return False
        if self.start.cause == "lapse" and self._before_it(fact):
            return False
        if match.where.get("sense") == "granted" and self.history.carries_out_part(fact):
            return False  # the rest stays refused
        runs = self.found.get(match.starting or "", ())
        return match.starting is None or any(item.start.fact is fact and item.start.late is None for item in runs)

    def _waits(self, match: Match, fact: Fact) -> bool:
        """Whether it came before the refusal that starts the rule, and waits then for its answer: it contests both."""
        start, history = self.start.fact, self.history
        if not match.pending or start is None or start not in history.refusals or history.met(fact, start):
            return False
        if lifted(history, fact) is not None:
            return False
        reply = history.answers.get(fact.id)
        return reply is None or history.order(reply) > history.order(start)

    def _before_it(self, fact: Fact) -> bool:
        """Whether a remedy, or the one that this answers, contested something else than the silence after it."""
        remedy = self.history.question_of(fact)
        history = self.history
        if lifted(history, remedy) is not None:
            return True
        return history.came_to_nothing(remedy) or history.closing_contested(remedy) is not None

    def _after(self, fact: Fact) -> bool:
        start, day = self.start, self.history.day(fact)
        if start.fact is not None:
            return self.history.order(fact) >= self.history.order(start.fact)
        said = fact.data.get("year")  # what is published says which year it is about
        return (day.year if said is None else said - self.about) == start.known_on.year


def _answers(fact: Fact, start: Start, history: History) -> bool:
    """An answer discharges only the question it answers."""
    if start.fact is None or start.cause != "fact" or fact.kind not in ANSWERS.get(start.fact.kind, ()):
        return True
    return history.answers.get(start.fact.id) is fact


def _grants_as_much(reply: Fact, before: Fact, history: History) -> bool:
    """Whether the answer to a remedy grants what an earlier one did, or more of it: what is owed is owed once."""
    senses = (before.data.get("sense"), "granted")
    return reply.data.get("sense") in senses and history.resumes(reply) == history.resumes(before)
