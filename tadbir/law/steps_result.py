"""Why this date? The answer itself: past which closed day it was carried, until which day, and what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from .calendar import Calendar
from .facts import ELSEWHERE
from .model import Step
from .readings import Dates
from .rule import Rule, When, Words
from .steps_length import step
from .vocabulary import PERSONS
from .words import by_ar, by_fr, day_ar, day_fr, iso

#: The day that is taken where a month is too short.
_ROUNDED = {
    "down": Words("آخر يوم من الشهر", "le dernier du mois"),
    "up": Words("أول يوم من الشهر الموالي", "le premier du mois suivant"),
}


def the_result(rule: Rule, when: When, dates: Dates, calendar: Calendar) -> Iterator[Step]:
    """The last lines but the doubts. A day that was carried is said once, with what carried it."""
    if dates.rounded:
        kept = _ROUNDED[when.rounding or "down"]
        yield Step(
            f"لا يوجد اليوم المقابل في ذلك الشهر: اعتُمد {kept.ar}.",
            f"Le quantième n’existe pas dans ce mois : le jour retenu est {kept.fr}.",
        )
    if dates.do_by_at is not None:
        yield from _the_hours(dates, dates.do_by_at)
    elif dates.do_by is None:
        return
    elif when.shape == "fraction":
        yield step(
            f"آخر يوم ممكن: {day_ar(dates.do_by)}.", f"Dernier jour possible : {day_fr(dates.do_by)}.", dates.do_by
        )
    elif rule.owner in PERSONS and dates.file_before is not None:
        yield from _for_a_person(rule, dates, dates.file_before, calendar)
    elif when.shape == "nth_weekday":
        yield from _carried(dates.earliest, dates.do_by, calendar) or _the_day(dates.do_by)
    else:
        yield from _carried(dates.earliest, dates.do_by, calendar) or _last(dates.do_by)
        yield from _certain(rule, dates, calendar)


def _the_day(day: date) -> list[Step]:
    return [step(f"اليوم: {day_ar(day)}.", f"Le jour : {day_fr(day)}.", day)]


def _last(day: date) -> list[Step]:
    return [step(f"آخر يوم: {day_ar(day)}.", f"Dernier jour : {day_fr(day)}.", day)]


def _carried(raw: date | None, day: date, calendar: Calendar, *, other: bool = False) -> list[Step]:
    """The last day, where it is not the one that was counted; nothing where it is. `other`: of the latest reading."""
    if raw is None or raw == day:
        return []
    ar, fr = calendar.why_closed(raw)
    moved_ar, moved_fr = ("يُقدم", "avancée") if day < raw else ("يُؤخر", "reportée")
    first_ar, first_fr = ("في أبعد احتساب: ", "En comptant au plus tard : le") if other else ("", "Le")
    return [
        step(
            f"{first_ar}{day_ar(raw)} يوم عطلة ({ar}): {moved_ar} الأجل إلى {day_ar(day)}.",
            f"{first_fr} {day_fr(raw)}, les bureaux sont fermés ({fr}) : échéance {moved_fr} au {day_fr(day)}.",
            raw,
        )
    ]


def _certain(rule: Rule, dates: Dates, calendar: Calendar) -> Iterator[Step]:
    """From when the lapse is certain, and why not sooner where the latest reading was carried further."""
    if dates.accept_until is not None and dates.accept_until != dates.do_by and dates.latest != dates.earliest:
        yield from _carried(dates.latest, dates.accept_until, calendar, other=True)
    if dates.lapses_on is not None:
        yield step(
            f"ابتداء من {day_ar(dates.lapses_on)} يكون الأجل منصرما بصفة مؤكدة{_then(rule).ar}.",
            f"À partir du {day_fr(dates.lapses_on)}, l’expiration est certaine{_then(rule).fr}.",
            dates.lapses_on,
        )


def _then(rule: Rule) -> Words:
    """What follows. Of a rule that states no effect nothing is said: another law may state one (41-90, article 23)."""
    if rule.effect == "none_stated":
        return Words("", "")
    return Words(f": {rule.effect_words.ar}", f" : {rule.effect_words.fr}")


def _the_hours(dates: Dates, last: datetime) -> Iterator[Step]:
    yield Step(f"يجب القيام بذلك {by_ar(iso(last))}.", f"À faire {by_fr(iso(last))}.")
    if dates.lapses_at is not None and dates.lapses_at != last:
        yield Step(
            f"ساعة البداية غير مسجلة: يكون الأجل منصرما بصفة مؤكدة ابتداء من {iso(dates.lapses_at)}.",
            f"L’heure de départ n’est pas enregistrée : l’expiration est certaine à partir du {iso(dates.lapses_at)}.",
        )


def _for_a_person(rule: Rule, dates: Dates, before: date, calendar: Calendar) -> Iterator[Step]:
    raw = dates.earliest or before
    if raw == before:
        yield step(
            f"يُنصح بالقيام بذلك {by_ar(day_ar(before))}.", f"À faire, par prudence, {by_fr(day_fr(before))}.", before
        )
    else:
        ar, fr = calendar.why_closed(raw)
        yield step(
            f"آخر يوم، {day_ar(raw)}، يوم عطلة ({ar}): يُنصح بالقيام بذلك {by_ar(day_ar(before))}.",
            f"Le dernier jour, {day_fr(raw)}, les bureaux sont fermés ({fr}) : à faire, par prudence, "
            f"{by_fr(day_fr(before))}.",
            before,
        )
    if dates.accept_until is not None and dates.accept_until != before:
        if any(match.fact in ELSEWHERE for match in rule.discharged_by):
            yield step(
                f"في أبعد احتساب: {day_ar(dates.accept_until)}؛ ولا يفصل في ذلك إلا من يُرفع إليه الأمر.",
                f"En comptant au plus tard : le {day_fr(dates.accept_until)} ; seule l’autorité saisie en décide.",
                dates.accept_until,
            )
            return
        yield step(
            f"تقبل الإدارة ما يصلها {by_ar(day_ar(dates.accept_until))}.",
            f"L’administration accepte ce qui lui parvient {by_fr(day_fr(dates.accept_until))}.",
            dates.accept_until,
        )
    if rule.type == "duty" and dates.lapses_on is not None:
        yield step(
            f"ابتداء من {day_ar(dates.lapses_on)}: {rule.effect_words.ar}.",
            f"À partir du {day_fr(dates.lapses_on)} : {rule.effect_words.fr}.",
            dates.lapses_on,
        )
