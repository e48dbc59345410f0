"""Every dossier that the law lets come about holds together: what is owed is owed once, what is open has a day or a
reason, nothing is both open and answered, nothing raises; recorded in another order, or anew, it stands as it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tadbir.law import REGIMES
from tadbir.law.permissions import permitted

from .held import ANSWER, faults
from .walked import (
    ASIDE,
    KINDS,
    Walked,
    next_of,
    put_right,
    recorded_anew,
    recorded_backwards,
    struck,
    told_later,
    too_late,
    walk,
)


def _none(found: Iterable[tuple[Walked, str]]) -> None:
    said = sorted({f"{' > '.join(one.path)}: {fault}" for one, fault in found}, key=len)
    assert not said, f"{len(said)} dossiers do not hold: " + "\n".join(said[:5])


def _stands(one: Walked) -> tuple[object, ...]:
    """How a dossier stands, whatever its facts are called."""
    state = one.state
    found = [item.duty for items in state.found.values() for item in items]
    days = [(d.starts_on, d.do_by, d.file_before, d.accept_until, d.lapses_on) for d in found]
    ends = [(d.rule_id, d.open, d.discharged_on, d.ended_on, d.suspensions) for d in found]
    said = {kind: permitted(state, kind) for kind in REGIMES[one.kind].facts}
    may = [(kind, answer.allowed, answer.reasons, answer.until, answer.early) for kind, answer in sorted(said.items())]
    return sorted(map(str, zip(ends, days, strict=True))), state.phase, may


@pytest.mark.parametrize("kind", KINDS)
def test_a_ground_a_remedy_its_answer_and_what_follows_hold_together(kind):
    """Each ground (silence, refusal, part, orientation, return, nothing yet), each remedy, each answer to it, and each
    answer of the request itself."""
    walked = list(walk(kind, 4, without=ASIDE))
    _none((one, fault) for one in walked for fault in faults(one))
    steps = {step for one in walked for step in one.path}
    remedies = REGIMES[kind].answered
    assert {f"{one.answered} {sense}" for one in remedies for sense in ("granted", "partial", "refused")} <= steps
    assert {"silence", "misdirected"} <= steps


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_beside_holds_too(kind):
    _none((one, fault) for one in walk(kind, 2) for fault in faults(one))


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_five_steps_hold_together(kind):
    _none((one, fault) for one in walk(kind, 5) for fault in faults(one))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_struck_out_and_recorded_anew_was_never_struck(kind):
    _recorded_anew(kind, 2)


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_nor_was_it_in_longer_dossiers(kind):
    _recorded_anew(kind, 3)


def _recorded_anew(kind: str, steps: int) -> None:
    for one in walk(kind, steps):
        stands = _stands(one)
        for fact in one.facts[1:]:
            other = recorded_anew(one, fact)
            assert _stands(other) == stands, " > ".join(other.path)
        assert _stands(recorded_backwards(one)) == stands, f"{one.path}: recorded in another order"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_struck_out_leaves_a_dossier_that_holds(kind):
    """Whatever nothing else names may be struck out. The answer of a remedy waits then to be notified anew, though
    another remedy came since: two wait."""
    _none(
        (there, fault)
        for one in walk(kind, 3, without=ASIDE)
        for fact in one.facts[1:]
        if fact.kind != "lapsed" and all(other.data.get("asked") != fact.id for other in one.facts)
        for there in [struck(one, fact)]
        for fault in faults(there)
        if not fault.endswith(" wait")
    )


def _answers(one: Walked) -> dict[str, tuple[object, ...]]:
    """By when each remedy that contests is answered, and after which day it came, if it came late."""
    state = one.state
    asked = {fact.id for remedy in REGIMES[one.kind].answered for fact in state.history.contesting(remedy.filed)}
    owed = [duty for rule in ANSWER.values() for duty in state.duties(rule) if duty.trigger_fact in asked]
    return {duty.trigger_fact: (duty.open, duty.do_by, duty.came_after) for duty in owed}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if REGIMES[kind].answered])
def test_a_day_put_right_afterwards_takes_nothing_from_who_was_in_time(kind):
    """A letter told on a day, a remedy in its time; then the entry is struck out, and recorded of a day long before."""
    seen = 0
    for one in walk(kind, 3 if kind == "petition" else 2, without=ASIDE):
        told = next((fact for fact in reversed(one.facts) if fact.kind in ("notified", "request_received")), None)
        if told is None or told is one.facts[-1]:
            continue
        later = told_later(one, told)
        before = _answers(later)
        interval, after = struck(later, replace(told, at=later.today)), put_right(later, told, told.at)
        for there in (interval, after):
            assert not [*faults(there)], (there.path, [*faults(there)])
            assert _answers(there) == before, there.path
        for then in next_of(after):
            assert not [*faults(then)], (then.path, [*faults(then)])
        seen += bool(before)
    assert seen


@pytest.mark.parametrize("kind", [kind for kind in KINDS if REGIMES[kind].appeal])
def test_who_comes_late_is_answered_and_nothing_else_follows(kind):
    seen = set()
    for one in walk(kind, 1, without=ASIDE):
        for late in too_late(one):
            filed = late.facts[-1]
            if filed.kind == "grievance_filed":
                continue
            assert not [*faults(late)], (late.path, [*faults(late)])
            is_open, do_by, came_after = _answers(late)[filed.id]
            assert is_open
            assert do_by is not None
            assert came_after < filed.at, late.path
            for then in [*next_of(late), *(two for one in next_of(late) for two in next_of(one))]:
                assert not [*faults(then)], (then.path, [*faults(then)])
            seen.add(filed.kind)
    assert seen


def test_no_text_gives_a_day_to_answer_a_late_grievance_and_it_may_be_answered():
    for one in walk("council-commitment", 1, without=ASIDE):
        for late in too_late(one):
            assert not _answers(late), late.path
            assert permitted(late.state, "grievance_answered", {"sense": "granted"}), late.path
