"""What may lawfully be done now in a dossier, and why not the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from . import refusals
from .book import RULES, RuleBook
from .calendar import Calendar
from .engine import compute
from .errors import LawError
from .history import History
from .model import NOTHING, Duty, Fact, Permission, Reason
from .starts import Computed
from .verbs import NEEDS_COMPLETION, PHASES, VERBS, Verb
from .vocabulary import FACTS

CLOSING = ("withdrawn", "misdirected", "duplicate_of", "file_returned")


@dataclass(frozen=True)
class State:
    """A dossier on a day, as the checks see it."""

    kind: str
    history: History
    found: Mapping[str, Sequence[Computed]]
    on: date
    data: Mapping[str, Any]
    rules: RuleBook
    whole: History  # with what was recorded as happening later: a count is not used twice by dating backwards

    def duties(self, rule_id: str) -> list[Duty]:
        """The duties of one rule."""
        return [item.duty for item in self.found.get(rule_id, ())]

    def article(self, rule_id: str) -> tuple[str, str]:
        """Article and law of a rule, for a reason."""
        rule = self.rules[rule_id]
        return rule.article, rule.law

    @property
    def closing(self) -> Fact | None:
        """The fact that closed the dossier, if any."""
        return self.history.first(*CLOSING)

    @property
    def phase(self) -> str:
        """Where the dossier stands: see verbs.py."""
        history = self.history
        if history.first("filed") is None:
            return "none"
        if self.closing is not None:
            return "closed"
        signed = history.last("outcome_signed", "bureau_accepted", "bureau_refused")
        given = history.last("notified", "delivered_on_spot", "rectified", "access_given")
        if given is not None and (signed is None or history.order(signed) <= history.order(given)):
            return "answered"
        if signed is not None:
            return "decided"
        if self.kind in NEEDS_COMPLETION and history.first("completed") is None:
            return "filed"
        return "complete"


def may(
    kind: str,
    fact_kind: str,
    facts: Sequence[Fact],
    calendar: Calendar,
    on: date,
    rules: RuleBook = RULES,
    data: Mapping[str, Any] = NOTHING,
) -> Permission:
    """Whether a fact of this kind may lawfully be recorded as happening on a day, and why not.

    `data` (level of an appeal, ground of an extension...) makes the answer more precise; without it the answer
    is for the usual case. Facts later than `on` are ignored, but they count where a thing may be done once.
    Raises LawError for an unknown kind.
    """
    from .remedies import SPECIAL

    if kind not in VERBS:
        raise LawError("may", f"unknown kind {kind!r}; expected one of {', '.join(VERBS)}")
    if fact_kind not in FACTS:
        raise LawError("may", f"{fact_kind!r} is not in the vocabulary of facts")
    verb = VERBS[kind].get(fact_kind)
    if verb is None:
        return Permission(False, fact_kind, (refusals.plain("not_this_kind"),))
    whole = History(facts)
    history = whole.until(on)
    state = State(kind, history, compute(kind, history, calendar, on, rules), on, data, rules, whole)
    for check in (_phase, _needs, _answers, _times):
        reason = check(state, fact_kind, verb)
        if reason is not None:
            return Permission(False, fact_kind, (reason,), verb.window)
    answer = Permission(True, fact_kind, rule_id=verb.window, count_left=_left(state, fact_kind, verb))
    if verb.special is not None:
        answer = SPECIAL[verb.special](state, verb, answer)
    if answer.allowed and verb.window is not None and answer.until is None:
        answer = in_window(state, verb, answer)
    return answer


def refuse(answer: Permission, *reasons: Reason, opens_on: date | None = None) -> Permission:
    """The same permission, refused."""
    return replace(answer, allowed=False, reasons=reasons, opens_on=opens_on)


def _phase(state: State, kind: str, verb: Verb) -> Reason | None:
    phase = state.phase
    if phase in verb.phases:
        return None
    closing = state.closing
    if phase == "closed" and closing is not None:
        return refusals.closed_by(closing.kind, state.history.day(closing))
    wanted = min(PHASES.index(name) for name in verb.phases)
    if wanted > PHASES.index(phase):
        return refusals.plain(
            {"filed": "not_filed", "complete": "not_complete", "decided": "not_decided"}.get(
                PHASES[wanted] if phase != "none" else "filed", "not_answered"
            )
        )
    return refusals.plain(f"already_{phase}")


def _needs(state: State, kind: str, verb: Verb) -> Reason | None:
    if verb.needs and state.history.first(*verb.needs) is None:
        return refusals.needs(verb.needs)
    return None


def _answers(state: State, kind: str, verb: Verb) -> Reason | None:
    if verb.answers is not None and not state.history.waiting(verb.answers):
        return refusals.plain("nothing_asked")
    return None


def _left(state: State, kind: str, verb: Verb) -> int | None:
    return None if verb.times is None else max(0, verb.times - len(state.whole.of(kind)))


def _times(state: State, kind: str, verb: Verb) -> Reason | None:
    if verb.times is None or _left(state, kind, verb):
        return None
    law = state.rules[verb.window].law if verb.window else _law(state.kind)
    return refusals.too_often(kind, verb.times, verb.article, law)


def _law(kind: str) -> str:
    return {"complaint": "2-17-265", "petition": "112-14", "session": "112-14", "resolution": "112-14"}.get(kind, kind)


def in_window(state: State, verb: Verb, answer: Permission) -> Permission:
    """Bound by the dates of a right of the administration: its last day is `do_by`."""
    found = state.duties(verb.window or "")
    if not found:
        return answer
    duty = found[-1]
    if duty.do_by is not None and state.on > duty.do_by:
        return refuse(answer, refusals.too_late(duty.do_by, duty.article, duty.law))
    return replace(answer, until=duty.do_by)
