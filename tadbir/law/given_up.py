"""The remedies that their person took back while the request goes on: everything is counted as if they had not come."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from .model import Fact


class History(Protocol):
    """What is asked here of a dossier (`history.History`, which asks this module)."""

    def of(self, *kinds: str) -> list[Fact]:
        """The facts of some kinds."""

    def order(self, fact: Fact) -> tuple[date, int, str]:
        """The place of a fact."""


def given_up(history: History) -> frozenset[str]:
    """What was taken back, and what only pressed the president to answer it meanwhile, by its number."""
    found: set[str] = set()
    for back in history.of("remedy_withdrawn"):
        name = str(back.data.get("asked"))
        found.add(name)
        pressing = [*history.of("governor_invited")]
        pressing += [one for one in history.of("appeal_filed") if one.data.get("level") == "governor"]
        remedy = next((one for one in history.of("appeal_filed") if one.id == name), None)
        if remedy is not None:
            place, end = history.order(remedy), history.order(back)
            found |= {one.id for one in pressing if place < history.order(one) < end}
    return frozenset(found)
