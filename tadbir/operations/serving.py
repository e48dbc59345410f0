"""`tadbir serve`: the web server and the queue under one supervisor, started and ended together.

The supervisor itself loads no Django: it takes little memory and cannot fail with it. Where it listens is written in
the settings of the folder, as is the address that browsers open.
"""

import argparse
import contextlib
import errno
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from tadbir.operations import answers, home, processes, room
from tadbir.operations.holding import hold
from tadbir.operations.installing import PLAIN_PORT, SECURE_PORT
from tadbir.operations.refusals import why as in_words
from tadbir.operations.words import _, stop
from tadbir.reading.hosts import in_address

READY_WITHIN = 30.0
#: Seconds between two signs of life.
SIGN_EVERY = 30.0
#: What `/health` says where everything can be read and nothing be filed.
DISK = "disk"
_stop = False


def parser() -> argparse.ArgumentParser:
    """The words of the command."""
    made = argparse.ArgumentParser(prog="tadbir serve", description=_("Serve the councils of a folder."))
    made.add_argument("--folder", help=_("folder of the installation (TADBIR_HOME, else ./data)"))
    made.add_argument(
        "--address", default="", help=_("address to listen on (0.0.0.0 with a certificate, else 127.0.0.1)")
    )
    made.add_argument("--port", type=answers.port, help=_("another port than that of tadbir.toml, this time"))
    made.add_argument("--workers", type=answers.workers, default=2, help=_("web workers; 1 on a machine with 1 GB"))
    made.add_argument("--no-queue", action="store_true", help=_("do not run the queue here"))
    return made


def main(argv: list[str]) -> int:
    """Run until SIGTERM or SIGINT. Returns the exit status."""
    options = parser().parse_args(argv)
    folder = home.choose(options.folder)
    return serve(folder, options.address, options.port or 0, options.workers, queue=not options.no_queue)


def place(folder: Path, address: str = "", port: int = 0) -> tuple[str, int, list[str]]:
    """Where to listen, as said here, else in the folder's settings; with the words of the certificate."""
    own = home.read_settings(folder)
    certificate, key = folder / "tls" / "server.crt", folder / "tls" / "server.key"
    secure = certificate.exists() or key.exists()  # where one of them is lost the start is refused, not made plain
    address = address or str(own.get("address", "")) or ("0.0.0.0" if secure else "127.0.0.1")  # noqa: S104
    try:
        port = port or answers.port(str(own.get("port", SECURE_PORT if secure else PLAIN_PORT)))
    except answers.Wrong as error:
        stop(f"tadbir.toml: {error}")
    return address, port, ["--certificate", str(certificate), "--key", str(key)] if secure else []


def serve(folder: Path, address: str, port: int, workers: int, *, queue: bool = True) -> int:
    """Check, start, watch, end."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _told_to_stop)
    begun = time.monotonic()
    address, port, certificate = place(folder, address, port)
    _alone = hold(folder)  # held as long as this runs; asked before the port, which the same server holds
    if problem := _why_not(address, port):
        values = {"port": port, "address": address, "problem": problem}
        other = _("port %(port)s of %(address)s: %(problem)s. Choose another one with --port.")
        if problem == in_words(OSError(errno.EADDRNOTAVAIL, "")):
            other = _("%(address)s: %(problem)s. Choose another address with --address.")
        stop(other % values, 1)
    room.keep_or_give(folder)
    words = ["--address", address, "--port", str(port), "--workers", str(workers), *certificate]
    scheme = "https" if certificate else "http"
    children = [_checked(words)]
    try:
        if children[0].returncode is not None:
            return children[0].returncode  # it has said why
        if _is_ready(f"{scheme}://{_near(address)}:{port}/health", children):
            print(_("Ready in %(seconds)s s:") % {"seconds": f"{time.monotonic() - begun:.1f}"}, end=" ")
            print(_opened(folder, scheme, address, port), flush=True)
        elif not _stop:
            print(_("The server does not answer; see the messages above."), file=sys.stderr)
            return 1
        if queue and not _stop:
            children.append(processes.start("tadbir.operations.queue"))
        return _watch(children, folder / home.SIGN_OF_LIFE)
    finally:
        processes.stop(children)


def _checked(words: list[str]) -> subprocess.Popen[bytes]:
    """The web server, which has seen that it may start (however long that takes), or has said why not and ended."""
    awaited, told = os.pipe()
    web = processes.start("tadbir.operations.web", *words, "--checked", str(told), keeps=[told])
    os.close(told)
    with os.fdopen(awaited, "rb") as pipe:
        if not pipe.read():
            web.wait()
    return web


def _near(address: str) -> str:
    """Where this machine itself finds a server that listens there."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(address, in_address(address))  # noqa: S104


def _opened(folder: Path, scheme: str, address: str, port: int) -> str:
    """The address that browsers open: what papers and links say, where that is this server."""
    here = f"{scheme}://{in_address(address)}:{port}/"
    printed = str(home.read_settings(folder).get("printed_base_url", here))
    parts = urlsplit(printed)
    if parts.scheme == scheme and (parts.port or (443 if scheme == "https" else 80)) != port:
        text = _("%(here)s (papers and links say %(printed)s/: another port)")
        return text % {"here": here, "printed": printed}
    return here if printed.rstrip("/") == here.rstrip("/") else f"{here} ({printed}/)"


def _why_not(address: str, port: int) -> str:
    """Why nobody can listen there; empty when one can.

    Asked first: web workers share their port with each other, so a second server would share it too, and each of the
    two would answer every other page.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that ended a moment ago
        try:
            probe.bind((address, port))
        except OSError as error:
            return in_words(error)
    return ""


def _told_to_stop(number: int, frame: FrameType | None) -> None:
    global _stop  # noqa: PLW0603 - the one thing a signal handler may do safely
    _stop = True


def _is_ready(address: str, children: list[subprocess.Popen[bytes]]) -> bool:
    """Wait for the first answer of a server that can be read, though its disk may take nothing more."""
    context = ssl._create_unverified_context() if address.startswith("https") else None  # noqa: S323 - ourselves
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not _stop and children[0].poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5, context=context):  # noqa: S310 - our own address
                return True
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return True
            if _status(error) == DISK:
                text = _("The disk is full, or nearly: everything can be read, and nothing filed before there is room.")
                print(text, file=sys.stderr)
                return True
            time.sleep(0.5)
        except OSError:
            time.sleep(0.05)
    return False


def _status(answer: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(answer.read()).get("status", ""))
    except (ValueError, AttributeError, OSError):
        return ""


def _ended(rank: int, status: int) -> str:
    """What is said of a part that ended by itself: which, how, and what to do."""
    part = _("the queue") if rank else _("the web server")
    how = _("it was killed, signal %(number)s") if status < 0 else _("status %(number)s")
    text = _(
        "A part of the server ended by itself: %(part)s (%(how)s). All of it stops; nothing is lost. Start it again "
        "(“tadbir serve”); if it happens again, look whether the machine has memory left."
    )
    return text % {"part": part, "how": how % {"number": abs(status)}}


def _watch(children: list[subprocess.Popen[bytes]], sign: Path) -> int:
    """Until told to stop; a child that ends by itself ends everything, so that whoever watches us restarts us.

    A sign of life is left for `tadbir check`, by whom a server that stopped is told from one that works.
    """
    signed = 0.0
    while not _stop:
        if time.monotonic() - signed > SIGN_EVERY:
            signed = time.monotonic()
            with contextlib.suppress(OSError):  # a disk that is full, or may only be read
                sign.touch()
        for child in children:
            if child.poll() is not None:
                print(_ended(children.index(child), child.returncode), file=sys.stderr)
                return 1
        time.sleep(0.2)
    return 0
