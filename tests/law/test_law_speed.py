"""Ten thousand dossiers must not take minutes. Sane, not a benchmark: the bar is ten times what is measured."""

import time
from datetime import date, timedelta

from tadbir.law import duties

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
