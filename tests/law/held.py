"""What holds in every dossier, wherever it came: used by the walks through everything that the law allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tadbir.law import REGIMES, Duty
from tadbir.law.facts import REOPENING
from tadbir.law.permissions import permitted
from tadbir.law.state import State
from tadbir.law.vocabulary import HOUSE, PERSONS

from .walked import Walked

#: The answer to the request itself, by what owes it; to a remedy; what a remedy granted.
REQUEST = {"PROC-DECIDE", "ATI-ANSWER", "ATI-URGENT", "COMMIT-ANSWER", "CMP-ANSWER", "PD-ACCESS", "PD-RECTIFY"}
GRANTED = {"PROC-APPEAL-DO", "ATI-COMPLAIN-DO", "GRIEVANCE-DO"}
ANSWER = {"appeal_filed": "PROC-APPEAL-ANS", "complaint_to_head": "ATI-COMPLAIN-ANS", "grievance_filed": "GRIEVANCE-60"}


def faults(one: Walked) -> Iterator[str]:
    """What does not hold in a dossier, in words; nothing where all does."""
    state = one.state
    found = [item.duty for items in state.found.values() for item in items]
    yield from _of_duties(found)
    yield from _of_owed(state, found)
    yield from _of_rights(state, found)
    yield from _of_remedies(state)


def owed(found: list[Duty]) -> list[Duty]:
    """What somebody of the council owes now."""
    return [duty for duty in found if duty.open and duty.type == "duty" and duty.owner in HOUSE]


def _of_duties(found: list[Duty]) -> Iterator[str]:
    for duty in found:
        if duty.discharged_by and duty.ended_by:
            yield f"{duty.key} is both answered and ended"
    for key, times in Counter(duty.key for duty in found).items():
        if times > 1:
            yield f"{key} is there {times} times"


def _of_owed(state: State, found: list[Duty]) -> Iterator[str]:
    """Exactly one owner of each thing that is owed."""
    rules = [duty.rule_id for duty in owed(found)]
    by_id = {fact.id: fact for fact in state.history}
    given = [by_id[duty.trigger_fact] for duty in owed(found) if duty.rule_id in GRANTED]
    if sum(not state.history.resumes(fact) for fact in given) > 1:
        yield f"what was granted is owed twice: {rules}"
    if state.granted and state.owed_grant is None and any(rule in REQUEST | GRANTED for rule in rules):
        yield f"all is given, and still owed: {rules}"
    if state.phase == "answered" and any(rule in REQUEST for rule in rules):
        yield f"the request is answered, and its answer is owed: {rules}"
    asked = any(duty.open and duty.type == "duty" and duty.owner in PERSONS for duty in found)
    waits = any(state.history.contesting(one.filed) for one in REGIMES[state.kind].answered)
    gives = ("delivered_on_spot", "access_given", "rectified", "bureau_accepted", "notified")
    can = permitted(state, "outcome_signed", {"sense": "granted"}) or any(permitted(state, kind) for kind in gives)
    if (state.owed_grant or any(rule in REQUEST for rule in rules)) and not (can or asked or waits):
        yield f"owed, and nothing may be done: {rules}"
    if state.closing is not None and state.closing.kind == "withdrawn" and rules:
        yield f"taken back, and owed: {rules}"


def _of_rights(state: State, found: list[Duty]) -> Iterator[str]:
    """Every right that is open has a day, or says why it has none."""
    for duty in found:
        if duty.type == "right" and duty.open and duty.owner in PERSONS and not (duty.shown_day or duty.steps):
            yield f"{duty.key} has neither a day nor a reason"
    for kind in sorted(REOPENING):
        if kind in REGIMES[state.kind].facts:
            said = permitted(state, kind)
            if not said and not said.reasons:
                yield f"{kind} is refused without a reason"
            if said and said.until is None and not said.reasons and not said.early:
                yield f"{kind} is open without a day or a word"
            if said.until is not None and said.until < state.on:
                yield f"{kind} is taken until {said.until}, which is past"


def _of_remedies(state: State) -> Iterator[str]:
    """What waits is not answered, and no second one stands beside it; what is owed to it is owed once."""
    history = state.history
    for remedy in REGIMES[state.kind].answered:
        waits = history.waiting(remedy.filed)
        yield from (f"{one.id} waits, and is answered" for one in waits if one.id in history.answers)
        yield from (f"{one.id} waits, and all is granted" for one in waits if history.met(one))
        if len(waits) > 1:
            yield f"{len(waits)} {remedy.filed} wait"
        if waits and permitted(state, remedy.filed, {"level": "president"}):
            yield f"{remedy.filed} is open beside the one that waits"
        yield from _of_answers(state, remedy.filed)


def _of_answers(state: State, filed: str) -> Iterator[str]:
    """An answer is owed to what waits, and to nothing else; to that of the request only where nothing contests it."""
    waits, contesting = state.history.waiting(filed), state.history.contesting(filed)
    owing = {duty.trigger_fact for duty in state.duties(ANSWER[filed]) if duty.open}
    yield from (f"an answer is owed to {one}, which does not wait" for one in owing - {one.id for one in waits})
    yield from (f"{one.kind} contests, and nobody owes its answer" for one in contesting if one.id not in owing)
    days = {duty.trigger_fact: duty.do_by for duty in state.duties(ANSWER[filed]) if duty.open}
    said = [one for one in waits if one.data.get("against") == "refusal"]
    yield from (f"{one.kind} was refused, and its answer has no day" for one in said if not days.get(one.id, state.on))
    lost = [one for one in said if one.id in owing and one not in contesting]
    yield from (f"an answer is owed to {one.kind}, and what it contests is gone" for one in lost)
    if contesting and permitted(state, "outcome_signed", {"sense": "granted"}):
        yield "the request and what contests it may both be answered"
