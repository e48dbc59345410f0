"""Dating open dossiers anew after a change of the calendar or of a rule, one by one, each in its own transaction.

The change and the row that says what is to be done are one transaction. Then the page that made the change does what
it can in a second, the queue the rest, and `tick` what a killed machine left: all three go on after the dossier that
the row names. Whatever else touches a dossier meanwhile dates it anew first (`record_all`).
"""

import logging
import time
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from tadbir import law
from tadbir.councils.clock import now
from tadbir.councils.models import Person
from tadbir.councils.scope import current_council
from tadbir.dossiers import clockwork, queries
from tadbir.dossiers.actions.recording import date_anew, lock
from tadbir.dossiers.models import Redating
from tadbir.dossiers.story import Story
from tadbir.register.actions import append

log = logging.getLogger("tadbir.dossiers")
#: Seconds that a page gives to it before it answers, and a job of the queue before it lets others work.
IN_PAGE, IN_QUEUE = 1.0, 30.0
#: Dossiers that a page dates however slow the machine is: a small council sees all of them done.
FEW = 20


def ask_anew(person: Person | None, source: str, kinds: Iterable[str] = ()) -> Redating:
    """Note, in the transaction of a change, that open dossiers (of these kinds, or all) are to be dated anew."""
    row = Redating(source=source, kinds=list(kinds), by=person, asked_at=now())
    row.total = queries.to_date_anew(row).count()
    row.save()
    _wake()
    return row


def _wake() -> None:
    """Put a job beside the row; if it is lost, `tick` finds the row."""
    from django_q.tasks import async_task  # its settings are read on import

    async_task("tadbir.dossiers.tasks.redate", current_council().pk, save=False, ack_failure=True)


def redate(seconds: float, at_least: int = 1) -> int:
    """Go on with what is to be dated anew in the current council, for about so long; how many dossiers were dated.

    Never inside a transaction of its own: each dossier is one. Twice, and twice at once, does no harm.
    """
    until, dated = time.monotonic() + seconds, 0
    for key in list(queries.open_redatings().values_list("pk", flat=True)):
        while _date_next(key):
            dated += 1
            if dated >= at_least and time.monotonic() >= until:
                return dated
    return dated


def redate_in_page() -> None:
    """What a page does before it answers. The change is recorded already: where this fails, the queue goes on."""
    try:
        redate(IN_PAGE, at_least=FEW)
    except (DatabaseError, OSError):
        log.exception("dating anew stopped in the page")


def redate_and_come_back() -> int:
    """A turn of the queue: go on for a while; where something is left, another turn comes after the other jobs."""
    dated = redate(IN_QUEUE)
    if queries.open_redatings().exists():
        _wake()
    return dated


@transaction.atomic
def _date_next(key: int) -> bool:
    """Date the next dossier of a row anew and advance its mark; False when there is none: the row is finished."""
    row = Redating.objects.select_for_update().filter(pk=key, finished_at__isnull=True).first()
    if row is None:
        return False
    dossier = queries.to_date_anew(row).order_by("pk").first()
    if dossier is None:
        row.finished_at = now()
        row.save(update_fields=["finished_at"])
        return False
    try:
        with transaction.atomic():
            dossier = lock(dossier)
            date_anew(dossier, [row], Story(clockwork.facts_of(dossier)))
    except (law.LawError, ValidationError, LookupError, ValueError):  # it must not keep the others waiting
        log.exception("dossier %s cannot be dated anew: tadbir check names it until it can", dossier.pk)
        row.stuck = [*row.stuck, dossier.number]
        append("dossier_undated", {"dossier": dossier.number})
    row.after, row.done = dossier.pk, row.done + 1
    row.save(update_fields=["after", "done", "stuck"])
    return True
