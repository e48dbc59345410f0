"""All the rules together: loading, cross-checks, look-up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from .errors import LawError
from .overlaid import lay, unreadable
from .overlay import Conflict, Overlay
from .parse import parse_rule
from .rule import Rule


class RuleBook:
    """A set of rules that agree with each other."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in self._rules:
                raise LawError(rule.file, f"id: {rule.id} is already in {self._rules[rule.id].file}")
            self._rules[rule.id] = rule
        for rule in self._rules.values():
            self._check_references(rule)
        self._order = self._sorted_by_need()

    @classmethod
    def load(cls, folder: Traversable, more_than: Iterable[Rule] = ()) -> RuleBook:
        """The book of all `<law>/<ID>.toml` under a folder, and of `more_than`. Raises LawError naming file and key."""
        rules = list(more_than)
        for law in sorted(folder.iterdir(), key=lambda item: item.name):
            if law.is_dir() and not law.name.startswith(("_", ".")):
                rules += [
                    parse_rule(file.read_text(encoding="utf-8"), f"{law.name}/{file.name}")
                    for file in sorted(law.iterdir(), key=lambda item: item.name)
                    if file.name.endswith(".toml")
                ]
        return cls(rules)

    def become(self, other: RuleBook) -> None:
        """Hold what another book holds: everybody who holds this one sees it. Only the loading of the law does it."""
        self.__dict__ = dict(other.__dict__)

    def with_overlay(self, overlay: Overlay) -> Overlaid:
        """This book as a council changed it, and what no longer fits. An empty overlay gives this very book."""
        rules, conflicts = dict(self._rules), list[Conflict]()
        for rule_id, changes in overlay.by_rule().items():
            shipped = self._rules.get(rule_id)
            laid = lay(changes, shipped, self._rules)
            conflicts += laid.conflicts
            if laid.rule is None:
                continue
            if shipped is None or laid.rule.digest != shipped.digest:  # an older text: does it agree with the rest?
                try:
                    RuleBook([*(rule for rule in rules.values() if rule.id != rule_id), laid.rule])
                except LawError as error:
                    conflicts = [one for one in conflicts if one.rule != rule_id] + [unreadable(changes[-1], error)]
                    continue
            rules[rule_id] = laid.rule
        return Overlaid(RuleBook(rules.values()) if overlay.changes else self, tuple(conflicts))

    def _check_references(self, rule: Rule) -> None:
        for named in _references(rule):
            if named not in self._rules:
                raise LawError(rule.file, f"names the rule {named}, which does not exist")
            if rule.bound and not self._rules[named].bound:
                raise LawError(rule.file, f"is bound but needs {named}, which is not")

    def _sorted_by_need(self) -> tuple[Rule, ...]:
        """Rules that start at another's lapse come after it. Raises LawError where they wait for each other."""
        done: dict[str, Rule] = {}
        waiting = dict(self._rules)
        while waiting:
            ready = [r for r in waiting.values() if all(n in done or n == r.id for n in _lapses(r))]
            if not ready:
                raise LawError(next(iter(waiting.values())).file, "rules wait for each other's lapse")
            for rule in ready:
                done[rule.id] = waiting.pop(rule.id)
        return tuple(done.values())

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: str) -> bool:
        return rule_id in self._rules

    def __getitem__(self, rule_id: str) -> Rule:
        if rule_id not in self._rules:
            raise LawError("rules", f"no rule {rule_id}")
        return self._rules[rule_id]

    def pinned(self, rule_id: str, stamp: str, day: date) -> Rule | None:
        """A rule in the version that a duty pins, else as it holds on a day; None where the book has it no more."""
        rule = self._rules.get(rule_id)
        if rule is None:
            return None
        return next((one for one in (rule, *rule.variants) if one.stamp == stamp), None) or rule.on(day)

    def for_kind(self, kind: str) -> list[Rule]:
        """The bound rules of a kind of dossier, in an order that respects lapses."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self._order:
            if rule.bound:
                for kind in rule.kinds:
                    found.setdefault(kind, []).append(_in_kind(rule, kind))
        return found

    @cached_property
    def version(self) -> str:
        """A hash of every rule's text: what a printed list of the rules should quote."""
        text = "\n".join(
            " ".join([rule.id, rule.digest, *(variant.stamp for variant in rule.variants)])
            for rule in sorted(self._rules.values(), key=lambda r: r.id)
        )
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _in_kind(rule: Rule, kind: str) -> Rule:
    """The rule as it is told in a kind of dossier: without what it says of others."""
    if not any(one.kinds for one in rule.readings):
        return rule
    readings = tuple(one for one in rule.readings if not one.kinds or kind in one.kinds)
    return replace(rule, readings=readings, variants=tuple(_in_kind(one, kind) for one in rule.variants))


def opens_remedy(rule_id: str, kind: str, rules: RuleBook | None = None) -> bool:
    """Whether the lapse of a rule opens a right of the person, in this kind of dossier."""
    return any(
        rule.type == "right" and any(trigger.lapse_of == rule_id for trigger in rule.triggers)
        for rule in (RULES if rules is None else rules).for_kind(kind)
    )


class Overlaid(NamedTuple):
    """A council's book, and the changes that need somebody to look at them."""

    book: RuleBook
    conflicts: tuple[Conflict, ...]


def _lapses(rule: Rule) -> set[str]:
    named = {rule_id for trigger in rule.triggers for rule_id in trigger.waits_for if rule_id != rule.id}
    named |= {match.starting for match in (*rule.discharged_by, *rule.ended_by) if match.starting is not None}
    return named | ({rule.no_sooner} if rule.no_sooner else set())


def _references(rule: Rule) -> set[str]:
    named = {when.of for when in rule.whens if when.of}
    named |= {pause.under for pause in rule.pauses if pause.under} | {one.rule for one in rule.only_after}
    return named | _lapses(rule)


RULES = RuleBook.load(resources.files("tadbir.law") / "rules")
