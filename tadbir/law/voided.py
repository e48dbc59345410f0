"""Which facts of a dossier no longer count: a later one removed them."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import LawError
from .model import Fact


def voided(facts: Sequence[Fact]) -> set[str]:
    """Ids removed by a later fact. Removing a removal brings the first one back."""
    by_id = {fact.id: fact for fact in facts}
    removed_by: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.voids is None:
            continue
        target = by_id.get(fact.voids)
        if target is None:
            raise LawError(f"fact {fact.id}", f"voids {fact.voids!r}, which is not in this dossier")
        if target is fact or fact.seq < target.seq:
            raise LawError(f"fact {fact.id}", f"voids {fact.voids!r}, which was not recorded before it")
        removed_by.setdefault(target.id, []).append(fact)
    state: dict[str, bool] = {}

    def removed(fact: Fact, seen: tuple[str, ...]) -> bool:
        if fact.id in seen:
            raise LawError(f"fact {fact.id}", "facts that void each other in a circle")
        if fact.id not in state:
            state[fact.id] = any(not removed(by, (*seen, fact.id)) for by in removed_by.get(fact.id, ()))
        return state[fact.id]

    return {fact.id for fact in facts if removed(fact, ())}
