"""What is forgotten of notices: after a while, and when a dossier is erased (law 09-08)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from tadbir.councils.clock import now
from tadbir.councils.scope import current_council
from tadbir.notify import mail
from tadbir.notify.actions.sending import log, reference
from tadbir.notify.gateways import GatewayError, gateway, settings_of
from tadbir.notify.models import Notice
from tadbir.notify.reasons import ERASED
from tadbir.reading import telephone

#: How long words and recipient are kept once the notice left, and once it was given up: somebody may have to call.
SENT_KEPT, FAILED_KEPT = timedelta(days=7), timedelta(days=60)
#: Notices forgotten in one round.
FORGOTTEN_AT_ONCE = 500


def forget_delivered() -> int:
    """Keep of old notices what proves the sending: channel, kind, masked recipient, when, result (`tick`).

    Returns how many were forgotten.
    """
    left = Q(status=Notice.Status.SENT, sent_at__lt=now() - SENT_KEPT)
    given_up = Q(status__in=(Notice.Status.FAILED, Notice.Status.SETTLED), queued_at__lt=now() - FAILED_KEPT)
    chosen = Notice.objects.filter(left | given_up, erased_at__isnull=True).order_by("pk")[:FORGOTTEN_AT_ONCE]
    for notice in (found := list(chosen)):
        Notice.objects.filter(pk=notice.pk).update(
            recipient=_masked(notice), others=[], subject="", body="", erased_at=now()
        )
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
        gateway(settings_of(current_council())).forget(notice.recipient, reference(notice), notice.queued_at)
    except GatewayError as error:
        log.warning("the copy of notice %s could not be taken away: %s", notice.pk, error)


def erase_all_of(dossier_ref: str) -> int:
    """Erase every notice of a dossier (law 09-08): what waits will not leave, copies in outgoing folders go too."""
    notices = list(Notice.objects.filter(dossier_ref=dossier_ref))
    Notice.objects.filter(dossier_ref=dossier_ref, status=Notice.Status.QUEUED).update(
        status=Notice.Status.FAILED, claimed_until=None
    )
    Notice.objects.filter(dossier_ref=dossier_ref, status=Notice.Status.FAILED).update(error=ERASED)
    Notice.objects.filter(dossier_ref=dossier_ref).update(recipient="", others=[], subject="", body="", erased_at=now())
    for notice in notices:
        transaction.on_commit(partial(_take_back, notice), robust=True)
    return len(notices)
