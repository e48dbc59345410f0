"""Sending what was queued: claim it, hand it over, try again, go to the next way, give up aloud.

At least once: a sender killed after the server took the message and before that was noted leaves a claim that
runs out; the message is then sent again and marked `maybe_twice`.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.db.models import Case, F, Q, Value, When

from tadbir.councils.clock import now
from tadbir.councils.scope import current_council
from tadbir.notify import late, mail, ways, wordings
from tadbir.notify.gateways import GatewayError, gateway, settings_of
from tadbir.notify.models import Notice
from tadbir.notify.reasons import BOUNCED, NOT_SET_UP, of_machine
from tadbir.notify.segments import as_sent
from tadbir.notify.ways import Way

log = logging.getLogger("tadbir.notify")
#: Longer than any sending lasts: only a killed sender outlives his claim.
CLAIM = timedelta(minutes=5)
#: Waits before the second, third… try: 1, 2, 4… minutes, at most 6 hours; then the notice is failed.
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 14
#: The same where another way is left: half an hour.
FEW_ATTEMPTS = 6
#: A notice for which no way out is set up is looked at each hour, for two days.
WAIT_FOR_SETTINGS, LONGEST_FOR_SETTINGS = timedelta(hours=1), timedelta(days=2)


def deliver(notice_id: int) -> str:
    """Send one notice of the current council if it is due and nobody else is at it, by the first way that takes it.

    Returns sent, retry, failed, waiting (no way out set up) or skipped. Never inside a transaction.
    """
    notice = _claim(notice_id)
    if notice is None:
        return "skipped"
    if not ways.usable(Way(notice.channel, notice.recipient)):
        return _given_up(notice)
    if not ways.is_set_up(notice.channel):
        return _by_another_way(notice, NOT_SET_UP) or _wait_for_settings(notice)
    try:
        text = late.complete(notice.body, notice.dossier_ref)  # leaves so, and is never kept so
        _send(notice, text)
    except (SMTPException, GatewayError, OSError, ValueError) as error:
        return _not_sent(notice, error)
    Notice.objects.filter(pk=notice.pk).update(status=Notice.Status.SENT, sent_at=now(), claimed_until=None, error="")
    return "sent"


def _given_up(notice: Notice) -> str:
    """It waited to be taken back; now that it should leave, there is no way: somebody must tell its person."""
    Notice.objects.filter(pk=notice.pk).update(
        status=Notice.Status.FAILED, attempts=F("attempts") - 1, claimed_until=None
    )
    return "failed"


def _send(notice: Notice, text: str) -> None:
    """Hand the notice over. Old telephones show boxes for what sets values apart: a text message goes without."""
    council = current_council()
    if notice.channel == Notice.Channel.MAIL:
        notice.body = text
        mail.send(notice, council)
    else:
        plain = as_sent(wordings.without_isolates(text))
        gateway(settings_of(council)).send(notice.recipient, plain, reference(notice), notice.queued_at)


def _by_another_way(notice: Notice, why: str) -> str | None:
    """Give the present way up and send by the next one that is set up; None where there is none."""
    left = [Way(*way) for way in notice.others]
    chosen = next((way for way in left if ways.is_set_up(way.channel)), None)
    if chosen is None:
        return None
    Notice.objects.filter(pk=notice.pk).update(
        status=Notice.Status.QUEUED,
        channel=chosen.channel,
        recipient=chosen.address,
        others=[list(way) for way in left if way != chosen],
        tried=[*notice.tried, [notice.channel, why]],
        attempts=0,
        next_try_at=now(),
        claimed_until=None,
        sent_at=None,
        error="",
    )
    return deliver(notice.pk)


def reference(notice: Notice) -> str:
    """The name of a message in the folder of its way out."""
    return f"{current_council().slug}-{notice.pk}"


def _claim(notice_id: int) -> Notice | None:
    """Take a due notice for ourselves. A claim that ran out belonged to a sender that was killed."""
    moment = now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=moment)
    taken = Notice.objects.filter(free, pk=notice_id, status=Notice.Status.QUEUED, next_try_at__lte=moment).update(
        maybe_twice=Case(When(claimed_until__isnull=False, then=Value(True)), default=F("maybe_twice")),
        claimed_until=moment + CLAIM,
        attempts=F("attempts") + 1,
    )
    return Notice.objects.get(pk=notice_id) if taken else None


def _wait_for_settings(notice: Notice) -> str:
    """Look again in an hour; after two days it is failed."""
    moment = now()
    over = notice.queued_at + LONGEST_FOR_SETTINGS <= moment
    Notice.objects.filter(pk=notice.pk).update(
        status=Notice.Status.FAILED if over else Notice.Status.QUEUED,
        claimed_until=None,
        attempts=F("attempts") - 1,
        next_try_at=moment + WAIT_FOR_SETTINGS,
        error=NOT_SET_UP,
    )
    return "failed" if over else "waiting"


def _not_sent(notice: Notice, error: Exception) -> str:
    """Note the failure: try later, by another way, or give up where that cannot help."""
    left = any(ways.is_set_up(channel) for channel, _address in notice.others)
    hopeless = notice.attempts >= (FEW_ATTEMPTS if left else MOST_ATTEMPTS) or mail.is_hopeless(error)
    wait = min(timedelta(minutes=2 ** (notice.attempts - 1)), LONGEST_WAIT)
    # Whose address it is stays out of the log.
    text = wordings.clean(of_machine(error).replace(notice.recipient, "…"))[:300]
    log.warning("notice %s not sent (try %s%s): %s", notice.pk, notice.attempts, ", given up" if hopeless else "", text)
    if hopeless and (answer := _by_another_way(notice, text)):
        return answer
    Notice.objects.filter(pk=notice.pk).update(
        status=Notice.Status.FAILED if hopeless else Notice.Status.QUEUED,
        claimed_until=None,
        next_try_at=now() + wait,
        error=text,
    )
    return "failed" if hopeless else "retry"


def bounced(notice_id: int, why: str) -> str:
    """A mail server took a letter and sent it back later: it did not arrive, the next way is tried.

    Returns what became of it, as `deliver`; skipped for a letter that is not known as sent.
    """
    notice = Notice.objects.filter(
        pk=notice_id, channel=Notice.Channel.MAIL, status=Notice.Status.SENT, erased_at__isnull=True
    ).first()
    if notice is None:
        return "skipped"
    text = wordings.clean(why.replace(notice.recipient, "…"))[:300] or BOUNCED
    if answer := _by_another_way(notice, text):
        return answer
    Notice.objects.filter(pk=notice.pk).update(status=Notice.Status.FAILED, error=text)
    return "failed"


def sweep(limit: int = 200) -> int:
    """Send what is due in the current council (`tick`): retries, and what a killed machine left; how many left."""
    moment = now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=moment)
    due = Notice.objects.filter(free, status=Notice.Status.QUEUED, next_try_at__lte=moment)
    numbers = list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit])
    return sum(deliver(number) == "sent" for number in numbers)
