"""`tadbir init`: the folder, the secret, the certificate, the database, the first council and its administrator."""

import argparse
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from tadbir.operations import emptiness, home, signer

ENDING = """
{title_ar}
{title_fr}

The folder is {folder}
It holds the secret and the seal keys: back it up, and give it to nobody.

One-use link of the administrator ({email}), good for three days:

    {link}

Keep this line on paper: a restore asks who signed the backup.

    {signer}

Start the server:   tadbir serve --folder {folder}
Look after it:      tadbir check --folder {folder}
"""


def parser() -> argparse.ArgumentParser:
    """The words of the command; what is missing is asked on a terminal."""
    made = argparse.ArgumentParser(prog="tadbir init", description="Set up Tadbir for one council.")
    made.add_argument("--folder", help="folder to make (TADBIR_HOME, else ./data)")
    made.add_argument("--council", help="census code of the council, as 12.391")
    made.add_argument("--email", help="e-mail address of the administrator")
    made.add_argument("--name", help="name of the administrator")
    made.add_argument("--host", help="name or address that papers print and browsers open, as tadbir.council.ma")
    made.add_argument("--port", type=int, default=8443)
    made.add_argument("--certificate", type=Path, help="your own certificate (PEM, with its chain)")
    made.add_argument("--key", type=Path, help="its key")
    made.add_argument("--no-https", action="store_true", help="behind a proxy that has the certificate, or for a try")
    emptiness.add_word(made)
    made.add_argument("--witness", action="append", default=[], help="address that gets the head of the register daily")
    return made


def ask(options: argparse.Namespace) -> None:
    """Ask what was not said. Without a terminal, say what is missing and stop."""
    questions = {
        "council": "Census code of the council (as 12.391): ",
        "email": "E-mail address of the administrator: ",
        "name": "Name of the administrator: ",
        "host": f"Host name or address on papers [{socket.gethostname()}]: ",
    }
    missing = [name for name in questions if not getattr(options, name)]
    if missing and not sys.stdin.isatty():
        if missing == ["host"]:
            options.host = socket.gethostname()
            return
        raise SystemExit("tadbir init: say " + ", ".join(f"--{name}" for name in missing))
    for name in missing:
        setattr(options, name, input(questions[name]).strip() or (socket.gethostname() if name == "host" else ""))


def main(argv: list[str]) -> int:
    """Run the command. Returns the exit status; leaves nothing behind when it fails."""
    options = parser().parse_args(argv)
    ask(options)
    if bool(options.certificate) != bool(options.key):
        raise SystemExit("tadbir init: --certificate and --key go together")
    folder = home.choose(options.folder)
    emptiness.choose(options.database_url)
    existed = folder.exists()
    try:
        home.make(folder, settings_of(options))
    except home.FolderInUse as error:
        raise SystemExit(f"tadbir init: {error}") from error
    (folder / home.UNFINISHED).touch()
    try:
        link, council = lay(folder, options)
    except BaseException:
        if not existed:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    (folder / home.UNFINISHED).unlink()
    names = {"title_ar": council.title_ar, "title_fr": council.title_fr}
    print(ENDING.format(**names, folder=folder, email=options.email, link=link, signer=signer.fingerprint(folder)))
    return 0


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """What goes into `tadbir.toml`."""
    https = not options.no_https
    scheme, usual = ("https", 443) if https else ("http", 80)
    port = "" if options.port == usual else f":{options.port}"
    database = {"database_url": options.database_url} if options.database_url else {}
    return {
        **database,
        "hosts": [options.host],
        "https": https,
        "printed_base_url": f"{scheme}://{options.host}{port}",
        "mail": {"host": "", "port": 587, "user": "", "password": "", "from": options.email},
    }


def lay(folder: Path, options: argparse.Namespace) -> tuple[str, Any]:
    """Certificate, database, static files, council. Django is loaded here, once the folder exists."""
    load_django()
    with emptiness.left_empty_on_failure():
        return _lay(folder, options)


def _lay(folder: Path, options: argparse.Namespace) -> tuple[str, Any]:
    from django.conf import settings
    from django.core.exceptions import ValidationError

    from tadbir.operations.actions import found_council

    build_database()
    try:
        council, token = found_council(options.council, options.email, options.name, witnesses=options.witness)
    except ValidationError as error:
        raise SystemExit("tadbir init: " + " ".join(error.messages)) from error
    if not options.no_https:
        _certificate(folder / "tls", options, council)
    return f"{settings.PRINTED_BASE_URL}/{council.slug}/account/enrol/{token}/", council


def load_django() -> None:
    """Load Django for the folder and the database that were chosen."""
    import os

    import tadbir  # noqa: F401  (puts the safe SQLite in place first)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    import django

    django.setup()


def build_database() -> None:
    """Load Django, migrate, make the shared cache, gather static files."""
    load_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _certificate(folder: Path, options: argparse.Namespace, council: Any) -> None:
    from tadbir.councils.clock import now
    from tadbir.operations import certificates

    if options.certificate:
        shutil.copyfile(options.certificate, folder / "server.crt")
        home.write_private(folder / "server.key", options.key.read_text("ascii"))
        return
    certificates.make_authority(folder, council.slug, now())
    certificates.make_server_certificate(folder, [options.host], now())
    print(f"Install {folder / 'ca.crt'} on the council's computers, so that browsers trust this server.")
