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
from .vocabulary import HOUSE, OWNERS, PERSONS
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
        yield from _carried(dates.earliest, dates.do_by, _OPENS, calendar) or _said(dates.do_by, _OPENS)
    else:
        whose = _whose(rule, two=dates.earliest != dates.latest)
        yield from _carried(dates.earliest, dates.do_by, whose, calendar) or _said(dates.do_by, whose)
        yield from _certain(rule, dates, calendar)


#: What each day of a list is, for whom it is.
_OPENS = Words("اليوم", "Le jour")
_OURS = Words("آخر يوم للمجلس", "Dernier jour pour le conseil")
_SHORTEST = Words("آخر يوم بأقصر احتساب", "Dernier jour au compte le plus court")
_LONGEST = Words("آخر يوم بأطول احتساب", "Dernier jour au compte le plus long")


def _whose(rule: Rule, *, two: bool) -> Words:
    """Whose last day it is: what only happens is nobody's. `two`: another reading has another day."""
    if rule.type == "effect":
        return _SHORTEST if two else Words("آخر يوم", "Dernier jour")
    if rule.owner in HOUSE:
        return _OURS
    owner = OWNERS[rule.owner]
    return Words(f"آخر يوم لدى {owner.ar}", f"Dernier jour pour {owner.fr}")


def _said(day: date, what: Words) -> list[Step]:
    return [step(f"{what.ar}: {day_ar(day)}.", f"{what.fr} : {day_fr(day)}.", day)]


def _carried(raw: date | None, day: date, what: Words, calendar: Calendar) -> list[Step]:
    """A day that is not the one that was counted, with why; nothing where it is that one."""
    if raw is None or raw == day:
        return []
    ar, fr = calendar.why_closed(raw)
    return [
        step(
            f"{what.ar}: {day_ar(day)}، لأن {day_ar(raw)} يوم عطلة ({ar}).",
            f"{what.fr} : {day_fr(day)}, car les bureaux sont fermés le {day_fr(raw)} ({fr}).",
            raw,
        )
    ]


def _certain(rule: Rule, dates: Dates, calendar: Calendar) -> Iterator[Step]:
    """From when the lapse is certain, and why not sooner where the latest reading was carried further."""
    if dates.accept_until is not None and dates.accept_until != dates.do_by and dates.latest != dates.earliest:
        yield from _carried(dates.latest, dates.accept_until, _LONGEST, calendar)
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
                f"{_LONGEST.ar}: {day_ar(dates.accept_until)}؛ ولا يفصل في ذلك إلا من يُرفع إليه الأمر.",
                f"{_LONGEST.fr} : {day_fr(dates.accept_until)} ; seule l’autorité saisie en décide.",
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
