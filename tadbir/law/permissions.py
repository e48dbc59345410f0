"""What may lawfully be done now in a dossier, and why not the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from . import refusals, refusals_remedies
from .book import RULES, RuleBook
from .calendar import Calendar
from .checks import CHECKS
from .engine import compute
from .errors import LawError
from .facts import CLOSED_UNANSWERED, FACTS, REFUSING, REOPENING
from .history import History
from .model import NOTHING, Fact, Permission, Reason
from .regime import PHASES, RegimeFact
from .regimes import REGIMES
from .start import Found
from .state import State, refuse
from .vocabulary import PERSONS


def may(
    kind: str,
    fact_kind: str,
    facts: Sequence[Fact],
    calendar: Calendar,
    on: date,
    rules: RuleBook = RULES,
    data: Mapping[str, Any] = NOTHING,
) -> Permission:
    """Whether a fact of this kind may lawfully be recorded as happening on a day, under which article, and why not.

    `data` (level of an appeal, ground of an extension...) makes the answer more precise; without it the answer
    is for the usual case. Facts later than `on` are ignored, but they count where a thing may be done once.
    Raises LawError for an unknown kind.
    """
    return permitted(standing(kind, facts, calendar, on, rules), fact_kind, data)


def standing(kind: str, facts: Sequence[Fact], calendar: Calendar, on: date, rules: RuleBook = RULES) -> State:
    """A dossier on a day, from which any number of permissions are read: what it derives is derived once.

    Raises LawError for an unknown kind.
    """
    if kind not in REGIMES:
        raise LawError("may", f"unknown kind {kind!r}; expected one of {', '.join(REGIMES)}")
    whole = History(facts)
    history = whole.until(on).pursued()

    def told(strike: Fact) -> Found:
        return compute(kind, history.when_entered(strike), calendar, history.day(strike), rules)

    return State(kind, history, compute(kind, history, calendar, on, rules), on, NOTHING, rules, told, whole)


def permitted(state: State, fact_kind: str, data: Mapping[str, Any] = NOTHING) -> Permission:
    """What `may` answers of a dossier that stands so. Raises LawError for a fact outside the vocabulary."""
    if fact_kind not in FACTS:
        raise LawError("may", f"{fact_kind!r} is not in the vocabulary of facts")
    row = REGIMES[state.kind].facts.get(fact_kind)
    if row is None:
        return Permission(False, fact_kind, (refusals.plain("not_this_kind"),))
    state = replace(state, data=data)
    answer = Permission(
        True, fact_kind, rule_id=row.window, article=row.article, law=row.law, confidence=row.confidence
    )
    for refused in (_in_force, _phase, _needs, _answers, _times, _granted, _contested):
        reason = refused(state, row)
        if reason is not None:
            return refuse(answer, reason, *_elsewhere(state, row))
    answer = replace(answer, count_left=_left(state, row))
    if row.check is not None:
        answer = CHECKS[row.check](state, row, answer)
    if answer.allowed and row.window is not None and answer.until is None:
        answer = _in_window(state, row, answer)
    return answer


def _in_force(state: State, row: RegimeFact) -> Reason | None:
    """A regime must be in force on the day the dossier was opened; what its row says, on the day itself."""
    opened = state.history.day(state.history.facts[0]) if state.history.facts else state.on
    if row.in_force(state.on) and REGIMES[state.kind].in_force(opened):
        return None
    return refusals.plain("not_in_force", row.article, row.law)


def _elsewhere(state: State, row: RegimeFact) -> Sequence[Reason]:
    """Where a remedy that is refused here may be filed: in the first dossier, of which this one is a duplicate."""
    double = state.filed_twice
    return [double] if double and row.code in REOPENING else []


def _phase(state: State, row: RegimeFact) -> Reason | None:
    phase = state.phase
    if phase in row.phases:
        return None
    closing = state.closing
    if phase == "closed" and closing is not None:
        return refusals.closed_by(closing.kind, state.history.day(closing))
    wanted = min(PHASES.index(name) for name in row.phases)
    if wanted > PHASES.index(phase):
        return refusals.plain(
            {"filed": "not_filed", "complete": "not_complete", "decided": "not_decided"}.get(
                PHASES[wanted] if phase != "none" else "filed", "not_answered"
            )
        )
    return refusals.plain(f"already_{phase}")


def _needs(state: State, row: RegimeFact) -> Reason | None:
    if row.needs and state.history.first(*row.needs) is None:
        here = tuple(code for code in row.needs if code in REGIMES[state.kind].facts)
        return refusals.needs(here or row.needs)
    return None


def _answers(state: State, row: RegimeFact) -> Reason | None:
    if row.answers is not None and not state.history.waiting(row.answers):
        return refusals.plain("nothing_asked")
    return None


def _left(state: State, row: RegimeFact) -> int | None:
    return None if row.times is None else max(0, row.times - len(state.whole.of(row.code)))


def _times(state: State, row: RegimeFact) -> Reason | None:
    if row.times is None or _left(state, row):
        return None
    return refusals.too_often(row.code, row.times, row.article, row.law)


def _granted(state: State, row: RegimeFact) -> Reason | None:
    """What refuses in words what was asked, or sends it to another dossier, comes too late once a remedy granted it."""
    owed = state.owed_grant if row.code in REFUSING or row.code == "duplicate_of" else None
    if owed is None:
        return None
    return refusals_remedies.given_on_remedy(state.remedy_of(owed), state.history.day(owed))


def _contested(state: State, row: RegimeFact) -> Reason | None:
    """What ends a dossier without an answer does not end what contests a silence there: that is answered first. Only
    the person himself takes his request back."""
    if row.code not in CLOSED_UNANSWERED or row.code in REFUSING or FACTS[row.code].of_person:
        return None
    waits = [one for one in REGIMES[state.kind].answered if state.history.contesting(one.filed)]
    return refusals_remedies.of_remedy("waits", waits[0].name) if waits else None


def _in_window(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Bound by the dates of a right of the administration: its last day is `do_by`."""
    found = state.duties(row.window or "")
    if not found:
        return answer
    duty = found[-1]
    if duty.owner in PERSONS:
        return answer  # its check read the latest day, or found that nothing ends it yet
    if duty.do_by is not None and state.on > duty.do_by:
        late = refusals.too_late(duty.do_by, duty.article, duty.law)
        owed = [rule for rule in state.rules.for_kind(state.kind) if rule.type == "duty"]
        pauses = any(pause.asked == row.code for rule in owed for pause in rule.pauses)
        return refuse(answer, late, *([refusals.plain("suspends_nothing")] if pauses else []))
    return replace(answer, until=duty.do_by)
