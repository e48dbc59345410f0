"""Open and closed days, official dates, closures, and the version that tells them apart."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tadbir.law import Calendar, Closure, Fact, Feast, LawError, duties
from tadbir.law.casablanca import day_of, midnight, zone
from tadbir.law.hijri import proposal

REFERENCE = "communiqué of the ministry"


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 12), True),
        (date(2027, 1, 11), False),
        (date(2023, 1, 16), True),
        (date(2022, 1, 14), True),  # Friday; a holiday since 2024
        (date(2027, 1, 14), False),
        (date(2025, 10, 31), True),  # Friday; a holiday since 2026
        (date(2028, 10, 31), False),
        (date(2026, 5, 1), False),
        (date(2026, 7, 30), False),
        (date(2026, 8, 14), False),
        (date(2026, 8, 20), False),
        (date(2026, 8, 21), False),
        (date(2026, 11, 6), False),
        (date(2026, 11, 18), False),
        (date(2026, 11, 19), True),
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 11, 22), False),  # Sunday
    ],
)
def test_open_days(day, is_open):
    assert Calendar.build(2022, 2028).is_open(day) is is_open


def test_official_date_replaces_the_estimate():
    estimated = Calendar.build(2027, 2027)
    # Umm al-Qura says 9 March; official dates are nearly always one day behind it.
    assert estimated.is_open(date(2027, 3, 9))
    row = estimated.closed_day(date(2027, 3, 10))
    assert (row.estimated, row.confidence, row.fr) == (True, "memory", "Aïd al-Fitr")
    official = Calendar.build(2027, 2027, confirmed=[Feast("fitr", date(2027, 3, 11), None, REFERENCE)])
    assert official.is_open(date(2027, 3, 10))
    assert [official.closed_day(date(2027, 3, d)).estimated for d in (11, 12)] == [False, False]
    # The first day is official; the second is closed by a usage known from memory only.
    assert [official.closed_day(date(2027, 3, d)).confidence for d in (11, 12)] == ["verified", "memory"]
    longer = Calendar.build(2027, 2027, confirmed=[Feast("fitr", date(2027, 3, 10), 3, REFERENCE)])
    assert not longer.is_open(date(2027, 3, 12))
    # The other feasts of the year stay estimates, and so does the same feast the year after.
    assert official.closed_day(date(2027, 5, 17)).estimated
    assert official.closed_day(date(2028, 2, 27)).estimated


def test_a_certain_reason_wins_over_an_estimate():
    # 21 August 2020: a fixed holiday, and an estimated feast.
    assert not Calendar.build(2020, 2020).closed_day(date(2020, 8, 21)).estimated
    assert Calendar.build(2027, 2027).closed_day(date(2027, 3, 10)).estimated
    closed = Calendar.build(2027, 2027, closures=[Closure(date(2027, 3, 10), 1, REFERENCE)])
    assert not closed.closed_day(date(2027, 3, 10)).estimated


def test_a_closure_is_one_day_unless_said():
    made = Calendar.build(2027, 2027, closures=[Closure(date(2027, 3, 15), None, REFERENCE)])
    assert [made.is_open(date(2027, 3, day)) for day in (15, 16)] == [False, True]
    assert made.why_closed(date(2027, 3, 15))[1] == "fermeture exceptionnelle des administrations"


def test_version_changes_with_content_only():
    plain = Calendar.build(2026, 2028)
    assert plain.version == Calendar.build(2020, 2035).version
    assert plain.version == Calendar.build(2026, 2028).version
    feast = Feast("fitr", date(2027, 3, 10), None, REFERENCE)
    closure = Closure(date(2027, 3, 12), 1, REFERENCE)
    versions = {
        plain.version,
        Calendar.build(2026, 2028, confirmed=[feast]).version,
        Calendar.build(2026, 2028, closures=[closure]).version,
        Calendar.build(2026, 2028, [feast], [closure]).version,
    }
    assert len(versions) == 4


def test_exceptional_closure_moves_a_date():
    facts = [Fact("1", "filed", date(2026, 12, 1)), Fact("2", "completed", date(2026, 12, 1), seq=1)]

    def answer(calendar):
        found = duties("55-19", facts, calendar, date(2026, 12, 1))
        return next(duty for duty in found if duty.rule_id == "PROC-DECIDE")

    before = answer(Calendar.build(2026, 2028))
    after = answer(Calendar.build(2026, 2028, closures=[Closure(date(2027, 2, 1), 2, REFERENCE)]))
    assert (before.do_by, after.do_by) == (date(2027, 2, 1), date(2027, 2, 3))
    assert before.key == after.key
    assert before.calendar_version != after.calendar_version


@pytest.mark.parametrize(
    ("confirmed", "closures", "message"),
    [
        ([Feast("ashura", date(2027, 6, 15), 1, REFERENCE)], [], "unknown feast 'ashura'"),
        ([Feast("fitr", date(2027, 3, 10), 9, REFERENCE)], [], "1 to 5 days, not 9"),
        ([Feast("fitr", date(2027, 3, 10), None, " ")], [], "needs its reference"),
        ([], [Closure(date(2027, 3, 12), 1, "")], "reference are all needed"),
        ([], [Closure(date(2027, 3, 12), 0, REFERENCE)], "1 to 31 days, not 0"),
    ],
)
def test_doubtful_entries_are_refused(confirmed, closures, message):
    with pytest.raises(LawError, match=message):
        Calendar.build(2026, 2028, confirmed, closures)


def test_years_without_calendar_are_refused():
    with pytest.raises(LawError, match="ends before it begins"):
        Calendar.build(2028, 2026)
    with pytest.raises(LawError, match="only 1900 to 2300"):
        Calendar.build(2026, 2400)
    with pytest.raises(LawError, match="only 1900 to 2300"):
        Calendar.build(2026, 2026).is_open(date(1805, 1, 1))


def test_a_year_not_built_is_worked_out_when_asked():
    assert not Calendar.build(2026, 2026).is_open(date(2032, 11, 18))
    assert Calendar.build(2026, 2026).closed_day(date(2032, 11, 18)).fr == "Fête de l’Indépendance"


def test_a_feast_at_the_turn_of_the_year_is_whole():
    wide = Calendar.build(1950, 2120)
    seconds = [day for day, row in wide.holidays.items() if row.kind == "feast" and (day.month, day.day) == (1, 2)]
    assert seconds, "no feast on 1 and 2 January in these years: choose others"
    for day in seconds:  # the library gives its first day in the year before
        assert Calendar.build(day.year, day.year).closed_day(day) == wide.closed_day(day)


def test_an_estimate_in_the_way_is_said():
    def answer(day, calendar):
        found = duties("31-13", [Fact("1", "filed", day)], calendar, day)
        return next(duty for duty in found if duty.rule_id == "ATI-ANSWER")

    march = answer(date(2027, 2, 22), Calendar.build(2026, 2028))
    assert march.estimated
    assert any("estimée" in step.fr and "تقديري" in step.ar for step in march.steps if "fête" in step.fr)
    official = [Feast("fitr", date(2027, 3, 10), 2, REFERENCE)]
    assert not answer(date(2027, 2, 22), Calendar.build(2026, 2028, official)).estimated
    assert not answer(date(2027, 9, 20), Calendar.build(2026, 2028)).estimated


def test_the_day_in_casablanca_before_and_after_the_change_of_september_2026():
    late = datetime(2026, 9, 19, 23, 30, tzinfo=UTC)
    assert day_of(late) == date(2026, 9, 20)  # still UTC+1
    assert day_of(datetime(2026, 9, 21, 23, 30, tzinfo=UTC)) == date(2026, 9, 21)  # UTC+0 since the 20th
    assert midnight(date(2026, 12, 1)).utcoffset() == timedelta(0)
    assert day_of(datetime(2026, 12, 1, 1, tzinfo=timezone(timedelta(hours=3)))) == date(2026, 11, 30)
    # One instant, written in three ways, gives one deadline: 24 real hours, though that night has one hour more.
    for at in (
        datetime(2026, 9, 19, 11, tzinfo=UTC),
        datetime(2026, 9, 19, 12, tzinfo=zone()),
        datetime(2026, 9, 19, 14, tzinfo=timezone(timedelta(hours=3))),
    ):
        duty = duties("09-08", [Fact("1", "declaration_filed", at)], Calendar.build(2026, 2026), date(2026, 9, 19))[0]
        assert duty.do_by_at == datetime(2026, 9, 20, 11, tzinfo=UTC)
    with pytest.raises(LawError, match="needs a time zone"):
        day_of(datetime(2026, 12, 1))


def test_hijri_dates_are_proposals_one_day_behind_umm_al_qura():
    found = proposal(date(2026, 1, 27))
    assert (found.year, found.month, found.day) == (1447, 8, 7)
    assert re.search("شعبان", found.text_ar)
    assert "proposition" in found.note_fr
    with pytest.raises(LawError, match="hijri"):
        proposal(date(2090, 1, 1))


def test_an_estimate_in_the_way_is_found_as_a_walk_over_every_day_finds_it():
    made = Calendar.build(2025, 2027)
    begins = date(2026, 1, 1)
    for length in (0, 1, 9, 40):
        for shift in range(0, 365, 3):
            first = begins + timedelta(shift)
            near = [made.closed_day(first + timedelta(n)) for n in range(-2, length + 3)]
            walked = any(row is not None and row.estimated for row in near)
            assert made.estimated_between(first, first + timedelta(length)) == walked
