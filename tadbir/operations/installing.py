"""`tadbir init`: the folder, the secret, the certificate, the database, the first council and its administrator."""

import argparse
import shutil
import socket
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tadbir.councils.clock import now
from tadbir.operations import answers, certificates, emptiness, home, signer
from tadbir.operations.holding import hold
from tadbir.operations.refusals import why as in_words
from tadbir.operations.words import _, speak_there_too, stop
from tadbir.reading.hosts import in_address, read_host

#: Where the server listens when nobody says it: with a certificate of its own, and without.
SECURE_PORT, PLAIN_PORT = 8443, 8000


def parser() -> argparse.ArgumentParser:
    """The words of the command; what is missing is asked on a terminal."""
    made = argparse.ArgumentParser(prog="tadbir init", description=_("Set up Tadbir for one council."))
    made.add_argument("--folder", help=_("folder to make (TADBIR_HOME, else ./data)"))
    made.add_argument("--council", help=_("census code of the council, as 12.391"))
    made.add_argument("--email", help=_("e-mail address of the administrator"))
    made.add_argument("--name", help=_("name of the administrator"))
    made.add_argument("--host", help=_("name or address that papers print and browsers open, as tadbir.council.ma"))
    made.add_argument("--port", type=answers.port, help=_("port of the server (8443 with a certificate, else 8000)"))
    made.add_argument("--certificate", type=answers.file, help=_("your own certificate (PEM, with its chain)"))
    made.add_argument("--key", type=answers.file, help=_("its key"))
    made.add_argument("--no-https", action="store_true", help=_("without a certificate: for a try on this machine"))
    made.add_argument(
        "--url",
        type=answers.url,
        help=_("what browsers open, where a proxy with a certificate stands before the server"),
    )
    emptiness.add_word(made)
    made.add_argument(
        *("--witness",),
        type=answers.email,
        action="append",
        default=[],
        help=_("address that gets the head of the register daily (twice at most)"),
    )
    return made


def ask(options: argparse.Namespace) -> None:
    """Read every answer; on a terminal a missing or wrong one is asked (again). Else says what is wrong and stops."""
    if options.url:
        options.host = options.host or read_host(urlsplit(options.url).hostname or "")
    here = read_host(socket.gethostname()) or "localhost"
    questions = {
        "council": _("Census code of the council (as 12.391): "),
        "email": _("E-mail address of the administrator: "),
        "name": _("Name of the administrator: "),
        "host": _("Host name or address on papers [%(host)s]: ") % {"host": here},
    }
    missing = [name for name in questions if not getattr(options, name)]
    if missing and not sys.stdin.isatty():
        if missing != ["host"]:
            stop(_("say %(words)s") % {"words": ", ".join(f"--{name}" for name in missing)})
        options.host = here
    for name, question in questions.items():
        setattr(options, name, _read(name, getattr(options, name), question, here if name == "host" else ""))


def _answer(question: str) -> str:
    """What is typed; whoever ends the input (Ctrl-D) has answered nothing, and nothing was made."""
    try:
        return input(question).strip()
    except EOFError:
        print(file=sys.stderr)
        stop(_("the questions were not answered to their end: nothing was made."))


def _read(name: str, written: str | None, question: str, usual: str) -> str:
    while True:
        if not written:
            written = _answer(question) or usual
        try:
            return answers.READERS[name](written)
        except answers.Wrong as error:
            if not sys.stdin.isatty():
                stop(str(error))
            print(error, file=sys.stderr)
            written = None


def main(argv: list[str]) -> int:
    """Run the command. Returns the exit status; leaves nothing behind when it fails."""
    options = parser().parse_args(argv)
    folder = home.choose(options.folder)
    if why := home.taken(folder):
        stop(why)
    ask(options)
    _refuse_certificate(options)
    emptiness.choose(options.database_url)
    existed = folder.exists()
    try:
        home.make(folder, settings_of(options))
        (folder / home.UNFINISHED).touch()
        link, council = lay(folder, options)
    except BaseException as error:
        home.unmake(folder, keep=existed)
        if isinstance(error, PermissionError):
            stop(_("%(folder)s cannot be made: %(why)s.") % {"folder": folder, "why": in_words(error)})
        raise
    (folder / home.UNFINISHED).unlink()
    print(_ending(options, folder, council, link))
    return 0


def _refuse_certificate(options: argparse.Namespace) -> None:
    """A certificate of the council's own must be one that browsers will take."""
    if bool(options.certificate) != bool(options.key):
        stop(_("--certificate and --key go together"))
    if (options.no_https or options.url) and options.certificate:
        stop(_("--certificate goes neither with --no-https nor with --url: the proxy has its own."))
    if options.certificate and (why := certificates.unfit(options.certificate, options.key, options.host, now())):
        stop(why)


def _ending(options: argparse.Namespace, folder: Path, council: Any, link: str) -> str:
    parts = [
        f"{council.title_ar}\n{council.title_fr}",
        _("The folder is %(folder)s\nIt holds the secret and the seal keys: back it up, and give it to nobody.")
        % {"folder": folder},
        _("One-use link of the administrator (%(who)s), good for three days:\n\n    %(link)s")
        % {"who": options.email, "link": link},
        _("Keep this line on paper: a restore asks who signed the backup.\n\n    %(signer)s")
        % {"signer": signer.fingerprint(folder)},
        _("Start the server:   tadbir serve --folder %(folder)s\nLook after it:      tadbir check --folder %(folder)s")
        % {"folder": folder},
    ]
    if options.url:
        text = _(
            "The proxy sends to 127.0.0.1, port %(port)s; write its address into “trusted_proxies” of tadbir.toml."
        )
        parts.insert(-1, text % {"port": _port(options)})
    elif options.no_https and options.host not in ("localhost", "127.0.0.1", "::1"):
        text = _(
            "Without a certificate the server answers this machine alone (others: tadbir serve --address 0.0.0.0)."
        )
        parts.insert(-1, text)
    return "\n" + "\n\n".join(parts) + "\n"


def _port(options: argparse.Namespace) -> int:
    return int(options.port or (PLAIN_PORT if options.no_https or options.url else SECURE_PORT))


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """What goes into `tadbir.toml`: where the server listens, and from it what browsers open and papers print."""
    port, host = _port(options), in_address(options.host)
    scheme, usual = ("http", 80) if options.no_https else ("https", 443)
    own = f"{scheme}://{host}" if port == usual else f"{scheme}://{host}:{port}"
    database = {"database_url": options.database_url} if options.database_url else {}
    return {
        **database,
        "hosts": list(dict.fromkeys([host, urlsplit(options.url).hostname] if options.url else [host])),
        "https": (options.url or own).startswith("https"),
        "port": port,
        "printed_base_url": options.url or own,
        "mail": {"host": "", "port": 587, "tls": True, "user": "", "password": "", "from": options.email},
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

    _doing(_("The database is being made: this takes a minute on a slow machine…"))
    build_database()
    _doing(_("The council, its keys and its services are being made…"))
    try:
        council, token = found_council(options.council, options.email, options.name, witnesses=options.witness)
    except ValidationError as error:
        stop(" ".join(error.messages))
    if not (options.no_https or options.url):
        _certificate(folder / "tls", options, council)
    return f"{settings.PRINTED_BASE_URL}/{council.slug}/account/enrol/{token}/", council


def load_django() -> None:
    """Load Django for the folder and the database that were chosen."""
    import os

    import tadbir  # noqa: F401  (puts the safe SQLite in place first)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tadbir.settings")
    import django

    django.setup()
    speak_there_too()


def _doing(text: str) -> None:
    """Say what is being done, to whoever waits for it at the terminal."""
    print(text, file=sys.stderr, flush=True)


def build_database() -> None:
    """Load Django, migrate, make the shared cache, gather static files."""
    load_django()
    from django.core.management import call_command

    _alone = hold(home.folder())
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _certificate(folder: Path, options: argparse.Namespace, council: Any) -> None:
    if options.certificate:
        shutil.copyfile(options.certificate, folder / "server.crt")
        home.write_private(folder / "server.key", options.key.read_text("ascii"))
        return
    certificates.make_authority(folder, council.slug, now())
    certificates.make_server_certificate(folder, [options.host], now())
    text = _("Install %(file)s on the council’s computers, so that browsers trust this server.")
    print(text % {"file": folder / "ca.crt"})
