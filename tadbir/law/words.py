"""Dates and lengths in words, Arabic and French, safe inside text of the other direction."""

from __future__ import annotations

from datetime import date, datetime

from .casablanca import zone

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"

MONTHS_AR = ("يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر")
MONTHS_FR = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WEEK_AR = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
WEEK_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

# one, two, three to ten, eleven and more
_AR_UNITS = {
    "days": ("يوم واحد", "يومان", "أيام", "يوما"),
    "working_days": ("يوم عمل واحد", "يوما عمل", "أيام عمل", "يوم عمل"),
    "months": ("شهر واحد", "شهران", "أشهر", "شهرا"),
    "years": ("سنة واحدة", "سنتان", "سنوات", "سنة"),
    "calendar_months": ("شهر كامل", "شهران كاملان", "أشهر كاملة", "شهرا كاملا"),
    "calendar_years": ("سنة كاملة", "سنتان كاملتان", "سنوات كاملة", "سنة كاملة"),
    "hours": ("ساعة واحدة", "ساعتان", "ساعات", "ساعة"),
}
# round hundreds, and what follows them: 100 يوم، 102 يوم
_AR_HUNDREDS = {
    "days": "يوم",
    "working_days": "يوم عمل",
    "months": "شهر",
    "years": "سنة",
    "calendar_months": "شهر كامل",
    "calendar_years": "سنة كاملة",
    "hours": "ساعة",
}
_FR_UNITS = {
    "days": ("jour", "jours"),
    "working_days": ("jour ouvrable", "jours ouvrables"),
    "months": ("mois", "mois"),
    "years": ("an", "ans"),
    "calendar_months": ("mois entier", "mois entiers"),
    "calendar_years": ("année entière", "années entières"),
    "hours": ("heure", "heures"),
}


def isolated(text: str) -> str:
    """A value whose own direction is not known, kept from disturbing the text around it.

    Values that stand apart already (`beside`) stay as they are: around isolates alone, an isolate finds no letter to
    tell its direction by, reads from left to right and turns their order round in Arabic.
    """
    return text if text.startswith(FSI) and text.endswith(PDI) else f"{FSI}{text}{PDI}"


def bare(text: str) -> str:
    """One isolated value without its marks, for an element that isolates it; several beside each other as they are."""
    inside = text.removeprefix(FSI).removesuffix(PDI)
    return text if inside == text or FSI in inside or PDI in inside else inside


def beside(*parts: object, mark: str = " · ") -> str:
    """Values in one line, each in its own direction: a number and a day that follow each other keep their places.

    The empty ones are left out.
    """
    return mark.join(isolated(str(part)) for part in parts if part not in (None, ""))


def iso(day: date | datetime) -> str:
    """An ISO date or instant (Casablanca), isolated left to right."""
    if isinstance(day, datetime):
        return f"{LRI}{day.astimezone(zone()).strftime('%Y-%m-%d %H:%M')}{PDI}"
    return f"{LRI}{day.isoformat()}{PDI}"


def day_ar(day: date) -> str:
    """الثلاثاء 1 دجنبر 2026 (2026-12-01)"""
    return f"{WEEK_AR[day.weekday()]} {day.day} {MONTHS_AR[day.month - 1]} {day.year} ({iso(day)})"


def day_fr(day: date) -> str:
    """mardi 1er décembre 2026 (2026-12-01)"""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEK_FR[day.weekday()]} {number} {MONTHS_FR[day.month - 1]} {day.year} ({iso(day)})"


#: The first day of a month, as it is written.
FIRST = {"ar": "فاتح", "fr": "1er"}


def written(day: date, lang: str) -> str:
    """فاتح دجنبر 2026, 1er décembre 2026"""
    months = MONTHS_FR if lang == "fr" else MONTHS_AR
    return f"{FIRST[lang] if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"


def weekday_written(day: date, lang: str) -> str:
    """الثلاثاء فاتح دجنبر 2026, mardi 1er décembre 2026: the day in a sentence, without its figures."""
    return f"{(WEEK_FR if lang == 'fr' else WEEK_AR)[day.weekday()]} {written(day, lang)}"


#: Until which day something may be done, that day included: the same words on screens, papers and in notices.
BY = {"ar": "إلى غاية {day}", "fr": "au plus tard le {day}"}


def by(day: str, lang: str) -> str:
    """A last day, written out by whoever shows it: إلى غاية 29 دجنبر 2026, au plus tard le 29 décembre 2026"""
    return BY[lang].format(day=day)


def by_ar(day: str) -> str:
    """The same in Arabic."""
    return by(day, "ar")


def by_fr(day: str) -> str:
    """The same in French."""
    return by(day, "fr")


def length_ar(number: int, unit: str) -> str:
    """A length with the agreement Arabic asks: يومان، 3 أيام، 60 يوما."""
    one, two, few, many = _AR_UNITS[unit]
    if number in (1, 2):
        return one if number == 1 else two
    tail = number % 100
    if 3 <= tail <= 10:
        return f"{number} {few}"
    if tail in (0, 1, 2):
        return f"{number} {_AR_HUNDREDS[unit]}"
    return f"{number} {many}"


def length_fr(number: int, unit: str) -> str:
    """A length in French: 1 jour, 60 jours."""
    return f"{number} {_FR_UNITS[unit][number > 1]}"
