"""From what, and from which day, a rule runs in a dossier: the earliest and the latest that can be argued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from .calendar import DAY, Calendar
from .casablanca import day_of
from .confirmed import after_silence
from .corrected import frees
from .errors import LawError
from .history import History
from .match import Trigger
from .model import Duty, Fact
from .rule import Rule
from .spoken import first_in_words, spoken_before
from .start import Computed, Found, Start

Told = Callable[[Fact], tuple[History, Found]]


def _chosen(facts: list[Fact], take: str) -> list[Fact]:
    if take == "first":
        return facts[:1]
    return facts[-1:] if take == "last" else facts


def _clock(trigger: Trigger, fact: Fact, history: History) -> tuple[date, Fact]:
    if trigger.clock is not None:
        other = history.first(trigger.clock)
        if other is not None:
            return history.day(other), other
    if trigger.clock_data is not None:
        return date_in(fact, trigger.clock_data), fact
    return history.day(fact), fact


def _received(history: History, fact: Fact) -> date | None:
    """The day the person got a request or an answer, if its proof was recorded."""
    if fact.data.get("means") and fact.data.get("asked"):  # an answer that was notified: its own day is the proof
        return history.day(fact)
    for proof in history.of("request_received"):
        if proof.data.get("asked") == fact.id:
            return history.day(proof)
    return None


def _from_fact(trigger: Trigger, fact: Fact, history: History, found: Found) -> Start:
    day, clock = _clock(trigger, fact, history)
    instant = clock.at if isinstance(clock.at, datetime) else None
    start = Start(fact.id, history.day(fact), day, day, fact, instant)
    if trigger.taken_up and not _answers_in_time(trigger, fact, history, found):
        start = replace(start, taken_up=True)
    if trigger.received is not None:
        got = _received(history, fact)
        first = got if trigger.received == "required" else start.earliest
        latest = got or (history.day(fact) if trigger.received == "optional" else None)
        start = replace(start, earliest=first, latest=latest, received=got is not None)
    told = fact.data.get("against") == "refusal" and history.contests(fact)  # no delay to wait for: it was refused
    if trigger.not_before_lapse and not told:
        start = _held(start, day, trigger.not_before_lapse, history, found)
    return start


def _held(start: Start, day: date, rules: tuple[str, ...], history: History, found: Found) -> Start:
    """An early step waits for the lapse of the one of `rules` that runs, or for the answer if it comes first."""
    runs = (item for rule_id in rules for item in found.get(rule_id, ()) if item.duty.ended_by is None)
    base = next(runs, None)
    if base is None:
        return replace(start, earliest=None, latest=None, held=True)
    duty = base.duty
    answered = duty.discharged_on
    if answered is not None and (duty.lapses_on is None or answered < duty.lapses_on):
        waited = replace(start, earliest=answered, latest=answered, held=True, answered=True)
        return start if day >= answered else waited
    # The person was told of a recorded lapse: an appeal after it is not early, whatever was corrected since.
    if _recorded_lapse(duty, history, day) is not None:
        return start
    if duty.lapses_on is None or base.last_earliest is None:
        return replace(start, earliest=None, latest=None, held=True)
    if day >= duty.lapses_on:
        return start
    return replace(start, earliest=max(day, base.last_earliest), latest=max(day, duty.lapses_on), held=True)


def _from_lapse(trigger: Trigger, history: History, found: Found, today: date, calendar: Calendar) -> Iterator[Start]:
    for base in _bases(trigger, trigger.lapse_of, found):
        if base.start.late is not None and not trigger.late:
            continue
        if trigger.via is not None and base.start.cause != trigger.via:
            continue
        if trigger.unspoken and base.start.fact is not None and spoken_before(history, base.start.fact):
            continue
        duty = base.duty
        recorded = _recorded_lapse(duty, history, today)
        if recorded is None and not duty.lapsed(today):
            continue
        latest = max(day for day in (recorded, duty.lapses_on) if day is not None)
        earliest = min(day for day in (base.last_earliest, latest) if day is not None)
        known_on, latest = latest, _latest(trigger, duty, latest, found)
        if trigger.silent and base.start.fact is not None:
            silent = history.day(base.start.fact) + (trigger.silent + 1) * DAY  # in full
            latest = max(latest, calendar.next_open(silent) + DAY)
        yield Start(
            id=duty.trigger_fact,
            known_on=known_on,
            earliest=earliest,
            latest=latest,
            fact=base.start.fact,
            cause="lapse",
            lapsed_article=(duty.article, duty.law),
        )


def _bases(trigger: Trigger, rule_id: str | None, found: Found) -> list[Computed]:
    """The runnings of another rule, as this trigger counts them."""
    runs = found.get(rule_id or "", ())
    return [run.unlengthened or run for run in runs] if trigger.unlengthened else list(runs)


def _latest(trigger: Trigger, duty: Duty, day: date, found: Found) -> date:
    """The day from which the latest reading counts: that of the other rule, where it runs from the same fact."""
    others = (item.duty for item in _bases(trigger, trigger.latest, found) if item.duty.open)
    days = (other.lapses_on for other in others if other.trigger_fact == duty.trigger_fact)
    return max(day, *(other for other in days if other is not None), day)


def _recorded_lapse(duty: Duty, history: History, today: date) -> date | None:
    """The day of a recorded lapse. It stands even if the calendar was corrected afterwards."""
    for fact in history.of("lapsed"):
        if fact.data.get("rule") != duty.rule_id or history.day(fact) > today:
            continue
        if fact.data.get("trigger") in (None, duty.trigger_fact):
            return history.day(fact)
    return None


def _needed(trigger: Trigger, history: History) -> bool:
    return trigger.needs is None or bool(history.matching(trigger.needs))


def _beside(trigger: Trigger, found: Found) -> bool:
    return trigger.beside is None or any(item.start.late is None for item in found.get(trigger.beside, ()))


def _runs(trigger: Trigger, history: History, found: Found) -> list[Computed]:
    """The runnings of the rights that a fact uses."""
    used = (item for rule_id in trigger.in_time_of for item in found.get(rule_id, ()))
    return [item for item in used if item.duty.trigger_fact not in history.undone]


def _over(trigger: Trigger, fact: Fact, day: date, history: History, found: Found) -> date | None:
    """The last day of the rights that a fact uses, where they had all certainly lapsed; one that began later makes it
    early.

    What contested a refusal that was struck out or taken back since was in its time: nobody loses a right by that.
    """
    runs = [item for item in _runs(trigger, history, found) if item.start.known_on <= day]
    if fact.data.get("against") == "refusal" and all(item.start.cause != "fact" for item in runs):
        return None
    ends = [item.duty.lapses_on for item in runs]
    if not runs or any(end is None or day < end for end in ends):
        return None
    return max(end for end in ends if end is not None) - DAY


def _kept(trigger: Trigger, day: date, then: History, found: Found) -> bool:
    """Whether a right that a fact uses ran until its day, as the council told it before a correction."""
    return any(run.duty.lapses_on is not None and day < run.duty.lapses_on for run in _runs(trigger, then, found))


def _came(trigger: Trigger, fact: Fact, start: Start, history: History, found: Found, told: Told) -> Start:
    """The start, marked where the right that the fact uses was over: in what stands now, and in what the council had
    told when it was entered, or before a correction. Nothing that is put right later takes a time that was kept.

    One that waits when something more is refused contests that too: it came early for it, and is answered from there.
    """
    day = history.day(fact)
    over = _over(trigger, fact, day, history, found) if trigger.in_time_of else None
    if over is None:
        return start
    then, found_then = told(fact)
    if _over(trigger, fact, day, then, found_then) is None:
        return start
    strikes = [one for one in history.of("entry_corrected") if history.order(one) < history.order(fact)]
    if any(_kept(trigger, day, *told(strike)) for strike in strikes):
        return start
    reply = history.answers.get(fact.id)
    since = [item.start for item in _runs(trigger, history, found) if item.start.cause == "fact"]
    since = [one for one in since if one.known_on > day and one.fact is not None]
    if reply is not None:
        since = [one for one in since if one.fact and history.order(one.fact) < history.order(reply)]
    if not since:
        return replace(start, late=over)
    first = min(since, key=lambda one: one.known_on)
    return replace(start, earliest=first.earliest, latest=first.latest, held=True, answered=True)


def _answering(trigger: Trigger, fact: Fact, history: History, found: Found) -> bool:
    if trigger.deciding and not first_in_words(history, fact):
        return False
    if trigger.striking and not frees(history, fact):
        return False
    if trigger.taking_back is not None:
        ends = (end for end in history.of(trigger.taking_back) if end.id in history.undone)
        return any(history.taken_back(end) is fact for end in ends)
    if trigger.answering is None:
        return True
    return trigger.taken_up or _answers_in_time(trigger, fact, history, found)


def _answers_in_time(trigger: Trigger, fact: Fact, history: History, found: Found) -> bool:
    """Whether a fact answers what started, in its time, a running of the rule that the trigger names."""
    used = (item.start for item in found.get(trigger.answering or "", ()) if item.start.late is None)
    return any(one.fact is not None and history.answers.get(one.fact.id) is fact for one in used)


def starts(rule: Rule, history: History, found: Found, today: date, calendar: Calendar, told: Told) -> list[Start]:
    """Every running of a rule in a dossier, each once. `told`: the dossier, and what ran, when a fact was entered."""
    result: dict[str, Start] = {}
    for trigger in rule.triggers:
        if not _needed(trigger, history) or not _beside(trigger, found):
            continue
        if trigger.lapse_of is not None:
            for start in _from_lapse(trigger, history, found, today, calendar):
                result.setdefault(f"{start.cause}:{start.id}", start)
        elif trigger.match is not None:
            for fact in _chosen(history.matching(trigger.match), trigger.take):
                if not _answering(trigger, fact, history, found):
                    continue
                start = _came(trigger, fact, _from_fact(trigger, fact, history, found), history, found, told)
                if start.late is None or rule.late is not None:
                    result.setdefault(f"fact:{fact.id}", start)
    result = after_silence(rule, result, history, found)
    if rule.triggers and all(trigger.take == "first" for trigger in rule.triggers):
        return list(result.values())[:1]
    return list(result.values())


def date_in(fact: Fact, key: str) -> date:
    """A date kept in the data of a fact, as a date or as ISO text. Raises LawError naming the fact and the key."""
    value: Any = fact.data.get(key)
    if isinstance(value, datetime):
        return day_of(value, f"fact {fact.id}, {key}")
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise LawError(f"fact {fact.id}", f"{key}: {value!r} is not a date") from error
