"""Dossiers walked through everything that the law allows: what happens is asked of `may`, one step after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tadbir.law import REGIMES, Fact, duties, ground_of
from tadbir.law.permissions import permitted, standing
from tadbir.law.state import State

from .facts import calendar

#: The kinds of dossier in which something may be contested, or answered late.
KINDS = ("55-19", "31-13", "petition", "council-commitment", "09-08", "complaint")
BEGUN = date(2026, 10, 5)
#: Between two steps, and after a silence that is waited for; none, for what follows at once.
PAUSE, SILENCE, AT_ONCE = timedelta(days=3), timedelta(days=70), timedelta()
SENSES = ("granted", "partial", "refused")
NO_DATA: dict[str, Any] = {}
#: What happens beside what is decided and contested.
ASIDE = (
    *("withdrawn", "reasons_asked", "duplicate_of", "replacement_asked", "governor", "delivered_on_spot"),
    "remedy_withdrawn",
)


@dataclass(frozen=True)
class Walked:
    """A dossier on a day, and how it came there."""

    kind: str
    facts: tuple[Fact, ...]
    today: date
    path: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """As permissions read it."""
        return standing(self.kind, self.facts, calendar(), self.today)

    def then(self, step: str, *kinds: tuple[str, dict[str, Any]], after: timedelta = PAUSE) -> Walked:
        """The same dossier once these facts came, one a day, and the daily round recorded what ran out before."""
        day = self.today + after
        made = list(self.at(day).facts)
        for kind, data in kinds:
            made.append(Fact(f"f{len(made) + 1}", kind, day, data, None, len(made) + 1))
            day += timedelta(days=1)
        return replace(self, facts=tuple(made), today=day, path=(*self.path, step))

    def at(self, day: date) -> Walked:
        """The same dossier on a later day, with the lapses that are certain by then, each dated when it happened."""
        made = list(self.facts)
        while True:
            said = {(one.data.get("rule"), one.data.get("trigger")) for one in made if one.kind == "lapsed"}
            late = [
                (one.lapses_on, one.rule_id, one.trigger_fact, one.owner)
                for one in duties(self.kind, made, calendar(), day)
                if one.type in ("duty", "effect") and one.open and one.lapses_on is not None and one.lapses_on <= day
                if (one.rule_id, one.trigger_fact) not in said
            ]
            if not late:
                return replace(self, facts=tuple(made), today=day)
            on, rule, trigger, owner = min(late)
            data = {"rule": rule, "trigger": trigger, "owner": owner}
            made.append(Fact(f"f{len(made) + 1}", "lapsed", on, data, None, len(made) + 1))


def begun(kind: str) -> list[Walked]:
    """Where a dossier of a kind may begin: complete, or waiting for its rest in vain."""
    first = Walked(kind, (), BEGUN - PAUSE)
    filed = ("filed", {"right": "access"} if kind == "09-08" else {"delay_days": 20})
    if not REGIMES[kind].needs_completion:
        return [first.then("complete", filed)]
    lacking = first.then("lacking", filed, ("missing_listed", {"documents": ["cin"]}))
    return [first.then("complete", filed, ("completed", {})), lacking.then("not brought", after=SILENCE)]


def next_of(one: Walked) -> Iterator[Walked]:
    """The dossier after each step that the law allows now."""
    state = one.at(one.today + PAUSE).state
    yield from _answers(one, state)
    for kind in ("misdirected", "file_returned"):
        if permitted(state, kind):
            told = one.then(kind, (kind, {"act": f"A{len(one.facts)}"}))
            yield told
            yield _received(told)
    done = ("delivered_on_spot", "rectified", "access_given", "withdrawn", "completed", "duplicate_of")
    for kind in (*done, "reasons_asked", "bureau_accepted", "bureau_refused"):
        if permitted(state, kind):
            yield one.then(kind, (kind, NO_DATA))
    yield from _questions(one, state)
    yield from _remedies(one, state)
    if one.path[-1] != "silence":
        yield one.then("silence", after=SILENCE)


def _received(told: Walked) -> Walked:
    return told.then("received", ("request_received", {"asked": told.facts[-1].id}), after=AT_ONCE)


def _answers(one: Walked, state: State) -> Iterator[Walked]:
    for sense in SENSES:
        if permitted(state, "outcome_signed", {"sense": sense}):
            data = {"sense": sense, "act": f"A{len(one.facts)}"}
            signed = one.then(f"{sense} signed", ("outcome_signed", data))
            yield signed.then("notified", ("notified", {**data, "means": "hand"}), after=AT_ONCE)


def _questions(one: Walked, state: State) -> Iterator[Walked]:
    if permitted(state, "replacement_asked"):
        yield _received(one.then("replacement_asked", ("replacement_asked", {"document": "cin"})))
    for asks, reply, data in (
        ("replacement_asked", "replacement_received", {"document": "cin"}),
        ("reasons_asked", "reasons_given", NO_DATA),
    ):
        if permitted(state, reply):
            for asked in state.history.waiting(asks):
                yield one.then(reply, (reply, {**data, "asked": asked.id}))


def _remedies(one: Walked, state: State) -> Iterator[Walked]:
    for remedy in REGIMES[one.kind].answered:
        for level in ("president", "governor") if remedy.filed == "appeal_filed" else ("",):
            data = {"level": level} if level else NO_DATA
            if permitted(state, remedy.filed, data):
                step = "governor" if level == "governor" else remedy.filed
                yield one.then(step, (remedy.filed, {**data, "against": ground_of(state.history)}))
        for asked in state.history.waiting(remedy.filed):
            if permitted(state, "remedy_withdrawn", {"asked": asked.id}):
                yield one.then("remedy_withdrawn", ("remedy_withdrawn", {"asked": asked.id}))
            for sense in SENSES:
                if all(permitted(state, kind, {"sense": sense}) for kind in ("answer_signed", remedy.answered)):
                    data = {"asked": asked.id, "sense": sense, "act": f"A{len(one.facts)}"}
                    said = ("answer_signed", data), (remedy.answered, {**data, "means": "hand"})
                    yield one.then(f"{remedy.answered} {sense}", *said)


def walk(kind: str, steps: int, without: tuple[str, ...] = ()) -> Iterator[Walked]:
    """Every dossier of a kind that so many steps lead to, those on the way too; `without` some steps."""
    here = begun(kind)
    yield from here
    for _ in range(steps):
        here = [after for one in here for after in next_of(one) if not set(without) & set(after.path)]
        yield from here


def recorded_anew(one: Walked, fact: Fact) -> Walked:
    """The same dossier where a fact was struck out and recorded again; what named it names the new one."""
    strike = Fact("strike", "entry_corrected", one.today, {}, fact.id, len(one.facts) + 1)
    again = replace(fact, id="again", seq=len(one.facts) + 2)
    others = (replace(other, data=_renamed(other, fact.id)) for other in one.facts)
    return replace(one, facts=(*others, strike, again), path=(*one.path, f"{fact.kind} recorded anew"))


def _renamed(fact: Fact, name: str) -> dict[str, Any]:
    named = {key: "again" for key in ("asked", "trigger") if fact.data.get(key) == name}
    return {**fact.data, **named}


def struck(one: Walked, fact: Fact) -> Walked:
    """The dossier where a fact was struck out, with the lapses that it had begun."""
    facts = list(one.facts)
    for each in [fact, *(other for other in one.facts if other.data.get("trigger") == fact.id)]:
        facts.append(Fact(f"s{each.id}", "entry_corrected", one.today, {}, each.id, len(facts) + 1))
    return replace(one, facts=tuple(facts), path=(*one.path, f"{fact.kind} struck"))


def recorded_backwards(one: Walked) -> Walked:
    """The same dossier whose facts of different days were recorded in the opposite order."""
    days = sorted({fact.at for fact in one.facts}, reverse=True)
    order = [fact for day in days for fact in one.facts if fact.at == day]
    facts = tuple(replace(fact, seq=rank) for rank, fact in enumerate(order, 1))
    return replace(one, facts=facts, path=(*one.path, "recorded backwards"))


def told_later(one: Walked, told: Fact, by: timedelta = timedelta(days=45)) -> Walked:
    """The dossier whose letter was told so much later, and all that followed it too, with what ran out before."""
    after = {fact.id for fact in one.facts[one.facts.index(told) :]}
    moved = [
        replace(fact, at=fact.at + by) if fact.id in after else fact for fact in one.facts if fact.kind != "lapsed"
    ]
    return replace(one, facts=tuple(moved), today=one.today + by, path=(*one.path, f"{told.kind} told later"))


def put_right(one: Walked, told: Fact, day: date) -> Walked:
    """The dossier where the entry of a letter that was told is struck out and recorded of another day."""
    strike = Fact("strike", "entry_corrected", one.today, {}, told.id, len(one.facts) + 1)
    again = replace(told, id="again", at=day, entered=len(one.facts) + 2)
    others = (replace(other, data=_renamed(other, told.id)) for other in one.facts)
    return replace(one, facts=(*others, strike, again), path=(*one.path, f"{told.kind} put right"))


def too_late(one: Walked) -> Iterator[Walked]:
    """The dossier with each remedy that our counter refuses for lateness, recorded all the same."""
    there = one.at(one.today + timedelta(days=160))
    for remedy in REGIMES[one.kind].answered:
        said = permitted(there.state, remedy.filed)
        if not said and "too_late" in {reason.code for reason in said.reasons}:
            data = {"level": "president"} if remedy.filed == "appeal_filed" else NO_DATA
            filed = (remedy.filed, {**data, "against": ground_of(there.state.history)})
            yield there.then(f"{remedy.filed} late", filed)
