"""When ordinary sessions open: the vectors of the legal dossier, and those that a holiday moves."""

from datetime import date

import pytest

from tadbir.law import RULES, LawError, next_ordinary_session, ordinary_sessions
from tadbir.law.engine import explain_from
from tadbir.law.sessions import longest_session_end

from .facts import calendar


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, ["2026-01-12", "2026-06-08", "2026-09-14"]),
        (2027, ["2027-01-12", "2027-06-14", "2027-09-13"]),  # Monday 11 January: a holiday
        (2028, ["2028-01-10", "2028-06-12", "2028-09-11"]),
        (2021, ["2021-01-12", "2021-06-14", "2021-09-13"]),  # Monday 11 January: a holiday
        (2030, ["2030-01-15", "2030-06-10", "2030-09-09"]),  # Monday 14 January: a holiday since 2024
    ],
)
def test_openings(year, days):
    assert [day.isoformat() for day in ordinary_sessions(year, calendar())] == days


def test_14_january_was_an_ordinary_day_before_2024():
    assert ordinary_sessions(2019, calendar())[0] == date(2019, 1, 14)


def test_no_session_before_the_law():
    assert ordinary_sessions(2014, calendar()) == []
    assert next_ordinary_session(date(2010, 1, 1), calendar()) is None


def test_the_next_session_is_strictly_after():
    assert next_ordinary_session(date(2027, 1, 11), calendar()) == date(2027, 1, 12)
    assert next_ordinary_session(date(2027, 1, 12), calendar()) == date(2027, 6, 14)
    assert next_ordinary_session(date(2027, 9, 13), calendar()) == date(2028, 1, 10)


def test_how_long_a_session_may_last():
    opening = date(2027, 1, 12)
    longest = explain_from(RULES["SES-MAX"], opening, calendar())
    assert (longest.accept_until, longest.lapses_on) == (date(2027, 1, 26), date(2027, 1, 27))  # the 12th included
    assert any("le premier compris" in step.fr and "محسوب" in step.ar for step in longest.steps)
    short = explain_from(RULES["XS-MAX"], date(2027, 1, 11), calendar())  # ends on a Sunday: never carried to Monday
    assert (short.do_by, short.accept_until) == (date(2027, 1, 15), date(2027, 1, 17))
    assert longest_session_end(opening) == date(2027, 2, 10)  # extended once by 15 days


def test_a_year_no_calendar_knows_is_refused():
    with pytest.raises(LawError, match="calendar"):
        ordinary_sessions(2500, calendar())
