"""What stands and what waits in a dossier (until the law's branch brings its own)."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from tadbir.dossiers.models import Fact

ASKING = frozenset({"replacement_asked", "original_asked", "information_asked"})


class Story:
    def __init__(self, facts: Sequence[Fact]) -> None:
        self.facts = list(facts)

    @cached_property
    def voided(self) -> dict[int, Fact]:
        return {fact.voids_id: fact for fact in self.facts if fact.voids_id}

    @cached_property
    def alive(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.pk not in self.voided and not fact.voids_id]

    def of(self, *kinds: str) -> list[Fact]:
        return [fact for fact in self.alive if fact.kind in kinds]

    def first(self, *kinds: str) -> Fact | None:
        return next(iter(self.of(*kinds)), None)

    def last(self, *kinds: str) -> Fact | None:
        return next(iter(reversed(self.of(*kinds))), None)

    def waiting(self, *kinds: str) -> list[Fact]:
        answered = {str(f.data["asked"]) for f in self.alive if "asked" in f.data and f.kind != "request_received"}
        return [fact for fact in self.of(*kinds) if str(fact.pk) not in answered]

    def asked_of(self, whom: str) -> list[Fact]:
        return self.waiting(*ASKING)

    def not_received(self, missing: bool) -> list[Fact]:
        got = {str(fact.data.get("asked")) for fact in self.of("request_received")}
        listed = self.of("missing_listed") if missing else []
        return [fact for fact in [*listed, *self.asked_of("person")] if str(fact.pk) not in got]

    def missing(self, sheet, brought: Iterable[str]) -> list:
        if self.first("completed") or sheet is None:
            return []
        there = set(brought)
        codes = [code for fact in self.of("missing_listed") for code in fact.data.get("documents", ())]
        found = [sheet.document(code) for code in codes if code not in there]
        return [document for document in found if document]
