"""The readers of notices: of a dossier, those that reached nobody, and whether the ways out work (`tadbir check`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tadbir.councils.clock import CASABLANCA, now
from tadbir.councils.scope import current_council
from tadbir.notify import mail, ways
from tadbir.notify.gateways import GatewayError, gateway, settings_of
from tadbir.notify.models import Notice
from tadbir.notify.reasons import NOT_SET_UP, in_words
from tadbir.notify.wordings import PLACE, catalogue

#: A notice or a message that waits longer than this is worth a word.
LATE = timedelta(minutes=30)
#: Dossiers that `tadbir check` names.
NAMED = 20
#: Reasons that it tells.
REASONS = 3


class Finding(NamedTuple):
    """One line of `tadbir check`: level is ok, warning or error."""

    level: str
    text: str


def unreached() -> QuerySet[Notice]:
    """Notices that nobody got: given up, or without any way out. Somebody must tell these people."""
    stuck = Q(status=Notice.Status.FAILED) | Q(status=Notice.Status.QUEUED, error=NOT_SET_UP)
    unsent = ~Q(status=Notice.Status.SENT)  # said for the index that holds no others
    return Notice.objects.filter(stuck, unsent, erased_at__isnull=True)


def unreached_people() -> QuerySet[Notice]:
    """The same, without what was for agents and witnesses, and what the person has in his hand."""
    return _of_people().filter(in_hand=False)


def failed_to_reach(dossier_ref: str) -> bool:
    """Whether the ways that the person of a dossier left did not work once, be it for what he has in his hand."""
    return _of_people().filter(dossier_ref=dossier_ref).exclude(recipient="").exists()


def _of_people() -> QuerySet[Notice]:
    others = [code for code, shipped in catalogue().items() if "to" in shipped]
    return unreached().exclude(dossier_ref="").exclude(code__in=others)


def can_leave(notice: Notice) -> bool:
    """Whether sending it again, as it is, may reach its person: the address can be used, and a way out is set up."""
    return bool(ways.usable(ways.Way(notice.channel, notice.recipient))) and ways.is_set_up(notice.channel)


def last_of(code: str) -> Notice | None:
    """The last notice of a kind."""
    return Notice.objects.filter(code=code).order_by("-pk").first()


def outward_addresses() -> list[str]:
    """Where notices of the current council leave to: only what the council typed."""
    server = mail.settings_of(current_council())
    found = [f"{server['host']}:{server.get('port', 587)}"] if server.get("host") else []
    text = settings_of(current_council())
    leaves = text.get("kind") not in (None, "", "file")
    return [*found, f"{text.get('kind')}:{text.get('folder')}"] if leaves else found


def health() -> list[Finding]:
    """What `tadbir check` says of the notices of the current council."""
    moment = now()
    found = [*_ways_out(moment), *_waiting(moment), *_unreached()]
    twice = Notice.objects.filter(maybe_twice=True, queued_at__gt=moment - timedelta(days=30)).count()
    if twice:
        text = _("Notices of the last 30 days that may have been received twice: %(count)s.")
        found.append(Finding("warning", text % {"count": twice}))
    return found or [Finding("ok", _("Notices leave."))]


def _ways_out(moment: datetime) -> Iterator[Finding]:
    """By which channels nothing can leave, and a modem that takes nothing."""
    council = current_council()
    if settings.EMAIL_BACKEND == mail.SMTP and not mail.settings_of(council).get("host"):
        yield Finding("warning", _("No mail server has been set up: nobody is told by e-mail."))
    elif mail.writes_files() and not settings.REHEARSAL:
        yield Finding("warning", _("Letters are written into files: nobody receives them. This is for demonstrations."))
    text = settings_of(council)
    if text.get("kind") == "file" and not settings.REHEARSAL:
        told = _("Text messages are written into files: nobody receives them. This is for demonstrations.")
        yield Finding("warning", told)
    try:
        stuck = gateway(text).waiting(moment - LATE)
        if stuck:
            told = _("Text messages waiting for the modem: %(count)s. Is gammu-smsd running?")
            yield Finding("error", told % {"count": stuck})
    except GatewayError:
        yield Finding("warning", _("No way out for text messages has been set up: nobody is told by telephone."))
    if not ways.open_channels():
        yield Finding("warning", _("Nobody can be told anything: set up a mail server or a modem."))


def _unreached() -> Iterator[Finding]:
    """Whom nothing reached: the dossiers of people, the mails of agents and witnesses. No name, no address."""
    people = list(unreached_people().values_list("dossier_ref", flat=True).distinct()[: NAMED + 1])
    if people:
        text = _("People who could not be told; call them, from the office page “Not told”: %(dossiers)s")
        yield Finding("warning", text % {"dossiers": ", ".join(people[:NAMED]) + ("…" if len(people) > NAMED else "")})
    others = unreached().exclude(pk__in=_of_people().values("pk")).order_by()
    counted = others.values_list("code").annotate(count=Count("pk"))
    if counted:
        text = _("Mails to agents and witnesses that did not leave: %(codes)s")
        told = ", ".join(f"{_subject(code)} ({count})" for code, count in counted)
        yield Finding("warning", text % {"codes": told + _why(others)})


def _subject(code: str) -> str:
    """What a notice is about, as its letter says it, without what differs from one to another."""
    shipped = catalogue().get(code)
    french = (get_language() or "ar").startswith("fr")
    said = str(shipped["subject_fr" if french else "subject_ar"]) if shipped else code
    return f"«{PLACE.sub('…', said)}»"


def _why(notices: QuerySet[Notice]) -> str:
    """The reasons that these notices did not leave, each once, in words: no address stands in them."""
    reasons = dict.fromkeys(in_words(kept) for kept in notices.exclude(error="").values_list("error", flat=True)[:500])
    return f": {'; '.join(list(reasons)[:REASONS])}" if reasons else ""


def _waiting(moment: datetime) -> Iterator[Finding]:
    """How many notices wait, since when, and by which way they were tried in vain. No name, no address."""
    queued = Notice.objects.filter(status=Notice.Status.QUEUED).exclude(error=NOT_SET_UP)
    waiting = queued.aggregate(count=Count("pk"), oldest=Min("queued_at"))
    if waiting["count"]:
        level = "warning" if waiting["oldest"] < moment - LATE else "ok"
        since = f"{waiting['oldest'].astimezone(CASABLANCA):%Y-%m-%d %H:%M}"
        text = _("%(count)s notices wait, the oldest since %(since)s.")
        yield Finding(level, text % {"count": waiting["count"], "since": since})
    tried = queued.filter(attempts__gt=0).exclude(claimed_until__gte=moment).order_by("channel")
    for channel, count in tried.values_list("channel").annotate(count=Count("pk")):
        text = _("%(channel)s: %(count)s were tried, could not leave, and will be tried again.")
        told = text % {"channel": Notice.Channel(channel).label, "count": count}
        yield Finding("warning", told + _why(tried.filter(channel=channel)))
