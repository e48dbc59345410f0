"""The clock bar: states, words in both languages, stretches of the bar."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override

from tadbir.councils.clock import CASABLANCA
from tadbir.ui import clock
from tadbir.ui.dates import as_date, day_words, days_words, moment_parts, size_words

TENTH = date(2026, 6, 10)

START, DUE = date(2026, 12, 1), date(2027, 2, 1)


@dataclass
class Duty:
    starts_on: date | None = START
    do_by: date | None = DUE
    discharged_on: date | None = None
    suspensions: list[tuple[date, date | None]] = field(default_factory=list)
    sentence_ar: str = "يجيب المجلس."
    sentence_fr: str = "Le conseil répond."
    article: str = "55-19, art. 16"
    confidence: str = "verified"
    type: str = "duty"


@pytest.mark.parametrize(
    ("days", "arabic"),
    [
        (1, "بقي يوم واحد"),
        (2, "بقي يومان"),
        (3, "بقيت 3 أيام"),
        (10, "بقيت 10 أيام"),
        (11, "بقي 11 يوما"),
        (99, "بقي 99 يوما"),
        (100, "بقي 100 يوم"),
        (103, "بقيت 103 أيام"),
    ],
)
def test_arabic_counts_days_as_arabic_does(days: int, arabic: str) -> None:
    today = date.fromordinal(DUE.toordinal() - days)
    with override("ar"):
        assert clock.view(Duty(starts_on=date(2026, 1, 1)), today).words == arabic
    with override("fr"):
        said = clock.view(Duty(starts_on=date(2026, 1, 1)), today).words
    assert said == f"il reste {days} jour{'s' if days > 1 else ''}"


@pytest.mark.parametrize(
    ("duty", "today", "state"),
    [
        (Duty(), date(2027, 1, 1), "running"),
        (Duty(), date(2027, 1, 25), "soon"),
        (Duty(), DUE, "due"),
        (Duty(), date(2027, 2, 2), "late"),
        (Duty(discharged_on=DUE), date(2027, 3, 1), "done"),
        (Duty(discharged_on=date(2027, 2, 2)), date(2027, 3, 1), "done_late"),
        (Duty(suspensions=[(date(2026, 12, 5), None)]), date(2027, 1, 1), "suspended"),
        (Duty(suspensions=[(date(2026, 12, 5), date(2026, 12, 9))]), date(2027, 1, 1), "running"),
        (Duty(), date(2026, 11, 1), "waiting"),
        (Duty(do_by=None), date(2027, 1, 1), "open"),
        (Duty(starts_on=date(2027, 3, 1)), date(2026, 12, 1), "running"),  # so many days before something
        (Duty(type="right"), date(2027, 2, 2), "over"),  # nobody is late with a right
    ],
)
def test_each_state_is_told_from_the_next(duty: Duty, today: date, state: str) -> None:
    assert clock.view(duty, today).state == state


def test_the_bar_is_filled_to_today_and_hatched_where_suspended() -> None:
    duty = Duty(do_by=date(2026, 12, 11), suspensions=[(date(2026, 12, 3), date(2026, 12, 5))])
    seen = clock.view(duty, date(2026, 12, 6))
    assert seen.elapsed == "50.0%"
    assert [(span.start, span.width, span.end) for span in seen.suspended] == [("20.0%", "20.0%", "40.0%")]
    assert clock.view(duty, date(2027, 5, 1)).elapsed == "100.0%"
    assert clock.view(Duty(do_by=START), START).elapsed == "100.0%"


def test_a_delay_counted_back_has_days_left_and_no_beginning() -> None:
    seen = clock.view(Duty(starts_on=date(2027, 3, 1)), date(2027, 1, 1))
    assert (seen.starts_on, seen.due, seen.elapsed) == (None, DUE, "")
    with override("fr"):
        assert clock.view(Duty(starts_on=date(2027, 3, 1)), date(2027, 1, 20)).words == "il reste 12 jours"


def test_a_stored_row_reads_like_a_computed_duty() -> None:
    row = {"starts_on": "2026-12-01", "do_by": "2027-02-01", "suspensions": [{"from": "2026-12-05", "to": None}]}
    assert clock.view(row, date(2027, 1, 1)).state == "suspended"
    assert clock.view({"file_before": "2027-02-01"}, date(2027, 1, 1)).due == DUE
    with pytest.raises(ValueError, match="isoformat"):
        clock.view({"do_by": "tomorrow"}, date(2027, 1, 1))


def drawn(text: str, **context: object) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


def test_what_is_not_the_reader_s_raises_no_alarm() -> None:
    for day, loud, calm in (
        (date(2027, 2, 2), "late", "over"),
        (date(2027, 1, 30), "soon", "running"),
        (date(2027, 2, 1), "due", "running"),
    ):
        assert clock.view(Duty(), day).state == loud
        assert clock.view(Duty(), day, calm=True).state == calm
    with override("fr"):
        assert clock.view(Duty(), DUE, calm=True).words == "dernier jour aujourd’hui"
        assert clock.view(Duty(), date(2027, 2, 2), calm=True).words == "a pris fin le 1er février 2027"


def test_the_bar_has_a_name_and_no_style_attribute() -> None:
    with override("fr"):
        html = drawn("{% clock duty today=day %}", duty=Duty(confidence="memory"), day=date(2027, 1, 20))
        compact = drawn("{% clock duty compact=True today=day %}", duty=Duty(), day=date(2027, 1, 20))
    assert (
        'aria-label="Du \u20681er décembre 2026\u2069 au \u20681er février 2027\u2069\u00a0: '
        '\u2068il reste 12 jours\u2069"'
    ) in html
    assert "Pourquoi cette date\u202f?" in html
    assert "à confirmer" in html
    assert "style=" not in html
    assert "<details" not in compact
    assert "il reste 12 jours" in compact


def test_dates_are_moroccan_and_machines_read_iso() -> None:
    assert day_words(date(2026, 8, 20), "ar", weekday=True) == "الخميس 20 غشت 2026"
    assert day_words(date(2026, 12, 1), "fr") == "1er décembre 2026"
    moment = datetime(2026, 12, 1, 9, 5, tzinfo=CASABLANCA)
    assert moment_parts(moment, "ar") == ("فاتح دجنبر 2026", "على الساعة 09:05")
    assert moment_parts(moment, "fr") == ("1er décembre 2026", "à 9 h 05")
    assert days_words(2, "ar") == "يومان"
    assert size_words(310_400, "fr") == "310 ko"
    assert size_words(2_340_000, "ar") == "2,3 ميغابايت"
    assert as_date("") is None
    assert drawn("{{ d|day:'short' }}", d=START) == '<time class="no" datetime="2026-12-01">01/12/2026</time>'
    assert drawn("{{ d|day }}{{ d|moment }}", d=None) == ""


def test_what_people_typed_is_isolated_and_escaped() -> None:
    assert drawn("{{ t|bdi }}", t="<b>سعيد 12") == "<bdi>&lt;b&gt;سعيد 12</bdi>"
    assert drawn("{{ t|bdi }}", t="\u2068N-2026-00012\u2069") == '<bdi class="no">N-2026-00012</bdi>'
    assert drawn("{{ t|linebreaksbr|bdi }}", t="<b>\nسعيد") == "<bdi>&lt;b&gt;<br>سعيد</bdi>"
    for phone in ("+212528891234", "05 28 89 12 34", "\u206605 28 89 12 34\u2069", "\u2068+212528891234\u2069"):
        number = phone.strip("\u2066\u2068\u2069")
        assert drawn("{{ t|bdi }}", t=phone) == f'<bdi class="no" dir="ltr">{number}</bdi>'
    assert drawn("{{ t|bdi }}", t="2026 2027") == "<bdi>2026 2027</bdi>", "no telephone"
    listed = drawn("{% kv rows %}", rows=[("هاتف", "+212528891234"), ("اسم", "<b>سعيد")])
    assert '<dd><bdi class="no" dir="ltr">+212528891234</bdi></dd>' in listed
    assert "<dd><bdi>&lt;b&gt;سعيد</bdi></dd>" in listed
    assert drawn("{{ t|bdi }}", t="\u2068a\u2069 \u2068b\u2069") == "\u2068a\u2069 \u2068b\u2069"
    assert drawn("{{ d|day:'weekday' }}", d=START) == (
        '<time datetime="2026-12-01">الثلاثاء <span class="no">فاتح دجنبر 2026</span></time>'
    )
    with override("fr"):
        assert drawn("{{ o|tr:'name' }}", o={"name_ar": "قسم", "name_fr": "<Division"}) == "&lt;Division"
        assert drawn("{{ o|tr:'name' }}", o={"name_ar": "قسم"}) == '<span lang="ar" dir="rtl">قسم</span>'


def test_the_bars_of_a_list_are_drawn_once_and_each_says_its_own_dates() -> None:
    """What a bar is drawn from tells it from every other: the language, today, each date, each suspension."""
    said = {"starts_on": date(2026, 6, 1), "do_by": date(2026, 6, 20)}
    others: list[dict[str, object]] = [
        {"do_by": date(2026, 6, 21)},
        {"shown_day": date(2026, 6, 22)},
        {"starts_on": date(2026, 6, 3)},
        {"discharged_on": date(2026, 6, 9)},
        {"suspensions": [("2026-06-05", None)]},
        {"do_by": date(2026, 6, 2), "type": "right"},
        {"do_by": date(2026, 6, 2)},
    ]

    def bars() -> list[str]:
        bar = "{% clock duty compact=True today=day %}"
        each = [drawn(bar, duty=said | one, day=TENTH) for one in ({}, *others)]
        later = drawn(bar, duty=said, day=date(2026, 6, 11))
        calm = drawn("{% clock duty compact=True today=day calm=True %}", duty=said | {"do_by": TENTH}, day=TENTH)
        with override("fr"):
            return [*each, later, calm, drawn(bar, duty=said, day=TENTH)]

    first = bars()
    assert len(set(first)) == len(first)
    assert bars() == first
