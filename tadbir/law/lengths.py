"""How long a rule gives, in a few words of both languages."""

from __future__ import annotations

from collections.abc import Callable

from .rule import When, Words
from .words import length_ar, length_fr


def length_of(when: When) -> Words:
    """The limit of a value, in a few words."""
    if when.shape == "offset":
        number = when.max if when.max is not None else when.min
        if number is None and when.limit_from is not None:
            number = when.limit_from.cap
        if number is None:
            return Words("أجل محدد في البطاقة", "délai de la fiche")
        if number == 0:
            return Words("دون أجل محدد", "sans délai fixé")
        side = (" قبل التاريخ", " avant la date") if when.direction == "before" else ("", "")
        franc = ("، أجل كامل", ", délai franc") if when.counting == "full" and when.stated_by else ("", "")
        return Words(
            length_ar(number, when.unit) + franc[0] + side[0], length_fr(number, when.unit) + franc[1] + side[1]
        )
    return Words(*_SHAPES[when.shape](when))


def share_ar(when: When) -> str:
    """Which part of a delay: النصف الأول من الأجل"""
    if (when.numerator, when.denominator) == (1, 2):
        return "النصف الأول من"
    return "كامل" if when.numerator == when.denominator else f"{when.numerator}/{when.denominator} من"


def share_fr(when: When) -> str:
    """Which part of a delay: la première moitié du délai"""
    if (when.numerator, when.denominator) == (1, 2):
        return "la première moitié"
    return "la totalité" if when.numerator == when.denominator else f"{when.numerator}/{when.denominator}"


_SHAPES: dict[str, Callable[[When], tuple[str, str]]] = {
    "at_once": lambda when: ("في الحين", "aussitôt"),
    "fraction": lambda when: (f"{share_ar(when)} الأجل", f"{share_fr(when)} du délai"),
    "fixed_date": lambda when: (f"{when.day}/{when.month} من كل سنة", f"le {when.day}/{when.month} de chaque année"),
    "nth_weekday": lambda when: (
        ("الاثنين الثاني من يناير ويونيو وشتنبر", "deuxième lundi de janvier, juin, septembre")
        if (when.nth, when.weekday, when.months) == (2, 0, (1, 6, 9))
        else (f"{when.nth}/{when.weekday} {when.months}", f"{when.nth}/{when.weekday} {when.months}")
    ),
    "next_session": lambda when: (
        ("الدورة العادية الموالية", "session ordinaire suivante")
        if when.session == "ordinary"
        else ("الدورة الموالية، عادية أو استثنائية", "session suivante, ordinaire ou extraordinaire")
    ),
    "every": lambda when: ("كل سنة", "chaque année") if when.period == "year" else ("كل دورة", "à chaque session"),
    "count": lambda when: (
        f"{when.consecutive} متتالية أو {when.total}",
        f"{when.consecutive} consécutives ou {when.total}",
    ),
}
