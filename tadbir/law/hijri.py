"""Hijri dates as proposals to correct: official ones follow the sighting of the moon and cannot be computed.

Of thirteen official pairs of dates checked, eleven are one day behind Umm al-Qura (law.md 0.1): so is the proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .calendar import DAY
from .errors import LawError

MONTHS_AR = (
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذي القعدة",
    "ذي الحجة",
)


@dataclass(frozen=True)
class HijriProposal:
    """A Hijri date to confirm or correct before it is printed."""

    year: int
    month: int
    day: int

    @property
    def text_ar(self) -> str:
        """As official texts write it: 7 من شعبان 1447، فاتح شعبان 1447."""
        month = f"{MONTHS_AR[self.month - 1]} {self.year}"
        return f"فاتح {month}" if self.day == 1 else f"{self.day} من {month}"

    @property
    def note_ar(self) -> str:
        """What to know before printing it."""
        return "اقتراح يُراجع على التاريخ الرسمي."

    @property
    def note_fr(self) -> str:
        """What to know before printing it."""
        return "Simple proposition, à vérifier sur la date officielle."


def proposal(day: date) -> HijriProposal:
    """The Hijri date to propose for a civil day. Raises LawError outside the years of the Umm al-Qura table."""
    from hijridate import Gregorian  # only when a date is proposed

    try:
        found = Gregorian.fromdate(day - DAY).to_hijri()
    except (OverflowError, ValueError) as error:
        raise LawError("hijri", f"{day.isoformat()} is outside the table of Hijri dates") from error
    return HijriProposal(found.year, found.month, found.day)
