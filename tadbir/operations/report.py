"""What `tadbir check` looks at, council by council. Each line says what was looked at and what to do."""

import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django_q.models import OrmQ, Schedule

from tadbir.acts.keys import lost_key
from tadbir.acts.models import SealKey
from tadbir.councils import queries as who
from tadbir.councils.clock import now, today
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database import integrity
from tadbir.dossiers.clockwork import left_behind
from tadbir.dossiers.definitions import changes_in_force, overlaid
from tadbir.notify import own
from tadbir.notify import queries as notices
from tadbir.operations import certificates, disks, edition, packages, proving, signer, spans
from tadbir.operations.actions import EVERY
from tadbir.operations.differences import in_words
from tadbir.operations.home import SIGN_OF_LIFE
from tadbir.operations.rows import tables_are_older
from tadbir.operations.start import refuse_to_start, words_of_lost_keys
from tadbir.procedures.queries import with_later_text
from tadbir.register.judging import stops
from tadbir.register.queries import head
from tadbir.ui.dates import days_words

GOOD, WARN, BAD = "good", "warn", "bad"
#: The levels of the notices' own report.
OF_FINDING = {"ok": GOOD, "warning": WARN, "error": BAD}
#: Megabytes: below the first, warn; below the second, stop and make room.
LOW_DISK, NO_DISK = 2000, 300
#: Seconds without a sign of the server, or after the hour of a round, when something has stopped.
SILENT, LATE_ROUND = 90, 2 * EVERY * 60


@dataclass(frozen=True)
class Line:
    """One thing looked at."""

    level: str
    what: str
    detail: str = ""


def machine() -> Iterator[Line]:
    """The machine and the installation."""
    try:
        refuse_to_start()
        yield Line(GOOD, _("Safe to start: SQLite, disk, time zones, triggers, migrations, clock"))
    except ImproperlyConfigured as error:
        yield Line(BAD, _("Not safe to start"), str(error))
    yield from _program()
    yield from _disk()
    yield from _packages()
    yield from _backup()
    yield from _privacy()
    yield from _certificate()
    yield from _https()
    if not tables_are_older():
        if not Council.objects.exists():
            yield Line(BAD, _("Councils"), _("The database holds none: restore a backup (“tadbir restore”)."))
        yield from _database()
        yield from _server()
        yield from _queue()
        yield from outward()


def _program() -> Iterator[Line]:
    """Which program this is, and which one last brought the database up."""
    here, before = edition.here(), edition.noted()
    text = _("%(here)s; the database was last brought up by %(before)s")
    yield Line(GOOD if here == before else WARN, _("Program"), text % {"here": here, "before": before or "—"})


def _disk() -> Iterator[Line]:
    free = shutil.disk_usage(settings.HOME).free // 1_000_000
    level = BAD if free < NO_DISK else WARN if free < LOW_DISK else GOOD
    yield Line(level, _("Room on the disk"), _("%(free)s MB free") % {"free": free})


def _packages() -> Iterator[Line]:
    """Whether this environment is the one that was tried."""
    found = packages.differing()
    detail = "; ".join(found[:5]) or _("the versions that were tried, see “tadbir docs --lock”")
    yield Line(WARN if found else GOOD, _("Packages"), detail)


def _database() -> Iterator[Line]:
    """What the database says of itself."""
    found = integrity.problems()
    detail = "; ".join(found[:5]) or _("pages, indexes and references are sound")
    yield Line(BAD if found else GOOD, _("Database"), detail)


def _backup() -> Iterator[Line]:
    said = Path(settings.HOME) / "last-backup"
    if not said.exists():
        yield Line(WARN, _("Backup"), _("None was taken: “tadbir backup FILE”, onto another disk."))
        return
    age = now().timestamp() - said.stat().st_mtime
    values: dict[str, Any] = {"hours": int(age // spans.HOUR), "file": said.read_text("utf-8").strip()}
    if disks.is_there(values["file"]):
        level = BAD if age > 7 * spans.DAY else WARN if age > 2 * spans.DAY else GOOD
        told = _("%(hours)s hours old: %(file)s") % values
        if disks.is_on_the_disk_of(Path(settings.HOME), Path(values["file"])):
            level, told = (WARN if level == GOOD else level), f"{told}. {disks.advice()}"
        yield Line(level, _("Backup"), told)
    else:
        text = _("%(file)s, taken %(hours)s hours ago, is not there: deleted, or its disk is unplugged.")
        yield Line(BAD, _("Backup"), text % values)
    yield Line(GOOD, _("Backups are signed by"), signer.fingerprint(Path(settings.HOME)))


def _privacy() -> Iterator[Line]:
    """The folder and the database are the service's alone."""
    places = [Path(settings.HOME), *Path(settings.HOME).glob("tadbir.sqlite3*")]
    wide = [str(path) for path in places if path.stat().st_mode & 0o077]
    yield Line(BAD if wide else GOOD, _("Only the service can read the folder"), ", ".join(wide))


def _certificate() -> Iterator[Line]:
    path = Path(settings.HOME) / "tls" / "server.crt"
    if trouble := certificates.unreadable(path.parent):
        yield Line(BAD, _("Certificate"), trouble)
        return
    if not path.exists():
        level = WARN if settings.HTTPS else GOOD
        yield Line(level, _("Certificate"), _("None here: HTTPS is somebody else's work, or there is none."))
        return
    left = int((certificates.end_of(path) - now()).total_seconds() // spans.DAY)
    level = BAD if left < 3 else WARN if left < 30 else GOOD
    yield Line(level, _("Certificate"), certificates.expired(path.parent, now()) or spans.until(left))


def _https() -> Iterator[Line]:
    """What `tadbir.toml` asks for and cannot have, and whom the installation believes."""
    if settings.OWN.get("hsts_days") and not settings.HSTS_SECONDS:
        yield Line(WARN, _("HTTPS only (HSTS)"), _("asked for, but never sent with a local authority or without HTTPS"))
    elif settings.HSTS_SECONDS:
        yield Line(GOOD, _("HTTPS only (HSTS)"), days_words(settings.HSTS_SECONDS // spans.DAY))
    yield Line(GOOD, _("Trusted proxies"), ", ".join(settings.TRUSTED_PROXIES) or _("none"))


def _server() -> Iterator[Line]:
    """Whether the supervisor of `tadbir serve` lives: it leaves a sign twice a minute."""
    sign = Path(settings.HOME) / SIGN_OF_LIFE
    if not sign.exists():
        yield Line(WARN, _("Server"), _("Never started: “tadbir serve”."))
        return
    seconds = now().timestamp() - sign.stat().st_mtime
    when = localtime(datetime.fromtimestamp(sign.stat().st_mtime, UTC))
    values = {"when": f"{when:%Y-%m-%d %H:%M}", "ago": spans.ago(seconds)}
    if seconds > SILENT:
        text = _("It is stopped: its last sign of life was %(ago)s (%(when)s).")
        yield Line(BAD, _("Server"), text % values)
    else:
        yield Line(GOOD, _("Server"), _("works: last sign of life %(when)s") % values)


def _queue() -> Iterator[Line]:
    oldest = OrmQ.objects.order_by("pk").first()
    waiting = OrmQ.objects.count()
    round_ = Schedule.objects.filter(name="tick").first()
    late = (now() - round_.next_run).total_seconds() if round_ and round_.next_run else None
    stuck = bool(oldest and (now() - oldest.lock).total_seconds() > spans.HOUR) if oldest and oldest.lock else False
    detail = ngettext("%(count)s job waits", "%(count)s jobs wait", waiting) if waiting else _("no job waits")
    yield Line(BAD if stuck else GOOD, _("Queue"), detail % {"count": waiting})
    if late is None:
        yield Line(WARN, _("Round of the delays"), _("Never scheduled: start “tadbir serve”."))
    else:
        when = _("next: %(when)s") % {"when": f"{localtime(round_.next_run):%Y-%m-%d %H:%M}"}
        yield Line(BAD if late > LATE_ROUND else GOOD, _("Round of the delays"), when)


def outward() -> Iterator[Line]:
    """Every address this installation speaks to. There are no others."""
    found = []
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            found += [address for address in notices.outward_addresses() if address not in found]
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        found.append(f"{settings.DATABASES['default']['HOST']} ({_('database')})")
    yield Line(GOOD, _("Addresses this program speaks to"), ", ".join(found) or _("none"))


def of_council(council: Council) -> Iterator[Line]:
    """The register, the keys and the notices of one council."""
    with council_scope(council):
        for part in (_register, _seal_key, _notices, lambda: _witnesses(council), _definitions):
            yield from _looked_at(part)


def _looked_at(part: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    """The lines of one part; where something stands there that the program never wrote, that is said, and the rest."""
    try:
        yield from part()
    except Exception as error:
        if stops(error):
            raise
        text = _("cannot be read: something stands there that Tadbir never wrote (%(kind)s); run “tadbir prove”")
        yield Line(BAD, _("A part of the register"), text % {"kind": type(error).__name__})


def _seal_key() -> Iterator[Line]:
    key = SealKey.objects.filter(revoked_at__isnull=True).order_by("-ends_at").first()
    left = int((key.ends_at - now()).total_seconds() // spans.DAY) if key else -1
    level = BAD if left < 0 else WARN if left < 60 else GOOD
    detail = spans.until(left) if key else _("none")
    if key and (lost := lost_key()):
        level, detail = BAD, words_of_lost_keys([lost])
    yield Line(level, _("Seal key"), detail)


def _notices() -> Iterator[Line]:
    for finding in notices.health():
        yield Line(OF_FINDING[finding.level], _("Notices"), finding.text)


def _witnesses(council: Council) -> Iterator[Line]:
    witness = council.settings.get("witness_emails", [])
    level = GOOD if len(witness) >= 2 else WARN
    detail = ", ".join(map(str, witness)) or _("choose two addresses outside the council")
    yield Line(level, _("Witnesses of the register"), detail)


def _register() -> Iterator[Line]:
    """The chain, what stands beside it, and when all of it was last proved."""
    found = proving.found_now()
    seq, digest = head()
    detail = "; ".join(map(in_words, found[:5])) or _("%(count)s links, head %(head)s") % {
        "count": seq,
        "head": digest[:16],
    }
    yield Line(BAD if found else GOOD, _("Register"), detail)
    now = proving.standing()
    values = {"day": now.whole or "—", "begun": now.begun or "—", "days": proving.CYCLE}
    text = _("the rounds go through all of it in %(days)s days; last whole: %(day)s; the present one began: %(begun)s")
    late = proving.days_behind(now) > proving.CYCLE
    level = BAD if now.found or now.ended_found else WARN if late else GOOD
    more = "; " + _("this is too long ago: “tadbir prove” proves it now") if late else ""
    yield Line(level, _("Proof of the register"), text % values + more)


def _definitions() -> Iterator[Line]:
    """The council's own definitions: how many there are, and those that a new version brought into question."""
    waits = [
        _("%(code)s (the shipped rule applies)") % {"code": one.rule} if one.applies == "shipped" else one.rule
        for one in overlaid().conflicts
    ] + own.waiting()
    detail = _("%(count)s changes by the council") % {"count": changes_in_force()}
    if waits:
        codes = {"codes": ", ".join(waits)}
        detail += "; " + _("a new version brought other texts, decide in the office: %(codes)s") % codes
    yield Line(WARN if waits else GOOD, _("Rules and wordings"), detail)
    if behind := left_behind():
        yield Line(BAD, _("Dossiers whose dates could not be counted anew"), ", ".join(behind))
    later = with_later_text()
    yield Line(WARN if later else GOOD, _("Sheets with a newer text in the catalogue"), ", ".join(later) or _("none"))


def demands() -> list[dict[str, Any]]:
    """What the laws ask of the council itself, as data."""
    text = (files("tadbir.operations") / "data" / "law_demands.toml").read_text("utf-8")
    return list(tomllib.loads(text)["demand"])


def law_lines(council: Council) -> Iterator[Line]:
    """One line for each demand: said to be done, or still to do. Nothing here stops the program."""
    french = (get_language() or "ar").startswith("fr")
    for demand in demands():
        text = demand["fr" if french else "ar"]
        mark = "" if demand["confidence"] == "verified" else " [M]"
        level = GOOD if _is_done(council, demand["done_by"]) else WARN
        yield Line(level, f"{demand['law']}, {demand['article']}{mark}", text)


def _is_done(council: Council, done_by: str) -> bool:
    if done_by.startswith("role:"):
        with council_scope(council):
            return who.people_with(done_by.partition(":")[2], today()).exists()
    return bool(council.settings.get("law", {}).get(done_by))
