"""Checks of what a person does against a refusal or a silence: each way once, in its time, with what to know before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from . import refusals, refusals_remedies
from .calendar import DAY
from .checks import follows, lapsed_rules, last_accepted, nothing_refused, register, silent
from .facts import CLOSING_AGAIN, ELSEWHERE, FACTS, REOPENING
from .model import Duty, Fact, Permission, Reason
from .regime import RegimeFact
from .regimes import REGIMES
from .state import State, refuse
from .vocabulary import PERSONS


def _taken(state: State, filed: str, asked: Sequence[Fact]) -> Reason | None:
    """Why a remedy may not be used: it waits for its answer, or it had one and no other decision came since.

    What was granted and is not done yet is no decision to contest: by no remedy, whichever granted it.
    """
    remedy, history = REGIMES[state.kind].remedy(filed), state.history
    name = remedy.name if remedy else FACTS[filed]
    waits = history.waiting(filed)
    if any(one in waits for one in asked):
        return refusals_remedies.of_remedy("pending", name)
    given = [item.start.fact for item in state.found.get(remedy.rule if remedy else "", ())]
    since = [fact for fact in (*history.refusals, *given) if fact is not None]
    granted = _granted_whole(state, since)
    if granted is not None:
        return granted
    contested = [one for one in asked if history.closing_contested(one) is state.closing and one.id in history.answers]
    ended = [history.answers[one.id] for one in contested if state.closing or not history.came_to_nothing(one)]
    if not ended or any(follows(state, fact, ended[-1]) for fact in since):
        return None
    return refusals_remedies.of_remedy("used", name)


def _granted_whole(state: State, since: Sequence[Fact]) -> Reason | None:
    """That a remedy granted all that it contested, where nothing was given yet and nothing came `since`.

    One that took a return away gave back its delay, and one that came early left the silence to come.
    """
    owed, history = state.owed_answer, state.history
    if owed is None or owed.data.get("sense") != "granted" or state.closing is not None:
        return None
    asked = [one for one in history.of(*REOPENING) if history.answers.get(one.id) is owed]
    if any(history.came_to_nothing(one) or history.closing_contested(one) for one in asked):
        return None
    if any(follows(state, fact, owed) for fact in since):
        return None
    return refusals_remedies.granted_and_owed(state.remedy_of(owed), history.day(owed))


@register("appeal")
def appeal(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """To the president first. Nothing is refused before the latest reading has passed; early is accepted."""
    if nothing_refused(state):
        return refuse(answer, refusals.plain("silence_consents", "19, 21"))
    asked = [fact for fact in state.history.of("appeal_filed") if fact.data.get("level", "president") == "president"]
    if state.data.get("level") == "governor":
        return _governor_appeal(state, asked, answer)
    taken = _taken(state, "appeal_filed", asked)
    if taken is not None:
        return refuse(answer, taken)
    if state.phase == "answered" and state.granted:
        return refuse(answer, refusals.plain("granted"))
    found = [duty for duty in state.duties("PROC-APPEAL") if duty.ended_by is None and duty.discharged_by is None]
    return _person_dates(state, "PROC-APPEAL", found, answer, "early_appeal")


def _governor_appeal(state: State, filed: Sequence[Fact], answer: Permission) -> Permission:
    """`filed`: those that the president had before."""
    if not filed:
        return refuse(answer, refusals.plain("president_first", "21"))
    answer = replace(answer, rule_id="PROC-APPEAL-UP")
    if not state.history.waiting("appeal_filed"):
        return refuse(answer, refusals.plain("president_answered", "21"))
    return answer if state.duties("PROC-APPEAL-UP") else replace(answer, early=True, reasons=(refusals.plain("early"),))


def _relied_on(state: State, rule_id: str, answer: Permission) -> Permission | None:
    """The same right, taken until the latest day that the council had told before a correction moved it to an earlier
    one: whoever relied on it is not refused at our counter."""
    strikes = state.history.of("entry_corrected")
    days = [last_accepted([item.duty for item in state.told(one).get(rule_id, ())]) for one in strikes]
    told = max((day for day in days if day is not None), default=None)
    if told is None or told < state.on:
        return None
    return replace(answer, until=told, reasons=(refusals.relied_on(told),))


def _person_dates(state: State, rule_id: str, found: list[Duty], answer: Permission, early: str) -> Permission:
    """A right of a person: open until the latest reading has passed; before it starts, accepted as early."""
    answer = replace(answer, rule_id=rule_id)
    if not found:
        ran = [duty for duty in state.duties(rule_id) if duty.trigger_fact not in state.history.undone]
        over = last_accepted(ran)
        if over is not None and state.on > over and answer.fact_kind not in ELSEWHERE:
            if relied := _relied_on(state, rule_id, answer):
                return relied
            return refuse(answer, refusals.too_late(over, *state.article(rule_id)), came_by=over)
        if ran:
            return replace(answer, reasons=(refusals.plain("ended"),))
        return replace(answer, early=True, reasons=(refusals.plain(early),))
    last = last_accepted(found)
    if last is not None and state.on > last:
        if answer.fact_kind in ELSEWHERE:  # it came all the same: the council writes down what happened
            return replace(answer, reasons=(refusals.late_elsewhere(last, *state.article(rule_id)),))
        if relied := _relied_on(state, rule_id, answer):
            return relied
        return refuse(answer, refusals.too_late(last, *state.article(rule_id)), came_by=last)
    advised = [duty.file_before for duty in found if duty.file_before is not None]
    reasons = (refusals.advice(max(advised)),) if advised and max(advised) >= state.on else ()
    if last is None and not reasons:
        reasons = (refusals.plain("not_received"),)
    return replace(answer, until=last, reasons=reasons)


@register("person_window")
def person_window(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """A right of the person bounded by the rule its row names."""
    taken = _taken(state, row.code, state.history.of(row.code)) if REGIMES[state.kind].remedy(row.code) else None
    if taken is not None:
        return refuse(answer, taken)
    found = [duty for duty in state.duties(row.window or "") if duty.ended_by is None]
    early = "early_elsewhere" if row.code in ELSEWHERE else "early_complaint"
    return _person_dates(state, row.window or "", found, answer, early)


@register("grievance")
def grievance(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """Inside the delay of the court action, where one runs. Whoever took his request back left nothing to contest."""
    if state.closing is not None and state.closing.kind == "withdrawn":
        return refuse(answer, refusals.plain("taken_back"))
    taken = _taken(state, "grievance_filed", state.history.of("grievance_filed"))
    if taken is not None:
        return refuse(answer, taken)
    if nothing_refused(state):
        return refuse(answer, refusals.plain("silence_consents", "19, 21"))
    if double := state.filed_twice:
        return replace(answer, reasons=(double,))  # no answer: nothing is early, nothing late
    rule = _court(state)
    if state.granted:
        return refuse(answer, refusals.plain("granted"))
    # What the appeal of another law ended keeps its last day here: beside it, this is taken in its own time.
    appeals = {fact.id for fact in state.history.of("appeal_filed")}
    found = [duty for duty in state.duties(rule) if duty.ended_by is None or duty.ended_by in appeals]
    answer = _person_dates(state, rule, found, answer, "early")
    if not answer.allowed or REGIMES[state.kind].appeal is None or state.closing is not None:
        return answer  # no appeal of its own law is open against the end of a file
    return replace(answer, reasons=(*answer.reasons, refusals.plain("appeal_first", "23", "41-90")))


def _court(state: State) -> str:
    """The right to court inside whose delay a grievance comes: against what was decided, else against the silence.

    A return that was taken back leaves nothing to contest.
    """
    runs = [item.start.fact for item in state.found.get("COURT-60", ())]
    decided = [fact for fact in runs if fact is not None and fact.id not in state.history.undone]
    return "COURT-60" if decided else "COURT-SILENCE"


@register("reasons")
def reasons(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """For an implied refusal, or a decision taken by necessity without them: any other carries its reasons."""
    if state.history.waiting("reasons_asked"):
        return refuse(answer, refusals.plain("reasons_pending"))
    if nothing_refused(state):
        return refuse(answer, refusals.plain("silence_consents", "19, 21"))
    given, told = state.history.last("reasons_given"), state.history.last("notified")
    if given is not None and follows(state, given, told):
        return refuse(answer, refusals.plain("reasons_told"))
    granted = _granted_whole(state, state.history.refusals)
    if granted is not None:
        return refuse(answer, granted)
    urgent = state.duties("REASONS-URGENT")
    if urgent and _reasoned_since(state):
        return refuse(answer, refusals.plain("reasons_in_letter", "1", "03-01"))
    if urgent:
        return _person_dates(state, "REASONS-URGENT", [duty for duty in urgent if duty.open], answer, "early")
    if state.phase == "answered":
        return refuse(answer, refusals.plain("explicit_decision", "5", "03-01"))
    if not silent(state):
        return refuse(answer, refusals.plain("nothing_to_reason", "5", "03-01"))
    return _person_dates(state, "REASONS-ASK", state.duties("REASONS-ASK"), answer, "early")


def _reasoned_since(state: State) -> bool:
    """Whether the last answer in words, to the request or to a remedy, bears its reasons (law 03-01, article 1)."""
    said = state.history.of("notified", *CLOSING_AGAIN)
    replies = [fact for fact in said if fact.kind == "notified" or state.history.decides(fact)]
    return bool(replies) and not replies[-1].data.get("unreasoned")


@register("court")
def court(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """What a court tells the council is recorded whenever it comes: where there is nothing to contest yet, or where the
    law puts another remedy first and it is missing, it says so."""
    late = any(duty.owner not in PERSONS for duty in lapsed_rules(state))
    if late or state.phase in ("answered", "closed") or state.history.lapses or state.history.first("bureau_refused"):
        missing = _skipped(state, row)
        if (
            missing
            and state.granted
            and "PROC-APPEAL" in state.rules
            and state.kind in state.rules["PROC-APPEAL"].kinds
        ):
            missing = refusals.plain("granted_court")  # no appeal is open there
        return replace(answer, reasons=(missing,)) if missing else answer
    return replace(answer, early=True, reasons=(refusals.plain("early_court"),))


def _skipped(state: State, row: RegimeFact) -> Reason | None:
    """The remedy that the law of this dossier puts before the court, where it was not exhausted."""
    regime = REGIMES[state.kind]
    if regime.appeal is None or state.closing is not None:  # closed without an answer: no such remedy is open there
        return None
    for rule in state.rules.for_kind(state.kind):
        opened_here = all(state.kind not in one.kinds for one in rule.only_after)
        if not opened_here or all(match.fact != row.code for match in rule.discharged_by) or state.duties(rule.id):
            continue
        answers = [trigger for trigger in rule.triggers if trigger.answering and trigger.match]
        for trigger in answers:
            if trigger.match and any(
                one.data.get("sense") == "granted" for one in state.history.of(trigger.match.fact)
            ):
                return None  # it was used, and granted
            first = state.rules[trigger.answering or ""].triggers[0].match
            if first is not None:
                remedy, waits = regime.remedy(first.fact), state.history.waiting(first.fact)
                said = refusals_remedies.before_court_waits if waits else refusals_remedies.before_court
                return said(remedy.name if remedy else FACTS[first.fact], rule.article, rule.law)
    return None


@register("waiting")
def waiting(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """What it is about (`asked`, where it says so) still waits for its answer: nobody is invited to answer what was
    answered, and nothing is added to it."""
    waits = [fact.id for kind in row.needs for fact in state.history.waiting(kind)]
    if state.data.get("asked", *waits[:1]) in waits:
        return answer
    return refuse(answer, refusals.plain("nothing_asked"))


@register("given_up")
def given_up(state: State, row: RegimeFact, answer: Permission) -> Permission:
    """A remedy is taken back while it waits and its answer may still come in time: once the silence is there, what it
    opened is its person's to use or not. The days to go to the court are then those of before it."""
    answer = waiting(state, row, answer)
    waits = [fact.id for kind in row.needs for fact in state.history.waiting(kind)]
    asked = state.data.get("asked", *waits[:1])
    if any(one.data.get("asked") == asked for one in state.history.of("answer_signed")):
        return refuse(answer, refusals.plain("already_decided"))
    over = [duty.lapses_on for duty in lapsed_rules(state) if duty.trigger_fact == asked and duty.lapses_on]
    if answer.allowed and over:
        return refuse(answer, refusals.plain("silence_came"), came_by=min(over) - DAY)
    return replace(answer, reasons=(refusals.plain("days_of_before"),)) if answer.allowed else answer
