"""Queueing a notice with the deed, taking it back, trying it again, settling it by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from tadbir.councils.clock import now
from tadbir.dossiers.definitions import own_wordings
from tadbir.notify import late, ways, wordings
from tadbir.notify.models import Notice
from tadbir.notify.queries import unreached
from tadbir.notify.reasons import NO_ADDRESS, NO_CONTACT, NO_PHONE
from tadbir.notify.ways import Way
from tadbir.notify.wordings import catalogue

#: Has not left, and nobody is at it.
_UNDONE = Q(status=Notice.Status.FAILED) | Q(status=Notice.Status.QUEUED, claimed_until__isnull=True)


def queue(
    code: str,
    *,
    to: Sequence[Way],
    language: str,
    values: Mapping[str, object],
    key: str,
    dossier_ref: str = "",
    wait: timedelta = timedelta(0),
    in_hand: bool = False,
) -> Notice | None:
    """Queue a notice in the caller's transaction: it exists if and only if the deed does, and leaves after commit.

    `to`: the ways by which its person can be told, in the order in which they are tried. Where none can be used, the
    notice is failed and somebody sees it, never an error. `wait`: how long it may be taken back. `in_hand`: its person
    holds what it says. The same key gives the same notice. None where the council stopped it. Raises UnknownWording.
    """
    mine = own_wordings().get(code, {})
    if mine is None:
        return None
    words = wordings.fill(code, language, {**values, **late.places()}, isolate=True, own={code: mine})
    (channel, address), others, error = _in_order(to)
    notice = Notice(
        code=code,
        channel=channel,
        recipient=address,
        others=[list(way) for way in others],
        language="fr" if language == "fr" else "ar",
        subject=words.subject,
        body=words.text,
        dossier_ref=dossier_ref,
        key=key,
        queued_at=(moment := now()),
        next_try_at=moment + wait,
        # what may still be taken back fails when it should have left: nobody is told before
        status=Notice.Status.FAILED if error and not wait else Notice.Status.QUEUED,
        error=error,
        in_hand=in_hand,
    )
    return _kept(notice, leaves_now=not error and not wait)


def _kept(notice: Notice, *, leaves_now: bool) -> Notice:
    """Keep a notice, unless its key was queued before: that one then."""
    try:
        with transaction.atomic():
            notice.save()
            if leaves_now:
                _wake(notice)
    except IntegrityError:
        return Notice.objects.get(key=notice.key)
    return notice


def _in_order(to: Sequence[Way]) -> tuple[Way, list[Way], str]:
    """The way to try, those after it, and why there is none (empty when there is one). What is set up comes first."""
    can = [Way(way.channel, address) for way in to if (address := ways.usable(way))]
    can.sort(key=lambda way: not ways.is_set_up(way.channel))  # stable: else as the person wishes
    if can:
        return can[0], can[1:], ""
    if not to:
        return Way("", ""), [], NO_CONTACT
    channel, written = to[0]
    return (Way(channel, wordings.clean(written)[:254]), [], NO_ADDRESS if channel == ways.MAIL else NO_PHONE)


def take_back(key: str) -> None:
    """Drop a notice that has not left: what it would say is no longer so."""
    Notice.objects.filter(_UNDONE, key=key).delete()


def without(dossier_ref: str, name: str, words: Mapping[str, str]) -> None:
    """Take a late value out of what has not left about a dossier: `words` stand in its place, by language.

    What is tried again later leaves so too.
    """
    place = late.places()[name]
    waiting = Notice.objects.filter(dossier_ref=dossier_ref, body__contains=place).exclude(status=Notice.Status.SENT)
    for notice in waiting:
        notice.body = notice.body.replace(place, words[notice.language])
        notice.save(update_fields=["body"])


def _wake(notice: Notice) -> None:
    """Put a job beside the notice, in the same transaction; if it is lost, `sweep` finds the notice."""
    from django_q.tasks import async_task  # its settings are read on import

    async_task("tadbir.notify.tasks.deliver", notice.council_id, notice.pk, save=False, ack_failure=True)


def retry(notice: Notice, way: Way | None = None) -> Notice:
    """Try a notice again that did not reach its person, perhaps by another way or to a corrected address.

    Its count of tries starts anew; what was tried before stays written. An address that nothing can be sent to is
    refused: the notice is failed as before, with the reason.
    """
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=notice.pk)
        found = unreached().filter(pk=notice.pk, claimed_until__isnull=True).first()
        if found is None:  # it left, or somebody is at it
            return Notice.objects.get(pk=notice.pk)
        notice = found
        chosen, _rest, error = _in_order([way or Way(notice.channel, notice.recipient)])
        if chosen != (notice.channel, notice.recipient) and notice.error:
            notice.tried = [*notice.tried, [notice.channel, notice.error]]
        (notice.channel, notice.recipient), notice.error = chosen, error
        if not error:
            notice.status, notice.attempts, notice.next_try_at = Notice.Status.QUEUED, 0, now()
            _wake(notice)
        notice.save()
    return notice


def settle(notice: Notice) -> bool:
    """Somebody told the person himself: the notice no longer leaves. False when it left, or was settled before."""
    told = Notice.objects.filter(_UNDONE, pk=notice.pk)
    return bool(told.update(status=Notice.Status.SETTLED, next_try_at=now()))


def settle_all_of(dossier_ref: str, but: Iterable[str] = ()) -> None:
    """What the person of a dossier has in his hand says more than every notice that did not reach him; not than one
    that tells of a paper of its own, nor one of these keys (`but`): those papers are handed over each for itself."""
    papers = [code for code, shipped in catalogue().items() if shipped.get("paper")]
    told = unreached().filter(_UNDONE, dossier_ref=dossier_ref).exclude(code__in=papers).exclude(key__in=list(but))
    told.update(status=Notice.Status.SETTLED, next_try_at=now())
