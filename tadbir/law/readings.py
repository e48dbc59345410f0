"""The dates of one running of a rule: earliest and latest readings, then rolled past closed days."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from .calendar import DAY, Calendar
from .casablanca import day_of, midnight
from .dates import WHOLE, Count, add_months
from .errors import LawError
from .history import History
from .lengthened import Longer, lengthened
from .model import Fact
from .pauses import Length, Pauses, pauses_of
from .rule import Book, Rule, When
from .sessions import longest_session_end, next_ordinary_session
from .start import Start

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Limit:
    """How long, once facts, cap and extensions are taken into account."""

    number: int
    unit: str
    cap: int | None = None
    asked_for: int | None = None
    extensions: tuple[tuple[Fact, int], ...] = ()
    refused_extensions: tuple[Fact, ...] = ()
    cut: str | None = None  # the unit of the cap, where the cap ends before the number does

    @property
    def total(self) -> int:
        """The length with its extensions."""
        return self.number + sum(days for _, days in self.extensions)

    def length(self, cap_unit: str, full: bool = False) -> Length:
        """Without extensions, for the shares of the delay; the cap is in the unit of the rule."""
        return Length(self.number, self.cap, cap_unit, full)


@dataclass(frozen=True)
class Dates:
    """The computed dates and what was met on the way, for the explanation."""

    earliest: date | None = None
    latest: date | None = None
    do_by: date | None = None
    file_before: date | None = None
    accept_until: date | None = None
    lapses_on: date | None = None
    do_by_at: datetime | None = None
    lapses_at: datetime | None = None
    limit: Limit | None = None
    pauses: Pauses = field(default_factory=Pauses)
    rounded: bool = False
    session_end: date | None = None
    session_closed: bool = False
    opens_on: date | None = None
    surely_open: date | None = None
    lengthened: tuple[Longer, ...] = ()


def _roll(dates: Dates, direction: str, calendar: Calendar) -> Dates:
    early, late = dates.earliest, dates.latest
    if direction == "before":
        do_by = calendar.previous_open(early) if early else None
        return replace(dates, do_by=do_by, file_before=do_by, accept_until=late, lapses_on=late + DAY if late else None)
    accept = calendar.next_open(late) if late else None
    return replace(
        dates,
        do_by=calendar.next_open(early) if early else None,
        file_before=calendar.previous_open(early) if early else None,
        accept_until=accept,
        lapses_on=accept + DAY if accept else None,
    )


def base_limit(when: When, history: History) -> Limit | None:
    """The length without extensions: the rule's, or a fact's below its cap. None where nothing gives one."""
    source = when.limit_from
    if source is None:
        return None if when.max is None else Limit(when.max, when.unit)
    fact = history.last(source.fact)
    cap = source.most(fact.data if fact is not None else {})
    value = fact.data.get(source.key) if fact is not None else None
    if value is None:
        return None if cap is None else Limit(cap, when.unit, cap)
    name = f"fact {fact.id if fact else ''}"
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 3660:
        raise LawError(name, f"{source.key}: expected a number of days from 1, not {value!r}")
    unit = fact.data.get(source.unit_key) if fact is not None and source.unit_key else None
    unit = unit or when.unit
    if unit not in ("days", "working_days"):
        raise LawError(name, f"{source.unit_key}: expected days or working_days, not {unit!r}")
    if unit == when.unit and cap is not None and value > cap:
        return Limit(cap, unit, cap, value)
    return Limit(value, unit, cap, value)


def _numbers(when: When) -> tuple[bool, bool]:
    """Whether the earliest and the latest reading count full."""
    if when.unit == "hours":
        return False, False
    if not when.two_readings:
        return when.counting == "full", when.counting == "full"
    return (False, True) if when.direction == "after" else (True, False)


def _with_extensions(rule: Rule, limit: Limit, count: Count, start: Start, history: History, full: bool) -> Limit:
    extension = rule.extension
    if extension is None or start.earliest is None:
        return limit
    for fact in history.of(extension.fact):
        lawful = all(_in(fact.data.get(key), value) for key, value in extension.where.items())
        days = limit.number if extension.same else fact.data.get(extension.key or "")
        end = count.last_day(start.earliest, limit.total, full)
        in_time = end is None or history.day(fact) <= count.calendar.next_open(end)
        good = isinstance(days, int) and not isinstance(days, bool) and days > 0
        if good and lawful and in_time and len(limit.extensions) < extension.times:
            limit = replace(limit, extensions=(*limit.extensions, (fact, int(days or 0))))
        elif history.day(fact) >= start.known_on:
            limit = replace(limit, refused_extensions=(*limit.refused_extensions, fact))
    return limit


def _in(value: object, wanted: object) -> bool:
    return value in wanted if isinstance(wanted, list) else value == wanted


def _ends(limit: Limit, when: When, count: Count, start: date, full: bool) -> date | None:
    """The last day of one reading; a delay given in working days never passes the cap in days."""
    end = count.last_day(start, limit.total, full)
    if end is not None and limit.cap is not None and limit.unit != when.unit:
        longest = limit.cap + limit.total - limit.number
        capped = replace(count, unit=when.unit).last_day(start, longest, full)
        return end if capped is None else min(end, capped)
    return end


def offset_dates(rule: Rule, when: When, start: Start, history: History, calendar: Calendar, book: Book) -> Dates:
    """A number of days, working days, months or years after or before the start."""
    opens = surely = None
    count = Count(when.unit, when.direction, calendar, when.rounding or "refuse")
    early_full, late_full = _numbers(when)
    if when.min is not None and start.earliest is not None:
        opens = count.last_day(start.earliest, when.min, early_full)
        surely = count.last_day(start.latest or start.earliest, when.min, late_full)
        if when.over:
            opens, surely = opens and opens + DAY, surely and surely + DAY
    limit = base_limit(when, history)
    if limit is None or start.earliest is None:
        return Dates(limit=limit, opens_on=opens, surely_open=surely)
    count = replace(count, unit=limit.unit)
    pauses = pauses_of(rule, history, start.earliest, limit.length(when.unit, late_full), count, book)
    count = replace(count, pauses=pauses.intervals)
    limit = _with_extensions(rule, limit, count, start, history, early_full)
    early = _ends(limit, when, count, start.earliest, early_full)
    if early is not None and early != count.last_day(start.earliest, limit.total, early_full):
        limit = replace(limit, cut=when.unit)
    late = _ends(limit, when, count, start.latest, late_full) if start.latest else None
    told = start.cause == "fact" and start.silence is None
    if told and when.direction == "after" and early and late and early < start.known_on <= late:
        early = late  # over before what starts it was there, as a list of what lacks that came late: no such reading
    rounded = when.unit in ("months", "years") and _rounds(when, limit.total, start.earliest)
    dates = Dates(early, late, limit=limit, pauses=pauses, rounded=rounded, opens_on=opens, surely_open=surely)
    early, late, longer = lengthened(rule, early, late, start, history, calendar)
    dates = replace(dates, earliest=early, latest=late, lengthened=longer)
    if when.unit in WHOLE and early is not None:
        return replace(fixed_dates(early, calendar, True), limit=limit)
    if when.session_end_where is not None and late is not None and start.fact is not None:
        dates = _until_session(when, dates, start.fact, history, calendar, book)
    if not when.carried and early is not None and late is not None:
        return replace(dates, do_by=early, file_before=early, accept_until=late, lapses_on=late + DAY)
    return _roll(dates, when.direction, calendar)


def counted_from_communication(start: Start, dates: Dates) -> bool:
    """Whether every reading is counted from the communication of what starts it: the earlier one was over before."""
    apart = start.received is not None and None not in (start.earliest, start.latest) and start.earliest != start.latest
    return apart and not start.held and start.cause == "fact" and dates.earliest == dates.latest is not None


def _rounds(when: When, number: int, start: date) -> bool:
    factor = 12 if when.unit == "years" else 1
    sign = 1 if when.direction == "after" else -1
    return add_months(start, sign * factor * number, when.rounding or "refuse")[1]


def _until_session(when: When, dates: Dates, fact: Fact, history: History, calendar: Calendar, book: Book) -> Dates:
    """Where a voting body must answer: to the end of its first session after the request, if that is later."""
    wanted = when.session_end_where or {}
    if dates.latest is None or not all(_in(fact.data.get(key), value) for key, value in wanted.items()):
        return dates
    filed = history.day(fact)
    known = [history.day(f) for f in history.of("closed", "session_closed") if history.day(f) > filed]
    if known:
        end = known[0]
    else:
        opening = next_ordinary_session(filed, calendar, book)
        if opening is None:
            return dates
        end = longest_session_end(opening, book)
    return replace(dates, latest=max(dates.latest, end), session_end=end, session_closed=bool(known))


def consecutive_dates(when: When, start: Start, calendar: Calendar) -> Dates:
    """Consecutive days of which the first is the day of the start: how long a session may last. Never carried over."""
    if start.earliest is None or when.max is None:
        return Dates()
    end = start.earliest + DAY * (when.max - 1)
    last_open = calendar.previous_open(end)
    return Dates(end, end, last_open, last_open, end, end + DAY, limit=Limit(when.max, when.unit))


def hours_dates(when: When, start: Start) -> Dates:
    """A number of hours. A start known by its day only is taken at its first instant, then at its last."""
    if start.earliest is None or when.max is None:
        return Dates()
    limit = Limit(when.max, "hours")
    span = timedelta(hours=when.max)
    # A known instant is counted in real hours. A day alone goes from midnight to midnight, so that a change of the
    # clocks cannot shorten it.
    instant = start.instant.astimezone(UTC) if start.instant is not None else None
    first = instant or midnight(start.earliest)
    last = instant or midnight((start.latest or start.earliest) + DAY)
    early, late = (first + span), (last + span)
    # What ends with the first instant of a day is over when that day begins: the day before is the last.
    soonest, last_day = day_of(early - INSTANT), day_of(late - INSTANT)
    return Dates(
        earliest=soonest,
        latest=last_day,
        do_by=soonest,
        file_before=soonest,
        accept_until=last_day,
        lapses_on=last_day + DAY,
        do_by_at=early,
        lapses_at=late,
        limit=limit,
    )


def at_once_dates(rule: Rule, start: Start, history: History, calendar: Calendar, book: Book) -> Dates:
    """The same day, or that on which what was asked came; on a closed day, the next open one."""
    if start.earliest is None:
        return Dates()
    limit, count = Limit(0, "days"), Count("days", "after", calendar)
    pauses = pauses_of(rule, history, start.earliest, limit.length("days"), count, book)
    end = limit.length("days").end(start.earliest, replace(count, pauses=pauses.intervals))
    if end is None:
        return Dates(limit=limit, pauses=pauses)
    latest = max(end, start.latest or end)
    return _roll(Dates(end, latest, limit=limit, pauses=pauses), "after", calendar)


def session_dates(start: Start, calendar: Calendar, book: Book) -> Dates:
    """The opening of the first ordinary session after the start."""
    if start.earliest is None:
        return Dates()
    early = next_ordinary_session(start.earliest, calendar, book)
    late = next_ordinary_session(start.latest, calendar, book) if start.latest else None
    return _roll(Dates(early, late), "after", calendar)


def opening_dates(on: date, day: date) -> Dates:
    """The day on which something opens, `on` by the calendar alone, an open one in fact."""
    return Dates(on, on, day, day, day, day + DAY)


def fixed_dates(day: date, calendar: Calendar, roll_late: bool) -> Dates:
    """A date of the calendar: the open day before it for its owner, the open day after it before any lapse."""
    accept = calendar.next_open(day) if roll_late else day
    return Dates(day, day, calendar.previous_open(day), calendar.previous_open(day), accept, accept + DAY)
