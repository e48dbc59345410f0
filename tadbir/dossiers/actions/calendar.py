"""What days do to dossiers: a date of the calendar is learned, a delay runs out."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tadbir import law
from tadbir.councils.actions import renew_stamp, require
from tadbir.councils.actions.correcting import put_right
from tadbir.councils.clock import is_of_these_years, now, today
from tadbir.councils.models import Person
from tadbir.councils.rights import Right
from tadbir.dossiers import clockwork, proofs, queries
from tadbir.dossiers.actions.recording import Happening, lock, record_all
from tadbir.dossiers.actions.redating import ask_anew, redate_in_page
from tadbir.dossiers.definitions import calendar_shown, closed_day_shown
from tadbir.dossiers.models import ClosedDay, Duty, Fact
from tadbir.register.actions import append, lock_head

#: Days of the longest closure that can be announced at once.
LONGEST_CLOSURE = 31


def learn_closed_day(
    person: Person, kind: str, day: date, source: str, days: int | None = None, feast: str = "", *, shown: str
) -> ClosedDay:
    """Record the official date of a feast or an exceptional closure; open dossiers are dated anew (`redating`).

    Each dossier whose dates move gets a fact and keeps its history. `shown`: the days typed in as the page displayed
    them. Raises PermissionDenied, ValidationError, or Changed when somebody typed another day in meanwhile.
    """
    require(person, Right.LEARN_CLOSED_DAYS)
    _require_day(day, days, source)
    with transaction.atomic():
        lock_head()  # two who type at once come one after the other
        calendar_shown().require(shown)
        row = ClosedDay.objects.create(
            kind=kind, feast=feast, day=day, days=days, source=source, recorded_at=now(), by=person
        )
        append("closed_day_learned", {"closed_day": row.pk, **proofs.closed_day_fields(row), "by": person.pk})
        _date_anew(person, "calendar")
    redate_in_page()
    return row


def correct_closed_day(
    person: Person, row: ClosedDay, reason: str, *, day: date, days: int | None, source: str, shown: str
) -> ClosedDay:
    """Put right a day that was typed wrong: another day, or another length. See `_put_right`."""
    require(person, Right.LEARN_CLOSED_DAYS)
    _require_day(day, days, source)
    return _put_right(person, row, reason, {"day": day, "days": days, "source": source}, shown)


def withdraw_closed_day(person: Person, row: ClosedDay, reason: str, *, shown: str) -> ClosedDay:
    """Take out of the calendar a day that was never closed. See `_put_right`."""
    require(person, Right.LEARN_CLOSED_DAYS)
    return _put_right(person, row, reason, {"withdrawn": True}, shown)


def _put_right(person: Person, row: ClosedDay, reason: str, values: dict[str, Any], shown: str) -> ClosedDay:
    """Correct a day as its page displayed it (`shown`); open dossiers are dated anew, each with a fact.

    What the day said before stays, with the reason. Raises ValidationError, or Changed when it is otherwise by now.
    """
    with transaction.atomic():
        lock_head()
        row = ClosedDay.objects.select_for_update().get(pk=row.pk)
        closed_day_shown(row).require(shown)
        if row.withdrawn:
            raise ValidationError(_("This day was withdrawn already."))
        try:
            with transaction.atomic():
                put_right(row, "closed_day", values, reason, person)
        except IntegrityError as error:
            raise ValidationError({"day": _("This day is already recorded.")}) from error
        _date_anew(person, "correction")
    redate_in_page()
    return row


def _require_day(day: date, days: int | None, source: str) -> None:
    """Raise ValidationError for a day without its ground, out of these years, or of an impossible length."""
    if not source.strip():
        raise ValidationError(_("Say which official text or announcement gives this date."))
    if not is_of_these_years(day) or (days is not None and not 1 <= days <= LONGEST_CLOSURE):
        raise ValidationError(_("Choose a day of these years, and how many days it lasts."))


def _date_anew(person: Person, source: str) -> None:
    """Ask for the open dossiers to be dated by the calendar as it is now; what cannot be counted with is not kept."""
    renew_stamp()
    try:
        clockwork.calendar()  # it would stop every dossier
    except law.LawError as error:
        renew_stamp()
        raise ValidationError(_("Choose a day of these years, and how many days it lasts.")) from error
    ask_anew(person, source)


def record_lapses(on: date | None = None) -> list[Fact]:
    """Record, once each, the delays that certainly ran out; a fact is dated when the lapse happened (`tick`).

    Those of one dossier are recorded together: its duties are derived once.
    """
    day, found = on or today(), list[Fact]()
    for dossier in {duty.dossier_id: duty.dossier for duty in queries.lapsed_duties(day)}.values():
        with transaction.atomic():
            locked = lock(dossier)
            fresh = list(queries.lapsed_duties(day).filter(dossier=locked))
            happenings = [
                Happening("lapsed", row.lapses_on, {"rule": row.rule, "trigger": row.trigger, "owner": row.owner})
                for row in fresh
            ]
            Duty.objects.filter(pk__in=[row.pk for row in fresh]).update(lapse_recorded=True)
            if happenings:  # the law found them: it is not asked again
                found += record_all(locked, happenings, source="tick", check=False).facts
    return found
