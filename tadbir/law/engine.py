"""The one question of the law: what does each rule ask, of whom, by when, and why that date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from .book import RULES, RuleBook
from .calendar import DAY, Calendar
from .confirmed import second_reading
from .dates import Count
from .errors import LawError
from .history import History
from .model import Duty, Fact
from .readings import (
    Dates,
    Limit,
    at_once_dates,
    consecutive_dates,
    counted_from_communication,
    fixed_dates,
    hours_dates,
    offset_dates,
    opening_dates,
    session_dates,
)
from .regimes import KINDS
from .rule import Rule, When, Words
from .sessions import next_opening
from .start import Computed, Start
from .starts import starts
from .steps import EXAMPLE, explain, sentence_of
from .stops import Stops


def duties(kind: str, facts: Sequence[Fact], calendar: Calendar, today: date, rules: RuleBook = RULES) -> list[Duty]:
    """Every duty, right and effect that the facts of one dossier start, whatever the order of the facts.

    Discharged and ended ones are returned too. To know what a silence would open, ask with a later `today`.
    Raises LawError for an unknown kind, a fact outside the vocabulary, or a date outside the calendar.
    """
    return [item.duty for items in compute(kind, History(facts), calendar, today, rules).values() for item in items]


def compute(kind: str, history: History, calendar: Calendar, today: date, rules: RuleBook) -> dict[str, list[Computed]]:
    """The duties of a dossier by rule, with what other rules and permissions need of them."""
    if kind not in KINDS:
        raise LawError("duties", f"unknown kind {kind!r}; expected one of {', '.join(KINDS)}")
    found: dict[str, list[Computed]] = {}
    history = history.pursued()

    def told(fact: Fact) -> tuple[History, dict[str, list[Computed]]]:
        then = history.when_entered(fact)
        return then, compute(kind, then, calendar, history.day(fact), rules)

    for rule in rules.for_kind(kind):
        running = (
            starts(rule, history, found, today, calendar, told)
            if rule.triggers
            else _by_calendar(rule, history, today, calendar)
        )
        firsts = [one for one in rule.only_after if kind in one.kinds]
        for start in running:
            waits = next((one for one in firsts if not _closing(start, one.unless, history)), None)
            item = _computed(rule, start, history, found, calendar, today, rules, waits)
            if item is not None and any(history.of(longer.fact) for longer in rule.lengthened_by):
                plain = _computed(rule.unlengthened, start, history, found, calendar, today, rules, waits)
                item = replace(item, unlengthened=plain)
            if item is not None:
                found.setdefault(rule.id, []).append(item)
    return found


def _closing(start: Start, kind: str | None, history: History) -> bool:
    """Whether what starts a rule is the end of a dossier by a fact of this kind, or contests it."""
    return kind is not None and start.fact is not None and _on_closing(history, start.fact, kind)


def _on_closing(history: History, fact: Fact, kind: str) -> bool:
    """Whether a fact is an end of this kind, a remedy against it, or the answer to that remedy."""
    closing = history.closing_contested(history.question_of(fact))
    return fact.kind == kind or (closing is not None and closing.kind == kind)


def explain_from(rule: Rule, start: date, calendar: Calendar, rules: RuleBook = RULES) -> Duty | None:
    """One rule counted from one day, outside any dossier: for the command line and for teaching.

    None where the rule is not in force on that day, or takes its limit from a dossier and has no cap.
    """
    history = History(())
    item = _computed(rule, Start(EXAMPLE, start, start, start), history, {}, calendar, start, rules)
    return item.duty if item is not None else None


def _by_calendar(rule: Rule, history: History, today: date, calendar: Calendar) -> list[Start]:
    """Rules that the calendar alone starts: on an nth weekday, the next; on a date or each year, every year of it.

    A year missed stays due: those of the dossier are given from the year before its first fact; while it has none,
    nothing says since when it is kept, and they are given from that of the rule.
    """
    when = rule.value_on(today)
    if when is None:
        return []
    if when.shape == "nth_weekday":
        _, day = next_opening(when, today, calendar)
        return [Start(day.isoformat()[:7], day, day, day, cause="calendar")]
    since = history.day(history.facts[0]).year - 1 if history.facts else rule.in_force_from.year
    firsts = [date(year, 1, 1) for year in range(since, today.year + 1)]
    return [Start(str(day.year), day, day, day, cause="calendar") for day in firsts]


def _reference_day(rule: Rule, start: Start, history: History, today: date) -> date:
    if rule.applies_by == "opening" and history.facts:
        return history.day(history.facts[0])
    if rule.applies_by == "decision":
        decided = history.first("outcome_signed", "adopted")
        return history.day(decided) if decided is not None else today
    return start.earliest or start.known_on


def _fraction(when: When, start: Start, history: History, calendar: Calendar, today: date, book: RuleBook) -> Dates:
    """The last day of the first half (or another fraction) of another rule's delay."""
    base = book[when.of or ""]
    day = _reference_day(base, start, history, today)
    base, value = base.on(day), base.value_on(day)
    if value is None or start.earliest is None:
        return Dates()
    whole = offset_dates(base, value, start, history, calendar, book)
    if whole.limit is None:
        return Dates()
    count = Count(whole.limit.unit, "after", calendar, pauses=whole.pauses.intervals)
    last, number, unit = whole.limit.length(value.unit).share(when, start.earliest, count)
    ends = last + DAY if last else None
    return Dates(last, last, last, last, last, ends, limit=Limit(number, unit), pauses=whole.pauses)


def _dates(
    rule: Rule, when: When, start: Start, history: History, calendar: Calendar, today: date, book: RuleBook
) -> Dates:
    if when.shape == "fraction":
        return _fraction(when, start, history, calendar, today, book)
    if when.shape == "offset":
        if when.unit == "hours":
            return hours_dates(when, start)
        if when.counting == "consecutive":
            return consecutive_dates(when, start, calendar)
        return offset_dates(rule, when, start, history, calendar, book)
    if when.shape == "at_once":
        return at_once_dates(rule, start, history, calendar, book)
    if when.shape == "next_session":
        return session_dates(start, calendar, book)
    return _calendar_dates(when, start, calendar)


def _calendar_dates(when: When, start: Start, calendar: Calendar) -> Dates:
    if start.earliest is None:
        return Dates()
    if when.shape == "nth_weekday":
        return opening_dates(*next_opening(when, start.earliest, calendar))
    if when.shape == "fixed_date" and when.month and when.day:
        day = date(start.earliest.year, when.month, when.day)
        if when.opens:
            return Dates(opens_on=day if day >= start.earliest else day.replace(year=day.year + 1))
        return fixed_dates(day if day >= start.earliest else day.replace(year=day.year + 1), calendar, True)
    if when.shape == "every" and when.period == "year":
        return fixed_dates(date(start.earliest.year, 12, 31), calendar, False)
    raise LawError("engine", f"the shape {when.shape} is kept and listed; it is not computed")


def _elapsed(dates: Dates, start: Start, calendar: Calendar, until: date) -> int | None:
    limit = dates.limit
    if limit is None or start.earliest is None or limit.unit not in ("days", "working_days"):
        return None
    return Count(limit.unit, "after", calendar, pauses=dates.pauses.intervals).elapsed(start.earliest, until)


def _with_effect(rule: Rule, history: History, start: Start) -> Rule:
    """The rule with the effect that its lapse has in this dossier."""
    if start.late is not None and rule.late is not None:
        return replace(rule, effect="late", effect_words=rule.late)
    other = next((one for one in rule.effects if history.matching(one.match)), None)
    return rule if other is None else replace(rule, effect=other.code, effect_words=other)


def _no_sooner(rule: Rule, dates: Dates, found: Mapping[str, Sequence[Computed]]) -> Dates:
    """Certain only once the rule that gives longer for the same answer has lapsed too."""
    days = [item.duty.accept_until for item in found.get(rule.no_sooner or "", ())]
    later = max((day for day in days if day is not None), default=None)
    if later is None or dates.accept_until is None or later <= dates.accept_until:
        return dates
    return replace(dates, latest=later, accept_until=later, lapses_on=later + DAY)


def _computed(
    rule: Rule,
    start: Start,
    history: History,
    found: Mapping[str, Sequence[Computed]],
    calendar: Calendar,
    today: date,
    book: RuleBook,
    waits: Words | None = None,
) -> Computed | None:
    day = _reference_day(rule, start, history, today)
    rule = _with_effect(rule.on(day), history, start)
    when = rule.value_on(day)
    if when is None:
        return None
    dates = _no_sooner(rule, _dates(rule, when, start, history, calendar, today, book), found)
    if when.limit_from is not None and dates.limit is None:
        return None
    if waits is not None:  # not open yet: our own counter keeps its day, nobody is advised one
        dates = replace(dates, do_by=None, file_before=None)
    stops = Stops(start, history, found, dates.lapses_on, when.about)
    done, ended = stops.first(rule.discharged_by), stops.first(rule.ended_by, besides=start.fact, rule=rule)
    if done is not None and ended is not None:
        done, ended = (done, None) if history.order(done) <= history.order(ended) else (None, ended)
    estimated = _estimated(dates, start, calendar)
    duty = _duty(rule, when, start, dates, calendar)
    stop = done or ended
    until = min(today, history.day(stop)) if stop is not None else today
    duty = replace(
        duty,
        estimated=estimated,
        elapsed=_elapsed(dates, start, calendar, until) if when.direction == "after" else None,
        discharged_by=done.id if done else None,
        discharged_on=history.day(done) if done else None,
        ended_by=ended.id if ended else None,
        ended_on=history.day(ended) if ended else None,
        came_after=start.late,
        why=partial(explain, rule, when, start, dates, calendar, waits=waits, estimated=estimated),
    )
    return Computed(duty, start, dates.earliest)


def _estimated(dates: Dates, start: Start, calendar: Calendar) -> bool:
    """Whether the date of a feast, not yet official, could move one of these dates."""
    days = [day for day in (dates.earliest, dates.latest, dates.do_by, dates.accept_until) if day is not None]
    if not days:
        return False
    whole = dates.limit is not None and dates.limit.unit == "working_days" and start.earliest is not None
    first = min([*days, start.earliest]) if whole and start.earliest is not None else min(days)
    return calendar.estimated_between(first, max(days))


def _starts_on(start: Start, dates: Dates) -> date:
    """The day that the shown dates are counted from."""
    if start.latest is not None and counted_from_communication(start, dates):
        return start.latest
    return dates.opens_on or start.earliest or start.known_on


def _duty(rule: Rule, when: When, start: Start, dates: Dates, calendar: Calendar) -> Duty:
    said = sentence_of(rule, dates.limit)
    return Duty(
        key=f"{rule.id}:{start.id}",
        rule_id=rule.id,
        rule_version=rule.stamp,
        calendar_version=calendar.version,
        law=rule.law,
        article=rule.article,
        type=rule.type,
        owner=rule.owner,
        trigger_fact=start.id,
        starts_on=_starts_on(start, dates),
        do_by=dates.do_by,
        lapses_on=dates.lapses_on,
        file_before=dates.file_before,
        accept_until=dates.accept_until,
        label_ar=(rule.label or rule.sentence).ar,
        label_fr=(rule.label or rule.sentence).fr,
        sentence_ar=said.ar,
        sentence_fr=said.fr,
        lapse_effect=rule.effect,
        lapse_effect_ar=rule.effect_words.ar,
        lapse_effect_fr=rule.effect_words.fr,
        confidence=rule.confidence,
        do_by_at=dates.do_by_at,
        lapses_at=dates.lapses_at,
        limit=dates.limit.total if dates.limit else None,
        extended=dates.limit.total - dates.limit.number if dates.limit else 0,
        unit=dates.limit.unit if dates.limit else None,
        suspensions=dates.pauses.intervals,
        second_reading=second_reading(when, start, dates, calendar),
    )
