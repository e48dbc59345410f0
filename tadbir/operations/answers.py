"""What `init` is told, each answer read when it is given: a wrong one is a sentence at once, not a trace next week."""

import argparse
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tadbir.councils.official import official_councils
from tadbir.operations.refusals import why as in_words
from tadbir.operations.words import _
from tadbir.reading.hosts import read_host
from tadbir.reading.letters import shown
from tadbir.reading.mail import read_address

LONGEST_NAME = 120


class Wrong(argparse.ArgumentTypeError):
    """An answer that cannot be worked with; the message says how to write it."""


def council(written: str) -> str:
    """The census code of one of the 75 councils, or the name in its address. Raises Wrong."""
    said = written.strip().lower()
    found = next((row["code"] for row in official_councils() if said in (row["code"], row["slug"])), None)
    if found is None:
        text = _("“%(written)s” is no prefectural or provincial council: write its census code, as 12.391.")
        raise Wrong(text % {"written": written})
    return found


def email(written: str) -> str:
    """An address that letters can be sent to. Raises Wrong."""
    address = read_address(written)
    if address is None:
        raise Wrong(_("“%(written)s” is no e-mail address: write it as name@example.ma.") % {"written": written})
    return address.lower()


def name(written: str) -> str:
    """The name of a person. Raises Wrong."""
    said = " ".join(shown(written).split())
    if not any(sign.isalpha() for sign in said) or len(said) > LONGEST_NAME:
        raise Wrong(_("Write the name in letters, %(most)s at most.") % {"most": LONGEST_NAME})
    return said


def host(written: str) -> str:
    """The name or address of the machine. Raises Wrong."""
    found = read_host(written)
    if found is None:
        text = _("“%(written)s” is no name of a machine: write it alone, as tadbir.council.ma or 192.168.1.10.")
        raise Wrong(text % {"written": written})
    return found


def port(written: str) -> int:
    """Where a server can listen. Raises Wrong."""
    number = int(written) if written.isascii() and written.isdigit() else 0
    if not 1 <= number <= 65_535:
        raise Wrong(_("“%(written)s” is no port: a number from 1 to 65535.") % {"written": written})
    return number


def workers(written: str) -> int:
    """How many web workers. Raises Wrong."""
    number = int(written) if written.isascii() and written.isdigit() else 0
    if not 1 <= number <= 64:
        raise Wrong(_("“%(written)s” is no number of workers: 1 to 64.") % {"written": written})
    return number


def url(written: str) -> str:
    """The address that browsers open, where a proxy stands before the server. Raises Wrong."""
    try:
        parts = urlsplit(written.strip().rstrip("/"))
        whole = parts.scheme in ("http", "https") and read_host(parts.hostname or "") and parts.port != 0
    except ValueError:
        whole = False
    if not whole or parts.path or parts.query or parts.fragment or parts.username:
        text = _("“%(written)s” is no address of a site: write it as https://tadbir.council.ma.")
        raise Wrong(text % {"written": written})
    return f"{parts.scheme}://{parts.netloc.lower()}"


def file(written: str) -> Path:
    """A file that is there and can be read. Raises Wrong."""
    path = Path(written).expanduser()
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise Wrong(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": in_words(error)}) from error


#: The questions asked on a terminal, and who reads each answer.
READERS: dict[str, Callable[[str], str]] = {"council": council, "email": email, "name": name, "host": host}
