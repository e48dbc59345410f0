"""Heads of the chain written down outside the database, as soon as they stand: a line for each transaction of today.

A chain whose end was cut, with all its rows, is whole by itself: only what was written elsewhere knows better. In
`witnesses/` of the installation's folder stand the heads of today, one line each, and the last one of every day before.
Whoever can write into the database alone cannot take them back; the same heads are printed on papers and sent by mail.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tadbir.councils.clock import today
from tadbir.councils.scope import current_council
from tadbir.register.models import Entry, Head

#: Lines that are compared at once, and the bytes in which the last line of a file surely stands.
CHUNK, LINE = 500, 200


def place(slug: str) -> Path:
    """Where the heads of a council are written."""
    return Path(settings.HOME) / "witnesses" / f"{slug}.txt"


def write_down(slug: str, seq: int, digest: str) -> None:
    """Add a head that has just been committed. With the first one of a day, each day before keeps its last alone."""
    path, day = place(slug), today().isoformat()
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LINE))
        newest = (file.read().splitlines() or [b""])[-1].decode("ascii")
        if newest and not newest.startswith(day):
            file.seek(0)
            kept = {line[:10]: line for line in file.read().splitlines() if line}
            file.truncate(0)
            file.write(b"".join(line + b"\n" for line in kept.values()))
            os.fsync(file.fileno())
        if newest != (line := f"{day} {seq} {digest}"):
            file.write(f"{line}\n".encode("ascii"))


def bear_witness() -> bool:
    """Write down the head as it stands and let the disk have it; whether there is one. Each round does it."""
    council, newest = current_council(), Head.objects.first()
    if newest is None or not newest.seq:
        return False
    write_down(council.slug, newest.seq, newest.hash)
    with place(council.slug).open("rb") as file:
        os.fsync(file.fileno())
    return True


def no_witness() -> Iterator[str]:
    """That nothing is written down of a chain which has links: whoever took it away hides what was cut."""
    path, newest = place(current_council().slug), Head.objects.first()
    written = path.read_bytes().strip() if path.exists() else b""
    if newest is not None and newest.seq and not written:
        yield f"witnesses/{path.name} is not there or empty: no head of its {newest.seq} links is written down"


def unwitnessed() -> tuple[int, str]:
    """How many links came after the newest head that was written down, and the day of that head."""
    path, newest = place(current_council().slug), Head.objects.first()
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    whole = [said for said in (line.split() for line in lines) if len(said) == 3]
    return (newest.seq - int(whole[-1][1]), whole[-1][0]) if newest and whole else (0, "")


def lost_witnesses() -> Iterator[str]:
    """Heads that were once the newest and are no link of the chain any more: its end was cut, or all was rewritten."""
    path = place(current_council().slug)
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    whole = (said for said in (line.split() for line in lines) if len(said) == 3)  # a power cut leaves half a line
    known = [(day, int(seq), digest) for day, seq, digest in whole]
    for first in range(0, len(known), CHUNK):
        part = known[first : first + CHUNK]
        there = dict(Entry.objects.filter(seq__in=[seq for _day, seq, _head in part]).values_list("seq", "hash"))
        for day, seq, digest in part:
            if there.get(seq) != digest:
                yield f"witness of {day}: link {seq} with head {digest[:16]} is not in the chain any more"


def newest_lost() -> tuple[str, int] | None:
    """The day and the number of the newest head that was written down, where it is no link of the chain any more."""
    path = place(current_council().slug)
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    whole = [said for said in (line.split() for line in lines[-2:]) if len(said) == 3]  # the last may be half a line
    if not whole:
        return None
    day, seq, digest = whole[-1]
    return None if Entry.objects.filter(seq=int(seq), hash=digest).exists() else (day, int(seq))
