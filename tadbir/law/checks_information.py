"""Checks of a request for information (law 31-13): the commission comes after the complaint to the head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from . import refusals, refusals_remedies
from .checks import register
from .checks_remedies import person_window
from .facts import FACTS
from .model import Permission
from .regime import RegimeFact
from .regimes import REGIMES
from .rule import Rule
from .state import State
from .words import weekday_written


@register("commission")
def commission(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Its thirty days run from the answer of the head or from his silence (article 20): what reaches it before is
    recorded as it came, and whoever reads is told what comes first, and until when; what reaches it after them is
    recorded too, with what remains: the commission alone says whether it takes it up."""
    found = person_window(state, row, answer)
    appeal = REGIMES[state.kind].appeal
    if any(reason.code == "late_elsewhere" for reason in found.reasons):
        return replace(found, reasons=(*found.reasons, refusals.plain("after_commission", "21", "31-13")))
    if not found.early or appeal is None:
        return found
    name, code, last = FACTS[appeal.filed], "first", None
    if state.history.waiting(appeal.filed):
        asked = (rule.id for rule in state.rules.for_kind(state.kind) if _answered_by(rule, appeal.answered))
        days = [duty.do_by for rule in asked for duty in state.duties(rule) if duty.open and duty.type == "duty"]
        code, last = "waits", _latest(days, state.on)
    else:
        runs = [duty for duty in state.duties(appeal.rule) if duty.open]
        over = bool(runs) and all(duty.accept_until and duty.accept_until < state.on for duty in runs)
        code, last = "over" if over else "first", _latest([duty.file_before for duty in runs], state.on)
    until = (
        (f"، إلى غاية {weekday_written(last, 'ar')}", f", au plus tard le {weekday_written(last, 'fr')}")
        if last
        else ("", "")
    )
    return replace(found, reasons=(refusals_remedies.comes_first(code, name, until, row.article, row.law),))


def _answered_by(rule: Rule, kind: str) -> bool:
    return any(one.fact == kind for one in rule.discharged_by)


def _latest(days: Iterable[date | None], on: date) -> date | None:
    """The latest of some days that is not past."""
    return max((day for day in days if day is not None and day >= on), default=None)
