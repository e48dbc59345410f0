"""What a correction leaves of what rested on the entry that it struck out, and what was known before it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from .facts import CLOSED_UNANSWERED, REOPENING
from .model import Fact


class History(Protocol):
    """What is asked here of a dossier (`history.History`, which asks this module)."""

    @property
    def targets(self) -> Mapping[str, Fact]:
        """What each correction that stands took out."""

    def of(self, *kinds: str) -> list[Fact]:
        """The facts of some kinds."""

    def order(self, fact: Fact) -> tuple[date, int, str]:
        """The place of a fact."""

    def told_before(self, remedy: Fact) -> bool:
        """Whether something that a remedy may contest stands before it."""

    def lacking(self, end: Fact) -> bool:
        """Whether the file lacked a document when this ended it."""


def _rank(fact: Fact) -> int:
    return fact.seq if fact.entered is None else fact.entered


def as_entered(given: Iterable[Fact], fact: Fact) -> list[Fact]:
    """The facts of a dossier as they stood when one was entered: what the council had told by then."""
    rank = _rank(fact)
    known = [one for one in given if _rank(one) < rank]
    return [replace(one, at=next((day for until, day in one.was if until > rank), one.at), was=()) for one in known]


def struck_by(history: History, strike: Fact) -> Fact | None:
    """The end of a dossier that a correction took out for good; None where it is recorded anew, of the same paper."""
    end = history.targets.get(strike.id)
    if end is None or end.kind not in CLOSED_UNANSWERED:
        return None
    again = (one.data.get("act") == end.data.get("act") for one in history.of(end.kind))
    return None if any(again) else end


def lifted(history: History, remedy: Fact) -> Fact | None:
    """The correction that struck out the end which a remedy contests: the person has what he asked, and nothing is left
    to answer. None where something that refused stood before the remedy too."""
    if remedy.kind not in REOPENING or remedy.data.get("against") != "refusal" or history.told_before(remedy):
        return None
    ends = ((strike, struck_by(history, strike)) for strike in history.of("entry_corrected"))
    found = (strike for strike, end in ends if end is not None and history.order(end) < history.order(remedy))
    return next((strike for strike in found if history.order(remedy) < history.order(strike)), None)


def frees(history: History, strike: Fact) -> bool:
    """Whether a correction struck out what kept a person from completing his file: its return, or another end of one
    that lacked a document."""
    end = struck_by(history, strike)
    return end is not None and (end.kind == "file_returned" or history.lacking(end))
