"""A naive counter, written without the engine: it walks one day at a time and strikes the days that do not count.

It knows nothing of rules. It answers one question: the last day to act.
"""

from __future__ import annotations

from datetime import date, timedelta

ONE = timedelta(days=1)


def last_day(start, number, *, full, closed=None, working=False, before=False, pauses=()):
    """Strike days off a list until `number` are counted; full adds one more."""
    today = start
    counted = 0
    needed = number + (1 if full else 0)
    while counted < needed:
        today = today - ONE if before else today + ONE
        if working and closed(today):
            continue
        inside = False
        for asked, received in pauses:
            if today > asked and today <= received:
                inside = True
        if inside:
            continue
        counted = counted + 1
    return today


def roll_forward(day, closed):
    """The first open day from this one."""
    for number in range(60):
        candidate = day + number * ONE
        if not closed(candidate):
            return candidate
    raise AssertionError("two months without one open day")


def roll_back(day, closed):
    """The last open day up to this one."""
    for number in range(60):
        candidate = day - number * ONE
        if not closed(candidate):
            return candidate
    raise AssertionError("two months without one open day")


def silent_right(earliest, latest, number, closed, *, least=0, most=0):
    """A right of a person whose text does not say how to count: advice, last day taken, first day too late.

    From the earliest day for the advice, from the latest for the counter; longer by so many days at least, at most.
    """
    first = last_day(last_day(earliest, number, full=False), least, full=False)
    last = last_day(last_day(latest, number, full=True), most, full=False)
    return first, roll_back(first, closed), roll_forward(last, closed), roll_forward(last, closed) + ONE


def last_of_next_month(day):
    """Turn the leaves of the calendar: into the month after, then on while it is that month."""
    month = day.month
    while day.month == month:
        day = day + ONE
    month = day.month
    while (day + ONE).month == month:
        day = day + ONE
    return day


def counted_days(start, end, pauses=()):
    """How many days after start, up to end, are not struck off."""
    total = 0
    day = start
    while day < end:
        day = day + ONE
        if not any(asked < day <= received for asked, received in pauses):
            total = total + 1
    return total


def second_monday(year, month):
    """Look at every day of the month."""
    mondays = [date(year, month, n) for n in range(1, 29) if date(year, month, n).isoweekday() == 1]
    return mondays[1]


def closed_by(holidays):
    """Closed: a Saturday, a Sunday, or a day of the list."""
    return lambda day: day.isoweekday() in (6, 7) or day in holidays
