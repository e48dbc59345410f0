"""Answers that come after a silence: a judge may hold them to confirm only what it had refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .calendar import DAY, Calendar
from .dates import Count
from .facts import REOPENING
from .history import History
from .match import Trigger
from .readings import Dates
from .rule import Rule, When
from .start import Found, Start


def after_silence(rule: Rule, result: dict[str, Start], history: History, found: Found) -> dict[str, Start]:
    """The same starts, those of answers that came after a silence marked with it."""
    marked, own = dict(result), list(result.values())
    for trigger in rule.triggers:
        for fact in history.matching(trigger.match) if trigger.match is not None and trigger.confirms else ():
            if (key := f"fact:{fact.id}") in marked:
                marked[key] = _confirming(trigger, rule, marked[key], own, history, found)
    return marked


def _confirming(trigger: Trigger, rule: Rule, start: Start, own: list[Start], history: History, found: Found) -> Start:
    """The start of what an answer opens, with the silence that came before it: a judge may hold the answer to confirm
    only what the silence had refused (law 41-90, article 23). Not one that something else took away meanwhile."""
    fact, ran = start.fact, [one for one in own if rule.id in trigger.confirms and one.cause == "lapse"]
    if fact is None:
        return start
    for rule_id in trigger.confirms:
        runs = (item for item in found.get(rule_id, ()) if item.duty.discharged_by is None)
        ran += [item.start for item in runs if item.duty.ended_by in (None, fact.id)]
    since = history.granted_before(fact)
    for one in ran:
        asked = one.fact
        others = asked is not None and asked.kind in REOPENING and history.answers.get(asked.id) is not fact
        if others or one.earliest is None or one.known_on > start.known_on or (since and since[0] >= one.known_on):
            continue
        return replace(start, earliest=min(one.earliest, start.earliest or one.earliest), silence=one)
    return start


def second_reading(when: When, start: Start, dates: Dates, calendar: Calendar) -> date | None:
    """The day advised by the second reading, where an answer came after a silence; nothing where no day is advised."""
    if start.silence is None or dates.file_before is None or when.max is None:
        return None
    longer = sum(extra.least for extra in dates.lengthened)
    end = Count(when.unit, "after", calendar).last_day(start.known_on, when.max, False)
    return calendar.previous_open(end + longer * DAY) if end is not None else None
