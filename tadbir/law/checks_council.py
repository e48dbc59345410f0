"""Checks that a row of a regime of the council names: its sessions, and the delays of the governor."""

from __future__ import annotations

from dataclasses import replace

from . import refusals
from .checks import last_accepted, register
from .model import Permission
from .regime import RegimeFact
from .state import State, refuse


@register("before_opening")
def before_opening(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """A session is dated, or dated again, until it opens."""
    if state.history.first("opened") is not None:
        return refuse(answer, refusals.plain("session_opened"))
    return answer


@register("ordinary_session")
def ordinary_session(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Only an ordinary session is extended (organic law 112-14, articles 35 and 37)."""
    scheduled = state.history.last("scheduled")
    if scheduled is not None and scheduled.data.get("type", "ordinary") != "ordinary":
        return refuse(answer, refusals.plain("not_extended", "37", "112-14"))
    return answer


@register("governor_window")
def governor_window(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """The governor's own delay: what comes before its latest reading has passed is recorded."""
    last = last_accepted(state.duties(row.window or ""))
    if last is not None and state.on > last:
        return refuse(answer, refusals.too_late(last, *state.article(row.window or "")))
    return replace(answer, until=last)
