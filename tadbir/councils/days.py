"""Bounds of the days that somebody says: the same for a form, a screen's action, the API and an import."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tadbir.councils.clock import today
from tadbir.councils.models import in_language
from tadbir.law.words import written
from tadbir.reading.days import FIRST_YEAR, LAST_YEAR, Span

#: Of which kind are the days of a role, of a unit's name, of an order of the president, of an absence.
ROLE, NAMED, ORDER, AWAY = Span.OFFICE, Span.OFFICE, Span.AROUND, Span.AROUND


def require_within(day: date, first: date | None, last: date | None) -> None:
    """Raise ValidationError for a day whose year no paper bears, or out of its bounds, which the words name."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(_("Check the year: %(year)s cannot be right.") % {"year": f"{day.year:04d}"}, code="year")
    if first and day < first:
        told = _("This day is too early: the first possible is %(day)s.")
        raise ValidationError(told % {"day": _words(first)}, code="first")
    if last and day > last:
        told = _("This day is too late: the last possible is %(day)s.")
        raise ValidationError(told % {"day": _words(last)}, code="last")


def require_days(span: Span, **days: date | None) -> None:
    """Raise ValidationError, by its name, for a day of a kind that it cannot be of, or an end before its beginning.

    `days`: a beginning and then its end, or one day; what is not said is not judged.
    """
    said = {name: day for name, day in days.items() if day is not None}
    for name, day in said.items():
        try:
            require_within(day, *span.bounds(today()))
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    require_forward(**days)


def require_forward(**days: date | None) -> None:
    """Raise ValidationError, by its name, for an end that comes before its beginning."""
    said = {name: day for name, day in days.items() if day is not None}
    if [*said.values()] != sorted(said.values()):
        raise ValidationError({[*said][-1]: _("The end comes before the beginning.")})


def _words(day: date) -> str:
    return in_language(written(day, "ar"), written(day, "fr"))
