"""Checks of a petition (organic law 112-14, article 116): its bureau decides, its president tells."""

from __future__ import annotations

from . import refusals
from .checks import notified, outcome, register
from .model import Fact, Permission
from .regime import RegimeFact
from .state import State, refuse
from .vocabulary import GRANTING

#: What the bureau may decide: it alone accepts or refuses.
BUREAU = ("bureau_accepted", "bureau_refused")


def _grants(state: State) -> list[Fact]:
    """The grievances that were granted, in whole or in part."""
    return [one for one in state.history.of("grievance_answered") if one.data.get("sense") in GRANTING]


def _granted_after(state: State, decided: Fact, before: Fact | None = None) -> bool:
    """Whether a grievance granted since (and `before` a fact) takes away what had been decided."""
    order = state.whole.order
    return any(
        order(decided) <= order(one) and (before is None or order(one) < order(before)) for one in _grants(state)
    )


def _to_decide_anew(state: State, before: Fact | None = None) -> bool:
    """Whether the bureau refused, and a grievance granted since leaves the petition to be decided by it again."""
    last = state.history.last(*BUREAU)
    return last is not None and last.kind == "bureau_refused" and _granted_after(state, last, before)


@register("bureau")
def bureau(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Once, whatever it decides; once more for each refusal that a granted grievance takes away."""
    last = state.whole.last(*BUREAU)
    if last is None:
        told = state.answer  # sent elsewhere or answered without it, and taken back since: it decides
        return answer if told is None or _granted_after(state, told) else _already(answer)
    if last.kind == "bureau_refused" and _granted_after(state, last):
        return answer
    return refuse(answer, refusals.plain("bureau_decided", row.article, row.law))


def _already(answer: Permission) -> Permission:
    return refuse(answer, refusals.plain("already_answered"))


@register("petition_outcome")
def petition_outcome(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """An answer tells what the bureau decided, or what the council made of what it accepted: never the contrary."""
    if _to_decide_anew(state):
        return refuse(answer, refusals.needs(BUREAU))
    sense, last = state.data.get("sense", ""), state.history.last(*BUREAU)
    if sense and last is not None and last.kind == "bureau_refused" and sense != "refused":
        return refuse(answer, refusals.plain("bureau_refused_it", row.article, row.law))
    waits = last is not None and last.kind == "bureau_accepted" and state.history.first("put_on_agenda") is None
    if sense and waits and sense != "granted":
        return refuse(answer, refusals.plain("bureau_accepted_it", row.article, row.law))
    return outcome(state, row, answer)


@register("petition_notified")
def petition_notified(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """The same of its notification: of a letter that was signed once the grievance was granted."""
    signed = state.history.last("outcome_signed")
    if signed is not None and _to_decide_anew(state, signed):
        return refuse(answer, refusals.needs(BUREAU))
    return notified(state, row, answer)


@register("petition_misdirected")
def petition_misdirected(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """The letter that says where to go tells the refusal of the bureau, in the place of another answer."""
    if _to_decide_anew(state):
        return refuse(answer, refusals.needs(("bureau_refused",)))
    signed, last = state.history.last("outcome_signed"), state.history.last(*BUREAU)
    if last is not None and last.kind != "bureau_refused":
        return refuse(answer, refusals.plain("bureau_decided", row.article, row.law))
    return refuse(answer, refusals.plain("already_decided")) if signed is not None else answer
