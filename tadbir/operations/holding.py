"""One at work on a folder: the server, or what changes the tables under it, never both."""

import fcntl
from pathlib import Path
from typing import IO

from tadbir.operations.words import _, stop


def hold(folder: Path) -> IO[str] | None:
    """Keep another server, and whatever migrates, out of the folder as long as what is returned lives.

    Two servers would each run their own queue and answer with their own memory; a server whose tables are migrated
    asks for columns that are no more. Raises SystemExit where a server is at work.
    """
    try:
        lock = (folder / "serve.lock").open("w")
    except OSError:  # a full disk can still be read from; what else is wrong is told by the checks
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        stop(_("A server already works on %(folder)s: stop it first.") % {"folder": folder}, 1)
    return lock
