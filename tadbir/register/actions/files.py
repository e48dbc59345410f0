"""Files: kept under their SHA-256, on disk before a row names them; gone from the disk after the row says so.

What keeps and what deletes the same bytes take turns: on SQLite by the one write lock, on PostgreSQL by a lock on the
hash. Whoever keeps places the bytes and writes the row in one turn; whoever deletes reads the row again in his turn. So
bytes sent anew a moment after they were let go are not lost, and a kill at any step leaves at most bytes that the next
sweep finds.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction

from tadbir.councils.clock import now
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope, current_council, one_of
from tadbir.database.filesystem import sync_folder
from tadbir.register.actions.chain import append, require_transaction
from tadbir.register.models import StoredFile, files_folder
from tadbir.register.references import named_in_chain, unreferenced

INCOMING = "incoming-"
#: A file sent again within this time is not written down again.
FRESH = timedelta(hours=1)


def keep_file(stream: IO[bytes] | bytes, media_type: str) -> StoredFile:
    """Keep a file by its hash; the bytes are on disk (fsync) before this returns. Raises OSError on a full disk.

    `kept_at` is when it was last sent: for a while after it, no sweep touches a file that nothing refers to yet.
    """
    folder = files_folder(current_council().pk)
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=INCOMING)
    try:
        with os.fdopen(handle, "wb") as out:
            name, size = _take_in(stream, out)
        with transaction.atomic():
            hold_to_keep(name)
            (folder / name[:2]).mkdir(exist_ok=True)
            Path(temporary).replace(folder / name[:2] / name)
            sync_folder(folder / name[:2])
            return _write_down(name, size, media_type)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _take_in(stream: IO[bytes] | bytes, out: IO[bytes]) -> tuple[str, int]:
    """Copy and flush to the disk. Returns the hash and how many bytes there are."""
    chunks = [stream] if isinstance(stream, bytes) else iter(lambda: stream.read(65536), b"")
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)
    out.flush()
    os.fsync(out.fileno())
    return digest.hexdigest(), size


def _write_down(name: str, size: int, media_type: str) -> StoredFile:
    found, made = StoredFile.objects.get_or_create(
        sha256=name, defaults={"size": size, "media_type": media_type, "kept_at": now()}
    )
    if not made and (found.erased_at is not None or found.kept_at < now() - FRESH):
        found.erased_at, found.kept_at = None, now()
        StoredFile.objects.filter(pk=found.pk).update(erased_at=None, kept_at=found.kept_at)
    return found


def hold_to_keep(name: str) -> None:
    """Wait for one's turn with the bytes of this hash, and have it until the transaction ends; others keep them too."""
    require_transaction()
    if connection.vendor == "postgresql":  # on SQLite the transaction itself is the turn: it began as a writer
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_key(name)])


def hold_alone(name: str) -> bool:
    """Take one's turn to let these bytes go, until the transaction ends. False while somebody is keeping them.

    It never waits: who waits with one file in hand for another may stop somebody who waits the other way round.
    """
    require_transaction()
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_key(name)])
        return bool(cursor.fetchone()[0])


def _key(name: str) -> int:
    return int.from_bytes(bytes.fromhex(name[:16]), "big", signed=True)


# --- letting go ---------------------------------------------------------------------------------------------


def erase_files(files: Sequence[StoredFile], ground: str) -> list[str]:
    """Let go of these files, but for those that somebody else still refers to. Returns the hashes of the others.

    In the caller's transaction the rows are marked, with a link where the chain ever named the file; the bytes go once
    it is committed, or with the next sweep when a backup is being taken or the machine stops in between.
    """
    require_transaction()
    gone = mark_erased({file.pk: file.sha256 for file in files}, ground)
    if gone:
        transaction.on_commit(partial(_remove_all, current_council(), gone), robust=True)
    return gone


def mark_erased(files: dict[int, str], ground: str, before: datetime | None = None) -> list[str]:
    """Mark those of these files (pk, hash) that nothing refers to, in the caller's transaction; their hashes.

    `before`: only those that were not sent since.
    """
    gone = []
    for pk, name in files.items():
        rows = unreferenced().filter(pk=pk)
        rows = rows.filter(kept_at__lt=before) if before else rows
        if hold_alone(name) and rows.update(erased_at=now()):
            gone.append(name)
    for name in sorted(named_in_chain(gone)):
        append("file_erased", {"sha256": name, "ground": ground})
    return gone


def remove_bytes(name: str) -> bool:
    """Delete the bytes of this hash unless a row keeps them. True when they were there and are gone now."""
    with transaction.atomic():
        if not hold_alone(name):
            return False
        row = one_of(StoredFile.objects.filter(sha256=name))
        place = files_folder(current_council().pk) / name[:2] / name
        if (row is not None and row.erased_at is None) or not place.exists():
            return False
        place.unlink()
    return True


def _remove_all(council: Council, names: Sequence[str]) -> None:
    with council_scope(council), removing() as allowed:
        for name in names if allowed else ():
            remove_bytes(name)


# --- a backup reads the database first and the files after: nothing may go in between -----------------------


def _lock_file() -> IO[str]:
    return (Path(settings.HOME) / "files.lock").open("w")


@contextmanager
def none_removed() -> Iterator[None]:
    """No bytes go while the block runs: a backup is being taken. Waits for a sweep at work."""
    with _lock_file() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def removing() -> Iterator[bool]:
    """Whether bytes may go now; a backup that begins waits until the block is over."""
    with _lock_file() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
