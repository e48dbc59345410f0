"""Which facts count: those that pass a filter, and those that start a rule. See docs/law.md for each key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Match:
    """A fact of a kind, with an optional filter on its data. `where`: the key must hold this value (or one of a list).

    `where_not`: it must not; one that is absent passes. `in_time`: only before the lapse of the rule. `starting`: only
    where it started a running of that rule. `deciding`: only where it answers a remedy and, by that, the request.
    `pending`: also where it came before a refusal that starts the rule, and waits for its answer that day.
    `striking`: only a correction that struck out the end of a file which its person could not complete (`frees`).
    `instead`: only where it grants as much as what starts the rule, of the same thing: that is owed once.
    `resumed`: only where what starts the rule took away an end without an answer, or a letter that sent elsewhere: the
    request goes on, and any answer to it will do.
    """

    fact: str
    where: Mapping[str, Any] = field(default_factory=dict)
    where_not: Mapping[str, Any] = field(default_factory=dict)
    in_time: bool = False
    starting: str | None = None
    deciding: bool = False
    pending: bool = False
    resumed: bool = False
    instead: bool = False
    striking: bool = False

    def fits(self, data: Mapping[str, Any]) -> bool:
        """Whether the data of a fact pass the filter."""
        return all(_holds(data.get(key), wanted) for key, wanted in self.where.items()) and not any(
            key in data and _holds(data[key], refused) for key, refused in self.where_not.items()
        )


def _holds(value: Any, wanted: Any) -> bool:
    return value in wanted if isinstance(wanted, list) else value == wanted


@dataclass(frozen=True)
class Trigger:
    """What starts a rule: a fact (`match`), or the lapse of another rule (`lapse_of`).

    `take`: each, first or last such fact. `clock`: another fact whose date starts the count. `needs`: one it must have.
    `clock_data`: the key of the data that holds the date (a session's date, not the day it was set).
    `received`: a request_received naming this fact dates it for the person: optional or required; advised:
    a day is advised from the fact itself, and nothing is certain without it.
    `via`: with lapse_of, only where that rule itself was started by a fact or by a lapse.
    `latest`: with lapse_of, another rule from whose lapse one may also count: the latest reading starts there.
    `not_before_lapse`: a fact that came before the lapse of the first of these rules that runs starts its clock there.
    `in_time_of`: the fact starts nothing once every right given by these rules is over; before any began, it is early.
    `answering`: the fact starts something only where it answers what started a running of this rule.
    `deciding`: only where it answers a remedy, and refuses so in words, for the first time, what a silence had refused.
    `unspoken`: with lapse_of, only where nothing was refused in words before what started that other rule.
    `taking_back`: only where, granted, it takes away an end of this kind, and the request goes on as it stood.
    `silent`: with lapse_of, so many days of silence on what started that other rule, from whose end one may also count:
    the latest reading starts there, where it is later.
    `late`: with lapse_of, also where what started that other rule came after its last day.
    `beside`: only where something started that rule in its time.
    `striking`: only a correction that struck out the end of a file which its person could not complete (`frees`).
    `taken_up`: with answering, also where that came late and started nothing: whoever was seised of it answered it.
    `confirms`: rights that a silence opened: an answer that comes after it may be held to confirm it only, so that the
    day counted from the silence stays the advised one, and that counted from the answer is the second reading.
    `unlengthened`: counted from the end that the other delay has before anything makes it longer.
    """

    match: Match | None = None
    lapse_of: str | None = None
    via: str | None = None
    take: str = "each"
    clock: str | None = None
    clock_data: str | None = None
    received: str | None = None
    latest: str | None = None
    not_before_lapse: tuple[str, ...] = ()
    in_time_of: tuple[str, ...] = ()
    answering: str | None = None
    deciding: bool = False
    unspoken: bool = False
    taking_back: str | None = None
    unlengthened: bool = False
    silent: int = 0
    late: bool = False
    beside: str | None = None
    confirms: tuple[str, ...] = ()
    taken_up: bool = False
    striking: bool = False
    needs: Match | None = None

    @property
    def waits_for(self) -> frozenset[str]:
        """The rules whose runnings must be known before this one starts."""
        named = (self.lapse_of, self.latest, self.answering, self.beside)
        several = (*self.in_time_of, *self.not_before_lapse, *self.confirms)
        return frozenset(several) | {one for one in named if one is not None}
