"""`tadbir demo`: make two councils and half a year of their life, then serve them."""

import argparse
import os
import shutil
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tadbir.operations import answers, home
from tadbir.operations.installing import PLAIN_PORT, build_database, load_django
from tadbir.operations.words import _, stop

if TYPE_CHECKING:
    from tadbir.site.demo.stage import Stage

#: word of the address, Arabic, French
ROLES = (
    ("clerk", "موظفة الشباك", "guichet"),
    ("officer", "الموظف المكلف", "agent chargé de dossiers"),
    ("head", "رئيس القسم", "chef de division"),
    ("director", "المدير العام للمصالح", "directeur général des services"),
    ("president", "رئيس المجلس", "président"),
    ("secretary", "كاتب المجلس", "secrétaire du conseil"),
    ("information", "الشخص المكلف بتلقي طلبات المعلومات", "personne chargée de l’information"),
    ("admin", "مدير النظام", "administrateur"),
)
FILES = "django.core.mail.backends.filebased.EmailBackend"
COUNCILS = (("12.391", "oed"), ("12.066", "aousserd"))


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    made = argparse.ArgumentParser(prog="tadbir demo", description=_("Two fictional councils, then a server for them."))
    made.add_argument("--folder", default="demo", help=_("folder of the demonstration (./demo)"))
    made.add_argument("--port", type=answers.port, help=_("port of its server (8000, or that of the folder)"))
    made.add_argument("--no-serve", action="store_true", help=_("only make the folder"))
    made.add_argument("--again", action="store_true", help=_("throw the folder of an older demonstration away first"))
    made.add_argument("--workers", type=answers.workers, default=2, help=_("web workers; 1 on a machine with 1 GB"))
    return made


def main(argv: list[str]) -> int:  # noqa: RET503 - execv does not come back
    """Make the demonstration if it is not there, print new links, serve."""
    options = parser().parse_args(argv)
    folder = home.choose(options.folder)
    own = home.read_settings(folder)
    if home.is_made(folder) and not own.get("demo"):
        stop(_("%(folder)s is a real installation: name another folder.") % {"folder": folder})
    if options.again and own.get("demo"):
        shutil.rmtree(folder)
    if home.is_made(folder):
        _use(folder, own, options.port)
    elif why := home.taken(folder):
        stop(why)
    else:
        make(folder, options.port or PLAIN_PORT)
    port = int(home.read_settings(folder)["port"])
    print_links(port)
    if options.no_serve:
        return 0
    sys.stdout.flush()
    words = ["serve", "--address", "127.0.0.1", "--workers", str(options.workers)]
    os.execv(sys.executable, [sys.executable, "-m", "tadbir", *words])  # noqa: S606 - gives back what the making took


def _use(folder: Path, own: dict[str, Any], port: int | None) -> None:
    """Go on with a demonstration that is there; on another port its papers and links say that one from now on."""
    if why := home.trouble_with(folder):
        stop(why)
    print(_("Using the demonstration in %(folder)s (--again makes a new one).") % {"folder": folder})
    wanted = settings_of(port or int(own.get("port", PLAIN_PORT)))
    home.write_settings(folder, own | {name: wanted[name] for name in ("port", "printed_base_url")})
    load_django()
    from tadbir.operations.rows import tables_are_older

    if tables_are_older():
        print(_("An earlier Tadbir made it: its database is brought up to date."))
        build_database()


def settings_of(port: int) -> dict[str, object]:
    """What the folder's `tadbir.toml` says. Letters become files, text messages too."""
    return {
        "demo": True,
        "hosts": [],
        "https": False,
        "port": port,
        "printed_base_url": f"http://localhost:{port}",
        "mail": {"backend": FILES, "host": "", "from": "demo@tadbir.example"},
    }


def make(folder: Path, port: int) -> None:
    """Make the folder and play the programme; an interrupted making leaves nothing."""
    begun = time.monotonic()
    existed = folder.exists()
    try:
        home.make(folder, settings_of(port))
        (folder / home.UNFINISHED).touch()
        build_database()
        play()
    except BaseException:
        home.unmake(folder, keep=existed)
        raise
    (folder / home.UNFINISHED).unlink()
    values = {"seconds": f"{time.monotonic() - begun:.0f}", "folder": folder}
    print("\r" + _("Made in %(seconds)s s: %(folder)s") % values + " " * 40)


def play() -> int:
    """Live through the months. Returns the number of scenes played."""
    from datetime import timedelta

    from django.utils.translation import override
    from django_q.models import OrmQ

    from tadbir.councils.clock import now, simulated
    from tadbir.councils.scope import council_scope
    from tadbir.site.demo import programme
    from tadbir.site.demo.stage import Play

    whole, first = Play(until=now()), now() - timedelta(days=programme.FIRST_DAY)
    _durability("OFF")  # an interrupted making is thrown away whole
    with override("ar"):
        for (code, troupe), scenes in zip(COUNCILS, (programme.OED, programme.AOUSSERD), strict=True):
            with simulated(first):
                stage = _open_council(code, troupe)
            with council_scope(stage.council):
                programme.announce(whole, stage, scenes)
        played = whole.run(lambda moment: _show(first, moment, whole.until))
    _durability("FULL")
    OrmQ.objects.all().delete()  # the notices left with the daily round; the server need not look at them again
    return played


def _durability(level: str) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={level}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open_council(code: str, troupe: str) -> "Stage":
    from datetime import timedelta

    from tadbir.acts.keys import make_keys
    from tadbir.councils import actions as councils
    from tadbir.councils.clock import today
    from tadbir.councils.scope import council_scope
    from tadbir.register.baseline import lay_baseline
    from tadbir.site.demo import people, programme
    from tadbir.site.demo.stage import Stage

    council = councils.create_council(code, demo=True)
    with council_scope(council):
        council.settings = {
            "witness_emails": ["temoin1@tadbir.example", "temoin2@tadbir.example"],
            "counter": {
                "where_ar": "شباك المجلس، الطابق الأرضي بمقره",
                "where_fr": "Guichet du conseil, rez-de-chaussée du siège",
                "hours_ar": "من الاثنين إلى الجمعة، من 9:00 إلى 16:00",
                "hours_fr": "du lundi au vendredi, de 9 h à 16 h",
            },
        }
        council.settings |= dict(zip(("place_ar", "place_fr"), people.SEATS.get(troupe, ()), strict=False))
        council.save(update_fields=["settings"])
        make_keys()
        lay_baseline()
        cast = people.hire(troupe, today())
        people.delegate(cast, today(), today() + timedelta(days=120))
        stage = Stage(council, cast)
        programme.set_up_sheets(stage)
    return stage


def _show(first: datetime, moment: datetime, last: datetime) -> None:
    """A bar of progress, on a terminal only."""
    if sys.stdout.isatty():
        done = min(1.0, (moment - first) / (last - first))
        bar = "#" * round(30 * done)
        print(f"\r[{bar:<30}] {moment:%Y-%m-%d}", end="", flush=True)


def print_links(port: int) -> None:
    """The addresses, and a one-time link for each role of each council."""
    from tadbir.councils.models import Council, Person
    from tadbir.councils.scope import council_scope
    from tadbir.operations.actions import new_link

    base = f"http://localhost:{port}"
    print("\n" + _("SPÉCIMEN: fictional people, keys that say DEMO."))
    print("\n" + _("Public: %(address)s/") % {"address": base})
    for council in Council.objects.filter(demo=True).order_by("-code"):
        print(f"\n{council.title_fr} · {council.title_ar}\n    {base}/{council.slug}/   {base}/{council.slug}/fr/")
        with council_scope(council):
            for word, arabic, french in ROLES:
                person = Person.objects.filter(account__email__startswith=f"{word}@").first()
                if person is not None:
                    link = f"{base}/{council.slug}/account/demo/{new_link(person)}/"
                    print(f"    {french} ({arabic})\n        {link}")
    print("\n" + _("Each link signs in once, for three days. Run the command again for new ones.") + "\n")
