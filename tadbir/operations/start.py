"""What must be true before the server and the queue take work. Each refusal is one clear sentence."""

import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils.translation import gettext as _

from tadbir.acts.keys import lost_key
from tadbir.councils import address
from tadbir.councils.clock import TOLERANCE, now
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity
from tadbir.database.checks import refuse_unsafe_start
from tadbir.operations import certificates, home, rows
from tadbir.operations.belonging import refuse_an_older_copy, refuse_another_database
from tadbir.operations.proving import upgrade_unfinished, upgrade_waits
from tadbir.register.models import Entry
from tadbir.ui.assets import as_gathered

#: Days without an entry after which a clock may be ahead.
DOUBTED = 60


def refuse_to_start() -> None:
    """Raises ImproperlyConfigured with the first thing that is not as it must be."""
    folder = Path(settings.HOME)
    refuse_files_of_another_user(folder)
    refuse_other_tables()
    refuse_unsafe_start()
    refuse_wrong_proxies()
    refuse_clock_gone_back()
    refuse_an_older_copy()
    if trouble := certificates.unreadable(folder / "tls"):
        raise ImproperlyConfigured(trouble)
    if (folder / "tls" / "server.crt").exists():
        certificates.renew_if_ending(folder / "tls", settings.OWN.get("hosts") or ["localhost"], now())


def refuse_database(*, tables: bool, records: bool) -> str:
    """What each command asks of the database before it works; more where it needs its tables, or records something.

    Returns what is said of a clock that may be ahead. Raises ImproperlyConfigured.
    """
    refuse_another_database()
    if tables:
        refuse_other_tables()
    if not records:
        return ""
    doubt = question_clock()
    refuse_an_older_copy()
    return doubt


def refuse_files_of_another_user(folder: Path) -> None:
    """Files that a command of root left there are files that this service cannot write, or read."""
    if found := home.strangers(folder):
        text = _("%(files)s: of another user. Give these to %(user)s: “sudo chown -h %(user)s %(quoted)s”.")
        names, quoted = ", ".join(map(str, found[:3])), shlex.join(map(str, found[:3]))
        raise ImproperlyConfigured(text % {"files": names, "user": home.user_name(), "quoted": quoted})


def folders_without_key() -> list[str]:
    """Where the seal key of a council is lost; empty where all are there."""
    found = []
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            found.append(lost_key())
    return [folder for folder in found if folder]


def lost_seal_keys() -> str:
    """The councils that can seal nothing, in a sentence; nothing where all can. They start all the same."""
    lost = folders_without_key()
    return words_of_lost_keys(lost) if lost else ""


def unfinished_upgrades() -> str:
    """The councils whose register waits for `tadbir migrate`, in sentences; nothing where none does."""
    found = []
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            if upgrade_waits():
                found.append(upgrade_unfinished(council.slug))
    return "\n".join(found)


def words_of_lost_keys(folders: Sequence[str]) -> str:
    """What is said where seal keys are lost."""
    text = _(
        "%(folders)s: the seal key is not there, cannot be read or is not the one of the register. Nothing can be "
        "sealed: take it from a backup."
    )
    return text % {"folders": ", ".join(folders)}


def keep_private() -> None:
    """What an older version left for others to read is the service's alone."""
    folder = Path(settings.HOME)
    folder.chmod(0o700)
    for path in folder.glob("tadbir.sqlite3*"):
        path.chmod(0o600)


def refuse_other_tables() -> None:
    """The tables must be those of this program: neither of one before it nor of one after it."""
    if rows.tables_are_older():
        text = _("The database is of an older version: make a backup, then run “tadbir migrate”.")
        raise ImproperlyConfigured(text)
    if later := rows.later_migrations():
        text = _("The database is of a newer version than this program (%(names)s): start that version again.")
        raise ImproperlyConfigured(text % {"names": ", ".join(later)})


def refuse_wrong_proxies() -> None:
    """A proxy written wrongly would be believed by nobody, or everybody would be believed."""
    try:
        address.networks(tuple(settings.TRUSTED_PROXIES))
    except address.WrongProxy as error:
        text = _("“trusted_proxies” in tadbir.toml: %(name)s is neither the address of a proxy nor a network of them.")
        raise ImproperlyConfigured(text % {"name": error}) from error


def question_clock() -> str:
    """What whoever writes dates asks first: a clock that is behind the register is refused; of one that may be far
    ahead this says so, and nothing where all is well. Asks tables of any version. Raises ImproperlyConfigured."""
    refuse_clock_gone_back()
    return clock_in_doubt()


def refuse_clock_gone_back() -> None:
    """An entry dated after now means that the machine's clock is wrong: every date it would write is too."""
    for slug, newest in _newest_entries().items():
        if (newest - now()).total_seconds() > TOLERANCE:
            raise ImproperlyConfigured(
                _(
                    "The clock of this machine went back: it says %(now)s, but the register of %(council)s has an"
                    " entry of %(entry)s. Set the clock, then start again. If it is right now, it was ahead when that"
                    " was recorded: restore, into a new folder, the newest backup taken before (“tadbir restore”)."
                )
                % {"now": f"{now():%Y-%m-%d %H:%M}", "entry": f"{newest:%Y-%m-%d %H:%M}", "council": slug}
            )


def _newest_entries() -> dict[str, datetime]:
    """When each council's register was last written, by its short name; those that never were are left out."""
    found = dict[str, datetime]()
    with rowsecurity.everywhere():
        for pk, slug in Council.objects.values_list("pk", "slug"):
            newest = Entry.everywhere.filter(council=pk).order_by("-seq").values_list("at", flat=True)[:1]
            found.update((slug, at) for at in newest)
    return found


def clock_in_doubt() -> str:
    """Said of a clock that is months after the newest entry of every register: it may be ahead, and what is recorded
    by it can only be undone by a backup. Nothing where a register was written lately, or never."""
    newest = max(_newest_entries().values(), default=None)
    if newest is None or (now() - newest).days < DOUBTED:
        return ""
    text = _(
        "The clock of this machine says %(now)s, and the newest entry of the register is of %(entry)s. If the clock is"
        " ahead, set it before anybody works: what is recorded by a wrong clock stays."
    )
    return text % {"now": f"{now():%Y-%m-%d %H:%M}", "entry": f"{newest:%Y-%m-%d %H:%M}"}


def gather_static() -> bool:
    """Gather styles and scripts again where the program brought other ones; whether it had to.

    An upgrade replaces the program, and not what an earlier one gathered: pages would keep their old styles, and a
    page that names a new file would not open. Contents are compared, not dates: a program may have been packed before
    the day on which the one before it gathered its own. The list goes first, so that whoever is killed begins again.
    """
    root = Path(settings.STATIC_ROOT)
    listing, stale = root / "staticfiles.json", []
    for finder in get_finders():
        for name, store in finder.list([]):
            ours = as_gathered(name, Path(store.path(name)).read_bytes())
            if not (root / name).exists() or (root / name).read_bytes() != ours:
                stale.append(root / name)
    if listing.exists() and not stale:
        return False
    for path in (listing, *stale):
        path.unlink(missing_ok=True)  # collectstatic leaves alone what looks newer than its own
    call_command("collectstatic", verbosity=0, interactive=False)
    return True
