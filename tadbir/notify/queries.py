"""The readers of notices: of a dossier, those that failed, and whether the ways out work (`tadbir check`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from tadbir.councils.clock import CASABLANCA, now
from tadbir.councils.scope import current_council
from tadbir.notify import mail
from tadbir.notify.actions import _text_settings
from tadbir.notify.gateways import GatewayError, gateway
from tadbir.notify.models import Notice

#: A notice or a message that waits longer than this is worth a word.
LATE = timedelta(minutes=30)


class Finding(NamedTuple):
    """One line of `tadbir check`: level is ok, warning or error."""

    level: str
    text: str


def failed() -> QuerySet[Notice]:
    """Notices that were given up: somebody must call the person, or correct the address and `retry`."""
    return Notice.objects.filter(status=Notice.Status.FAILED, erased_at__isnull=True)


def outward_addresses() -> list[str]:
    """Where notices of the current council leave to: only what the council typed."""
    server = mail.settings_of(current_council())
    found = [f"{server['host']}:{server.get('port', 587)}"] if server.get("host") else []
    text = _text_settings(current_council())
    leaves = text.get("kind") not in (None, "", "file")
    return [*found, f"{text.get('kind')}:{text.get('folder')}"] if leaves else found


def health() -> list[Finding]:
    """What `tadbir check` says of the notices of the current council."""
    council, moment = current_council(), now()
    found: list[Finding] = []
    if settings.EMAIL_BACKEND == mail.SMTP and not mail.settings_of(council).get("host"):
        found.append(Finding("warning", _("No mail server has been set up: letters wait.")))
    try:
        stuck = gateway(_text_settings(council)).waiting(moment - LATE)
        if stuck:
            text = _("Text messages waiting for the modem: %(count)s. Is gammu-smsd running?")
            found.append(Finding("error", text % {"count": stuck}))
    except GatewayError:
        found.append(Finding("warning", _("No way out for text messages has been set up.")))
    found += _waiting(moment)
    given_up = failed().count()
    if given_up:
        text = _("Notices given up: %(count)s. Call these persons or correct the address.")
        found.append(Finding("warning", text % {"count": given_up}))
    twice = Notice.objects.filter(maybe_twice=True, queued_at__gt=moment - timedelta(days=30)).count()
    if twice:
        text = _("Notices of the last 30 days that may have been received twice: %(count)s.")
        found.append(Finding("warning", text % {"count": twice}))
    return found or [Finding("ok", _("Notices leave."))]


def _waiting(moment: datetime) -> Iterator[Finding]:
    """How many notices wait, since when, and by which way they were tried in vain. No name, no address."""
    queued = Notice.objects.filter(status=Notice.Status.QUEUED)
    waiting = queued.aggregate(count=Count("pk"), oldest=Min("queued_at"))
    if waiting["count"]:
        level = "warning" if waiting["oldest"] < moment - LATE else "ok"
        since = f"{waiting['oldest'].astimezone(CASABLANCA):%Y-%m-%d %H:%M}"
        text = _("%(count)s notices wait, the oldest since %(since)s.")
        yield Finding(level, text % {"count": waiting["count"], "since": since})
    tried = queued.filter(attempts__gt=0).exclude(claimed_until__gte=moment).order_by("channel")
    for channel, count in tried.values_list("channel").annotate(count=Count("pk")):
        text = _("%(channel)s: %(count)s were tried, could not leave, and will be tried again.")
        yield Finding("warning", text % {"channel": Notice.Channel(channel).label, "count": count})
