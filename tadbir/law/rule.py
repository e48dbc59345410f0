"""A rule of law as data: what its file says, checked. See docs/law.md for the meaning of each key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from .match import Match, Trigger

TYPES = ("duty", "right", "effect", "bar")
SHAPES = ("offset", "fraction", "fixed_date", "nth_weekday", "next_session", "every", "count", "at_once")
UNITS = ("days", "working_days", "months", "years", "calendar_months", "calendar_years", "hours")
CONFIDENCES = ("verified", "derived", "memory")
APPLIES_BY = ("trigger", "opening", "decision")
#: The list of what is missing in a file, and what ends the waiting for it.
LISTED = ("missing_listed", "completed")
#: The rules that the engine reads by name: when ordinary sessions open, and how long they last.
SESSION_RULE, LONGEST_RULE, EXTENSION_RULE = "SES-OPEN", "SES-MAX", "SES-MAX-EXT"


@dataclass(frozen=True)
class LimitFrom:
    """A limit read from a fact, never above a cap: a sheet's own delay under law 55-19."""

    fact: str
    key: str
    unit_key: str | None
    cap: int | None
    cap_when: tuple[tuple[Mapping[str, Any], int], ...]

    def most(self, data: Mapping[str, Any]) -> int | None:
        """The cap where the fact holds these data."""
        for where, cap in self.cap_when:
            if all(data.get(key) == value for key, value in where.items()):
                return cap
        return self.cap


@dataclass(frozen=True)
class When:
    """One dated value of a rule: its shape and numbers, from one day on. `article` may differ from the rule's.

    `carried`: past a closed day; false for a window that the text closes whatever the day.
    `over`: with `min`, only once that delay has run out: from the day after. `opens`: a date on which something begins.
    `about`: which year a yearly duty speaks of, counted from the year in which it falls due (-1: the year before).
    """

    shape: str
    since: date
    until: date | None = None
    reference: str = ""
    direction: str = "after"
    min: int | None = None
    max: int | None = None
    unit: str = "days"
    counting: str = "plain"
    stated_by: str | None = None
    rounding: str | None = None
    carried: bool = True
    over: bool = False
    opens: bool = False
    of: str | None = None
    numerator: int = 1
    denominator: int = 1
    times: int | None = None
    month: int | None = None
    day: int | None = None
    nth: int | None = None
    weekday: int | None = None
    months: tuple[int, ...] = ()
    period: str | None = None
    about: int = 0
    session: str | None = None
    consecutive: int | None = None
    total: int | None = None
    session_end_where: Mapping[str, Any] | None = None
    limit_from: LimitFrom | None = None

    @property
    def two_readings(self) -> bool:
        """The text gives a number of days and does not say how to count them."""
        return self.stated_by is None


@dataclass(frozen=True)
class Pause:
    """A request that stops the clock until it is answered, if lawful under the rule `under`; `law`: of the article.

    `anew`: the whole delay starts again from the answer, as a silence that a question broke.
    """

    asked: str
    received: str
    article: str
    under: str | None = None
    law: str | None = None
    anew: bool = False


@dataclass(frozen=True)
class Extension:
    """A fact that lengthens the limit: by its own data (`key`) or by the same length again (`same`)."""

    fact: str
    article: str
    key: str | None = None
    same: bool = False
    times: int = 1
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lengthening:
    """A fact, inside the delay or `tail` days after it, by which another law makes it longer: at least, at most.

    The least is counted only where no judge could count otherwise: a fact that came after a decision without reasons,
    `within` days of it, or `tail` days after the delay that a silence opened. The most, wherever it may be counted.
    """

    fact: str
    article: str
    law: str
    least: int
    most: int
    tail: int = 0
    within: int = 0


@dataclass(frozen=True)
class Words:
    """The same thing said in Arabic and in French."""

    ar: str
    fr: str


@dataclass(frozen=True)
class Reading(Words):
    """What a reader must know where articles allow two readings; if it names some, in dossiers of these kinds only,
    and only of a delay that one of these facts (or "lapse") started; `taken_up`: an answer to what came late."""

    kinds: tuple[str, ...] = ()
    started_by: tuple[str, ...] = ()
    taken_up: bool = False


@dataclass(frozen=True)
class Effect(Words):
    """What happens if nobody moves where a fact of the dossier says so, instead of what it is elsewhere."""

    code: str
    match: Match


@dataclass(frozen=True)
class OnlyAfter(Words):
    """A right of these kinds of dossier that opens only after another: no day is advised, and the words say why.

    `unless`: a fact against which that other is not open, so that nothing comes first.
    """

    rule: str
    kinds: tuple[str, ...]
    unless: str | None = None


@dataclass(frozen=True)
class Own:
    """What a council changed in a rule: from which day, to which day (not counted), why, and on what ground."""

    since: date
    over_from: date | None
    reason: Words
    source: str
    off: bool
    digest: str


@dataclass(frozen=True)
class Rule:
    """One legal deadline, right, effect or bar.

    `label`: what it is about in a few words, for lists.
    `told`: its sentence to the people of one dossier, where `{limit}` is the delay of that dossier.
    `effects`: other effects, each where a fact says so. `only_after`: what comes first in some kinds of dossier.
    `late`: what follows if nobody moves where the right that starts it was used after its last day; without these words
    it does not start then.
    `no_sooner`: a rule that gives longer for the same answer: the lapse is certain only after its own.
    `variants`: the rule as a council changed it, each with its days; `own` is filled in these only.
    """

    id: str
    law: str
    article: str
    type: str
    kinds: tuple[str, ...]
    owner: str
    bound: bool
    version: int
    digest: str
    in_force_from: date
    in_force_to: date | None
    applies_by: str
    confidence: str
    source: str
    sentence: Words
    start: Words
    effect: str
    effect_words: Words
    whens: tuple[When, ...]
    label: Words | None = None
    told: Words | None = None
    late: Words | None = None
    triggers: tuple[Trigger, ...] = ()
    discharged_by: tuple[Match, ...] = ()
    ended_by: tuple[Match, ...] = ()
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None
    lengthened_by: tuple[Lengthening, ...] = ()
    readings: tuple[Reading, ...] = ()
    effects: tuple[Effect, ...] = ()
    only_after: tuple[OnlyAfter, ...] = ()
    no_sooner: str | None = None
    file: str = ""
    text: str = field(default="", repr=False, compare=False)
    own: Own | None = None
    variants: tuple[Rule, ...] = ()

    @property
    def stamp(self) -> str:
        """The version every duty pins: the lawyer's number, a hash of the file, and one of a council's change."""
        return f"{self.version}-{self.digest[:8]}" + (f"+{self.own.digest[:8]}" if self.own else "")

    @property
    def unlengthened(self) -> Rule:
        """The rule as if no other law made its delay longer."""
        return replace(self, lengthened_by=(), variants=tuple(one.unlengthened for one in self.variants))

    def on(self, day: date) -> Rule:
        """The rule as it holds on a day in this council: as shipped, or as the council changed it."""
        for variant in self.variants:
            own = variant.own
            if own is not None and own.since <= day and (own.over_from is None or day < own.over_from):
                return variant
        return self

    def in_force(self, day: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def value_on(self, day: date) -> When | None:
        """The dated value that holds on a day, if any; none where the council switched the rule off."""
        rule = self.on(day)
        if rule is not self:
            return rule.value_on(day)
        found = None
        for when in self.whens:
            if when.since <= day and (when.until is None or day <= when.until):
                found = when
        return found if self.in_force(day) else None


class Book(Protocol):
    """Where rules are found by id."""

    def __getitem__(self, rule_id: str) -> Rule: ...
