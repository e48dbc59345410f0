"""Of every dossier that the law lets come about: it is closed where nothing is owed and nothing waits, and only there,
whenever each thing that happened was recorded."""

from __future__ import annotations

import pytest

from tadbir import law
from tadbir.councils.clock import day_start
from tadbir.dossiers.ends import end_of, ended_by, may_end
from tadbir.dossiers.models import Fact
from tadbir.dossiers.story import Story
from tests.law.held import owed
from tests.law.walked import ASIDE, KINDS, Walked, walk

#: What the council's session still owes once a petition is answered: the letter that told of it closed the request.
AFTER_ITS_ANSWER = {"PET-AGENDA"}


def _rows(one: Walked) -> list[Fact]:
    """The facts of a dossier as they are kept."""
    pks = {fact.id: rank for rank, fact in enumerate(one.facts, 1)}
    named = ("asked", "trigger")
    return [
        Fact(
            pk=pks[fact.id],
            kind=fact.kind,
            happened_at=day_start(fact.at),
            data={key: str(pks.get(value, value)) if key in named else value for key, value in fact.data.items()},
        )
        for fact in one.facts
    ]


def _in_turn(rows: list[Fact]) -> str:
    """How a dossier stands closed, its facts recorded one after another."""
    known = ""
    for rank, fact in enumerate(rows, 1):
        if may_end(fact):
            ended = ended_by(fact, Story(rows[:rank]), known)
            known = known if ended is None else ended
    return known


def _check(one: Walked) -> None:
    state, rows, said = one.state, _rows(one), " > ".join(one.path)
    found = [item.duty for items in state.found.values() for item in items]
    due = {duty.rule_id for duty in owed(found)}
    remedies = [remedy.filed for remedy in law.REGIMES[one.kind].answered]
    waits = [fact for kind in remedies for fact in state.history.contesting(kind)]
    waits += state.history.waiting("reasons_asked")
    asked = [duty for duty in found if duty.open and duty.type == "duty" and duty.owner in law.PERSONS]
    ended = end_of(Story(rows))
    if ended:
        assert due <= AFTER_ITS_ANSWER, f"{said}: closed, and somebody owes {due}"
        assert not waits, f"{said}: closed, and {waits} waits"
    else:
        assert due or waits or asked, f"{said}: open, and nothing is owed"
    assert _in_turn(rows) == ended, said
    for late in rows[1:]:
        entered = [*(row for row in rows if row is not late), late]
        assert end_of(Story(entered)) == ended, f"{said}: {late.kind} recorded last"


@pytest.mark.parametrize("kind", KINDS)
def test_a_dossier_is_closed_where_nothing_is_owed_and_nothing_waits(kind: str) -> None:
    for one in (*walk(kind, 3, without=ASIDE), *walk(kind, 2)):
        _check(one)


@pytest.mark.proof
@pytest.mark.parametrize("kind", KINDS)
def test_so_it_is_after_five_steps(kind: str) -> None:
    for one in walk(kind, 5):
        _check(one)
