"""Dates in words, as Moroccan administrations write them (law.md 6.4). Western digits."""

from datetime import date

from tadbir.law.words import MONTHS_AR as ADMINISTRATIVE
from tadbir.law.words import MONTHS_FR

#: The months that the Official Gazette calls otherwise.
_GAZETTE = {7: "يوليو", 8: "أغسطس", 9: "سبتمبر", 11: "نوفمبر", 12: "ديسمبر"}
#: Both usages occur inside organic law 112.14 itself; a council chooses in its settings.
MONTHS_AR = {
    "administrative": ADMINISTRATIVE,
    "gazette": tuple(_GAZETTE.get(month, name) for month, name in enumerate(ADMINISTRATIVE, 1)),
}


def arabic_date(day: date | str, months: str = "administrative") -> str:
    """`2026-11-23` -> `23 نونبر 2026`, the first of a month «فاتح». Raises ValueError on any other text."""
    value = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{'فاتح' if value.day == 1 else value.day} {MONTHS_AR[months][value.month - 1]} {value.year}"


def french_date(day: date | str) -> str:
    """`2026-11-01` -> `1er novembre 2026`."""
    value = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{'1er' if value.day == 1 else value.day} {MONTHS_FR[value.month - 1]} {value.year}"
