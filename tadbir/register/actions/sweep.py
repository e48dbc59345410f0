"""The sweep of the files: what nothing refers to any more goes, first from the register, then from the disk."""

import string
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from tadbir.councils.clock import now
from tadbir.councils.scope import current_council
from tadbir.register.actions.files import INCOMING, mark_erased, remove_bytes, removing
from tadbir.register.models import StoredFile, files_folder
from tadbir.register.references import unreferenced

#: How long a file that nothing refers to is left alone: it may be on its way into a dossier.
SAFE_AGE = timedelta(days=2)
#: Seconds after which what a killed upload left behind goes.
STRAY_AGE = 24 * 3600
#: Files marked in one transaction, so that a writer at the counter slips between; and in one sweep.
CHUNK, MOST = 50, 2000
GROUND = "nothing refers to it"
_HEX = frozenset(string.hexdigits.lower())


@dataclass(frozen=True)
class Swept:
    """What a sweep did: rows marked, files deleted (those of marked rows, and those of no row), temporaries deleted."""

    marked: int = 0
    deleted: int = 0
    stray: int = 0


def sweep_files() -> Swept:
    """Sweep the files of the current council (`tick`). Safe to stop at any step and to run again."""
    marked = _mark()
    with removing() as allowed:
        if not allowed:
            return Swept(marked)
        stray = sum(_remove_stray(path) for path in _temporaries())
        return Swept(marked, sum(remove_bytes(name) for name in _not_kept()), stray)


def _mark() -> int:
    """Mark what nothing refers to and was not sent lately."""
    before, done = now() - SAFE_AGE, 0
    rows = list(unreferenced().filter(kept_at__lt=before).order_by("pk").values_list("pk", "sha256")[:MOST])
    for start in range(0, len(rows), CHUNK):
        with transaction.atomic():
            done += len(mark_erased(dict(rows[start : start + CHUNK]), GROUND, before))
    return done


def _folder() -> Path:
    return files_folder(current_council().pk)


def _temporaries() -> Iterator[Path]:
    yield from _folder().glob(f"{INCOMING}*")


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > STRAY_AGE
    except FileNotFoundError:
        return False


def _remove_stray(path: Path) -> bool:
    if not _is_old(path):
        return False
    path.unlink(missing_ok=True)
    return True


def _not_kept() -> list[str]:
    """Hashes on the disk whose row says that they are erased, or that have no row and lie there for long.

    What is not named as we name files is not ours to delete.
    """
    kept = dict(StoredFile.objects.values_list("sha256", "erased_at"))
    found = []
    for path in sorted(_folder().glob("??/*")):
        name = path.name
        if len(name) != 64 or not set(name) <= _HEX or path.parent.name != name[:2]:
            continue
        if kept[name] is not None if name in kept else _is_old(path):
            found.append(name)
    return found
