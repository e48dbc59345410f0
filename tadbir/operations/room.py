"""A little room kept on the disk of the folder: on one that is full a server that starts cold gives it back, and reads.

SQLite needs some 32 KB beside the database only to open it. No Django here.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

#: The file that keeps it, and its bytes.
NAME, BYTES = "room", 512 * 1024
#: What is free when a start needs it.
NEEDED = 256 * 1024


def keep_or_give(folder: Path) -> None:
    """Keep the room where there is plenty, give it back where nothing else is left."""
    place = folder / NAME
    with suppress(OSError):  # the checks that follow say what is wrong with the disk
        free = shutil.disk_usage(folder).free
        if free < NEEDED:
            place.unlink(missing_ok=True)
        elif free > 4 * BYTES and not (place.exists() and place.stat().st_size == BYTES):
            _keep(place)


def _keep(place: Path) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(os.urandom(BYTES))  # a disk that packs its files would give no room back for zeros
        out.flush()
        os.fsync(out.fileno())
