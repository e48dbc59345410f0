"""The periods a register is printed for: a month, a quarter, a year."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.councils.clock import CASABLANCA, today
from tadbir.ui.dates import MONTHS, reader_language

#: Code of a part of a year: its first and last month.
PARTS: dict[str, tuple[int, int]] = (
    {"year": (1, 12)}
    | {f"q{rank}": (3 * rank - 2, 3 * rank) for rank in range(1, 5)}
    | {f"m{month:02d}": (month, month) for month in range(1, 13)}
)


def part_words(part: str, months: tuple[str, ...], whole: str, span: str) -> str:
    """A part of a year in words: `whole` for the year, `span` (with %(first)s, %(last)s) for a quarter, a month."""
    first, last = PARTS[part]
    if part == "year":
        return whole
    if first == last:
        return months[first - 1]
    return span % {"first": months[first - 1], "last": months[last - 1]}


def entered_between(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments from the beginning of one day to the end of another, for the lines of a register."""
    return datetime.combine(first, time.min, CASABLANCA), datetime.combine(last, time.max, CASABLANCA)


@dataclass(frozen=True)
class Period:
    """A part of a year that has begun. Raises ValidationError for one that lies ahead or does not exist."""

    year: int
    part: str

    def __post_init__(self) -> None:
        if self.part not in PARTS or not 2000 <= self.year <= 9999:
            raise ValidationError(_("Choose a month, a quarter or a year."))
        if self.starts_on > today():
            raise ValidationError(_("This period lies ahead of today."))

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year, PARTS[self.part][0], 1)

    @property
    def ends_on(self) -> date:
        """Its last day."""
        month = PARTS[self.part][1]
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def eve(self) -> date | None:
        """The day before it in the same year; None for a period that begins the year."""
        month = self.starts_on.month - 1
        return date(self.year, month, calendar.monthrange(self.year, month)[1]) if month else None

    @property
    def until(self) -> date:
        """The last day that can be read: never after today."""
        return min(self.ends_on, today())

    @property
    def words(self) -> str:
        """The period in the reader's language."""
        return f"{name_of_part(self.part)} {self.year}"


def name_of_part(part: str) -> str:
    """A part of a year in the reader's language, without the year."""
    return part_words(part, MONTHS[reader_language()], _("the year"), _("%(first)s to %(last)s"))


def part_of(starts_on: date, ends_on: date) -> str:
    """The code of the part of a year between two days, as a print keeps them."""
    months = (starts_on.month, ends_on.month)
    return next(code for code, span in PARTS.items() if span == months)
