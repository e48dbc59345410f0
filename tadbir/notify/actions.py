"""The writers of notices: queue with the deed, send after it, try again, give up aloud, forget, erase.

At least once: a sender killed after the server took the message and before that was noted leaves a claim that
runs out; the message is then sent again and marked `maybe_twice`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_noop

from tadbir.councils.clock import now
from tadbir.councils.models import Council
from tadbir.councils.scope import current_council
from tadbir.dossiers.definitions import own_wordings
from tadbir.notify import late, mail, wordings
from tadbir.notify.gateways import GatewayError, gateway
from tadbir.notify.models import Notice
from tadbir.notify.segments import as_sent
from tadbir.reading import telephone
from tadbir.reading.mail import read_address

log = logging.getLogger("tadbir.notify")
#: Longer than any sending lasts: only a killed sender outlives his claim.
CLAIM = timedelta(minutes=5)
#: Waits before the second, third… try: 1, 2, 4… minutes, at most 6 hours; then the notice is failed.
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 14
#: A letter without a mail server waits this long without counting as tried.
WAIT_FOR_SETTINGS = timedelta(hours=1)
#: How long words and recipient are kept once the notice left, and once it was given up: somebody may have to call.
SENT_KEPT, FAILED_KEPT = timedelta(days=7), timedelta(days=60)
#: Notices forgotten in one round.
FORGOTTEN_AT_ONCE = 500

NO_PHONE = gettext_noop("This is not a telephone number that can receive text messages.")
NO_ADDRESS = gettext_noop("This is not an e-mail address.")
NOT_SET_UP = gettext_noop("No mail server has been set up.")
ERASED = gettext_noop("It was erased before it left.")


def queue(
    code: str,
    *,
    channel: str,
    recipient: str,
    language: str,
    values: Mapping[str, object],
    key: str,
    dossier_ref: str = "",
) -> Notice | None:
    """Queue a notice in the caller's transaction: it exists if and only if the deed does, and leaves after commit.

    The same key gives the same notice again. A recipient that cannot be reached makes a failed notice, never an
    error: a receipt does not fail because of a telephone number. None where the council stopped a notice to its
    agents. Raises UnknownWording (see wordings.toml).
    """
    own = own_wordings()
    mine = own.get(code, {})
    if mine is None:
        return None
    words = wordings.fill(
        code, language, {**values, **late.places()}, isolate=channel == Notice.Channel.MAIL, own={code: mine}
    )
    address, error = _reach(channel, recipient)
    notice = Notice(
        code=code,
        channel=channel,
        recipient=address,
        language="fr" if language == "fr" else "ar",
        subject=words.subject,
        body=words.text,
        dossier_ref=dossier_ref,
        key=key,
        queued_at=(moment := now()),
        next_try_at=moment,
        status=Notice.Status.FAILED if error else Notice.Status.QUEUED,
        error=error,
    )
    try:
        with transaction.atomic():
            notice.save()
            if not error:
                _wake(notice)
    except IntegrityError:  # it was queued before
        return Notice.objects.get(key=key)
    return notice


def _reach(channel: str, recipient: str) -> tuple[str, str]:
    """The address to use, and why it cannot be used (empty when it can)."""
    if channel == Notice.Channel.MAIL:
        address = read_address(recipient)
        return (address, "") if address else (wordings.clean(recipient)[:254], NO_ADDRESS)
    number = telephone.read_telephone(recipient)
    if number and telephone.takes_text(number):
        return number, ""
    return wordings.clean(recipient)[:254], NO_PHONE


def _wake(notice: Notice) -> None:
    """Put a job beside the notice, in the same transaction; if it is lost, `sweep` finds the notice."""
    from django_q.tasks import async_task  # its settings are read on import

    async_task("tadbir.notify.tasks.deliver", notice.council_id, notice.pk, save=False, ack_failure=True)


def deliver(notice_id: int) -> str:
    """Send one notice of the current council if it is due and nobody else is at it.

    Returns sent, retry, failed, waiting (no server set up) or skipped. Never inside a transaction.
    """
    notice = _claim(notice_id)
    if notice is None:
        return "skipped"
    council = current_council()
    try:
        notice.body = late.complete(notice.body, notice.dossier_ref)  # leaves so, and is never kept so
        if notice.channel == Notice.Channel.MAIL:
            mail.send(notice, council)
        else:
            way_out = gateway(_text_settings(council))
            way_out.send(notice.recipient, as_sent(notice.body), _reference(notice), notice.queued_at)
    except mail.MailNotSetUp:
        return _wait_for_settings(notice)
    except (SMTPException, GatewayError, OSError, ValueError) as error:
        return _not_sent(notice, error)
    Notice.objects.filter(pk=notice.pk).update(status=Notice.Status.SENT, sent_at=now(), claimed_until=None, error="")
    return "sent"


def _reference(notice: Notice) -> str:
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


def _text_settings(council: Council) -> Mapping[str, object]:
    own = council.settings.get("text_messages") if isinstance(council.settings, dict) else None
    return own if isinstance(own, dict) and own.get("kind") else settings.TEXT_GATEWAY


def _wait_for_settings(notice: Notice) -> str:
    Notice.objects.filter(pk=notice.pk).update(
        claimed_until=None, attempts=F("attempts") - 1, next_try_at=now() + WAIT_FOR_SETTINGS, error=NOT_SET_UP
    )
    return "waiting"


def _not_sent(notice: Notice, error: Exception) -> str:
    """Note the failure: try later, or give up where that cannot help."""
    hopeless = notice.attempts >= MOST_ATTEMPTS or mail.is_hopeless(error)
    wait = min(timedelta(minutes=2 ** (notice.attempts - 1)), LONGEST_WAIT)
    # Whose address it is stays out of the log.
    text = wordings.clean(f"{type(error).__name__}: {error}".replace(notice.recipient, "…"))[:300]
    Notice.objects.filter(pk=notice.pk).update(
        status=Notice.Status.FAILED if hopeless else Notice.Status.QUEUED,
        claimed_until=None,
        next_try_at=now() + wait,
        error=text,
    )
    log.warning("notice %s not sent (try %s%s): %s", notice.pk, notice.attempts, ", given up" if hopeless else "", text)
    return "failed" if hopeless else "retry"


def sweep(limit: int = 200) -> int:
    """Send what is due in the current council (`tick`): retries, and what a killed machine left; how many left."""
    moment = now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=moment)
    due = Notice.objects.filter(free, status=Notice.Status.QUEUED, next_try_at__lte=moment)
    numbers = list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit])
    return sum(deliver(number) == "sent" for number in numbers)


def retry(notice: Notice, recipient: str = "") -> Notice:
    """Try a failed notice again, perhaps to a corrected recipient; its count of tries starts anew."""
    if notice.status != Notice.Status.FAILED or notice.erased_at is not None:
        return notice
    address, error = _reach(notice.channel, recipient or notice.recipient)
    notice.recipient, notice.error = address, error
    if not error:
        notice.status, notice.attempts, notice.next_try_at = Notice.Status.QUEUED, 0, now()
    with transaction.atomic():
        notice.save()
        if not error:
            _wake(notice)
    return notice


def forget_delivered() -> int:
    """Keep of old notices what proves the sending: channel, kind, masked recipient, when, result (`tick`).

    Returns how many were forgotten.
    """
    left = Q(status=Notice.Status.SENT, sent_at__lt=now() - SENT_KEPT)
    given_up = Q(status=Notice.Status.FAILED, queued_at__lt=now() - FAILED_KEPT)
    chosen = Notice.objects.filter(left | given_up, erased_at__isnull=True).order_by("pk")[:FORGOTTEN_AT_ONCE]
    for notice in (found := list(chosen)):
        Notice.objects.filter(pk=notice.pk).update(recipient=_masked(notice), subject="", body="", erased_at=now())
        _take_back(notice)
    return len(found)


def _masked(notice: Notice) -> str:
    """Enough of the recipient to recognise him by, not enough to write to him."""
    if notice.channel == Notice.Channel.MAIL:
        return mail.masked(notice.recipient)
    return telephone.masked(telephone.read_telephone(notice.recipient) or "")


def _take_back(notice: Notice) -> None:
    """Take away the copy that a text message left in the folder of its way out, if it is still there."""
    if notice.channel != Notice.Channel.TEXT:
        return
    try:
        gateway(_text_settings(current_council())).forget(notice.recipient, _reference(notice), notice.queued_at)
    except GatewayError as error:
        log.warning("the copy of notice %s could not be taken away: %s", notice.pk, error)


def erase_all_of(dossier_ref: str) -> int:
    """Erase every notice of a dossier (law 09-08): what waits will not leave, copies in outgoing folders go too."""
    notices = list(Notice.objects.filter(dossier_ref=dossier_ref))
    Notice.objects.filter(dossier_ref=dossier_ref, status=Notice.Status.QUEUED).update(
        status=Notice.Status.FAILED, claimed_until=None
    )
    Notice.objects.filter(dossier_ref=dossier_ref, status=Notice.Status.FAILED).update(error=ERASED)
    Notice.objects.filter(dossier_ref=dossier_ref).update(recipient="", subject="", body="", erased_at=now())
    for notice in notices:
        transaction.on_commit(partial(_take_back, notice), robust=True)
    return len(notices)
