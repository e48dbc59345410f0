"""The writers of the register. All of them run inside the caller's transaction, except `keep_file`, which
puts bytes on disk before the transaction that mentions them can commit."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tadbir.councils.clock import now
from tadbir.councils.scope import current_council, one_of
from tadbir.register.canonical import canonical, plain, sha256_hex
from tadbir.register.models import Content, Entry, Head, Replay, Series, StoredFile, files_folder

FIRST = "0" * 64


class NotInTransaction(RuntimeError):
    """A register writer was called outside a transaction: what it wrote could outlive what it describes."""


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("open a transaction around the whole action first")


def entry_hash(council_code: str, seq: int, kind: str, at: str, fields: Any, commitment: str, previous: str) -> str:
    """The hash of one link: everything it says, and the hash of the one before."""
    return sha256_hex(canonical([council_code, seq, kind, at, fields, commitment, previous]))


def append(kind: str, fields: Mapping[str, Any], commitment: str = "") -> Entry:
    """Add a link to the chain of the current council. `fields` are small, typed and never personal."""
    _require_transaction()
    council = current_council()
    head = one_of(Head.objects.select_for_update()) or _first_head()
    at, seq, small = now(), head.seq + 1, plain(fields)
    digest = entry_hash(council.code, seq, kind, at.isoformat(), small, commitment, head.hash)
    entry = Entry.objects.create(
        seq=seq, kind=kind, at=at, fields=small, commitment=commitment, previous=head.hash, hash=digest
    )
    Head.objects.filter(pk=head.pk).update(seq=seq, hash=digest)
    return entry


def _first_head() -> Head:
    """The head of a chain that has no link yet; two writers at once make one."""
    Head.objects.get_or_create(defaults={"hash": FIRST})
    return Head.objects.select_for_update().get()


@dataclass(frozen=True)
class Number:
    """A number given once: series/year/rank, with the epoch after a restore (as R-2/2026/000017)."""

    series: str
    year: int
    epoch: int
    rank: int

    def __str__(self) -> str:
        series = self.series if self.epoch == 1 else f"{self.series}{self.epoch}"
        return f"{series}-{self.year}-{self.rank:05d}"


def next_number(series: str, year: int) -> Number:
    """Give the next number of a series. It is gapless: a rolled back transaction gives it back unseen."""
    _require_transaction()
    epoch = current_council().numbering_epoch
    rows = Series.objects.select_for_update().filter(code=series, year=year, epoch=epoch)
    row = one_of(rows)
    if row is None:
        Series.objects.get_or_create(code=series, year=year, epoch=epoch)
        row = rows.get()
    if row.closed_at is not None:
        raise ValidationError(_("The series %(series)s is closed."), params={"series": series})
    row.last += 1
    row.save(update_fields=["last"])
    return Number(series, year, epoch, row.last)


def close_series(series: str, year: int) -> None:
    """Close a series: no number of it can be given any more."""
    _require_transaction()
    Series.objects.filter(code=series, year=year, epoch=current_council().numbering_epoch).update(closed_at=now())


def commitment_of(salt: bytes | memoryview, body: Any) -> str:
    """What the chain says of a content: a salted hash that betrays nothing once the salt is gone."""
    return sha256_hex(bytes(salt) + canonical(body))


def keep_content(body: Mapping[str, Any]) -> Content:
    """Keep names or free text outside the chain. Its commitment is `content_commitment(content)`."""
    return Content.objects.create(salt=secrets.token_bytes(16), body=plain(body))


def content_commitment(content: Content | None) -> str:
    """The commitment of a content, or nothing."""
    return commitment_of(content.salt, content.body) if content is not None else ""


def erase_content(content: Content, ground: str) -> None:
    """Erase a content with its salt, leaving a link that says why (law 09-08, article 8)."""
    _require_transaction()
    Content.objects.filter(pk=content.pk).update(body=None, salt=b"", erased_at=now(), erased_ground=ground)
    append("content_erased", {"content": content.pk, "ground": ground})


def keep_file(stream: IO[bytes] | bytes, media_type: str) -> StoredFile:
    """Keep a file by its hash; the bytes are on disk (fsync) before this returns. Raises OSError on a full disk."""
    chunks = [stream] if isinstance(stream, bytes) else iter(lambda: stream.read(65536), b"")
    folder = files_folder(current_council().pk)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        name = digest.hexdigest()
        (folder / name[:2]).mkdir(exist_ok=True)
        Path(temporary).replace(folder / name[:2] / name)
        _fsync_folder(str(folder / name[:2]))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    found, _made = StoredFile.objects.get_or_create(
        sha256=name, defaults={"size": size, "media_type": media_type, "kept_at": now()}
    )
    if found.erased_at is not None:
        StoredFile.objects.filter(pk=found.pk).update(erased_at=None)
    return found


def _fsync_folder(path: str) -> None:
    """Make the new name itself durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class OtherBody(ValidationError):
    """The same key came with another body: somebody reused a form."""


def once(purpose: str, key: str, body: Any, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do something once per key: a repeated call gives the first answer back and does nothing.

    `do` runs in the same transaction as the note of its answer. Raises OtherBody when the key was used
    for something else.
    """
    digest = sha256_hex(canonical(body))
    try:
        with transaction.atomic():
            done = one_of(Replay.objects.filter(purpose=purpose, key=key))
            if done is None:
                answer = do()
                Replay.objects.create(purpose=purpose, key=key, body_sha256=digest, answer=answer, at=now())
                return answer
    except IntegrityError:
        done = one_of(Replay.objects.filter(purpose=purpose, key=key))
        if done is None:
            raise
    if done.body_sha256 != digest:
        raise OtherBody(_("This form was already sent with other content. Open a new one."))
    answer = done.answer
    return dict(answer)
