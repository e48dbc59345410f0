"""Ten thousand dossiers must not take minutes. Sane, not a benchmark: the bar is ten times what is measured."""

import cProfile
import pstats
import time
from datetime import date, timedelta
from random import Random

from tadbir.law import duties
from tadbir.law.dates import Count, is_suspended

from .facts import calendar, facts

ROWS = [
    ["2026-10-01", "filed"],
    ["2026-10-01", "completed"],
    ["2026-10-10", "information_asked"],
    ["2026-10-20", "information_received"],
]


def test_ten_thousand_duties():
    given = facts(ROWS)
    calendar()
    started = time.perf_counter()
    made, number = 0, 0
    while made < 10_000:
        made += len(duties("55-19", given, calendar(), date(2026, 10, 21) + timedelta(days=number % 200)))
        number += 1
    assert time.perf_counter() - started < 20


def test_one_dossier_is_counted_in_few_calls():
    """Whatever else the machine does: some 3,200 calls are made; walking day by day took 13,000."""
    given = facts(ROWS)
    duties("55-19", given, calendar(), date(2026, 12, 1))
    counted = cProfile.Profile()
    counted.enable()
    found = duties("55-19", given, calendar(), date(2026, 12, 1))
    counted.disable()
    assert len(found) > 5
    assert pstats.Stats(counted).total_calls < 9_000


def test_days_counted_over_suspensions_at_once_are_those_counted_one_by_one():
    chance, first, one = Random(7), date(2026, 1, 1), timedelta(days=1)
    for _ in range(3_000):
        pauses = []
        for _ in range(chance.randint(0, 4)):
            asked = first + one * chance.randint(0, 40)
            pauses.append((asked, asked + one * chance.randint(-2, 20) if chance.random() < 0.8 else None))
        start, number = first + one * chance.randint(0, 40), chance.randint(0, 30)
        count = Count("days", "after", calendar(), pauses=tuple(pauses))
        running = [day for day in (start + one * n for n in range(1, 150)) if not is_suspended(day, pauses)]
        since = min((asked for asked, answered in pauses if answered is None), default=None)
        # what an open suspension hides has no day
        last = start if number == 0 else running[number - 1] if len(running) >= number else None
        hidden = last is not None and number > 0 and since is not None and last > since
        assert count.last_day(start, number, full=False) == (None if hidden else last)
        on = start + one * chance.randint(0, 60)
        assert count.elapsed(start, on) == sum(day <= on for day in running)
