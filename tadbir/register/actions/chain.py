"""The chain, the numbers, the private contents and the answers kept for repeated calls. All of it runs inside the
caller's transaction."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from tadbir.councils.clock import now
from tadbir.councils.scope import current_council, one_of
from tadbir.register import subjects
from tadbir.register.canonical import canonical, plain, sha256_hex
from tadbir.register.models import Content, Entry, Head, Replay, Series
from tadbir.register.vouched import with_mark
from tadbir.register.witnesses import write_down
from tadbir.ui.keyed import SENT_OTHERWISE

FIRST = "0" * 64
_COUNT_ON = """
    UPDATE register_series SET last = last + 1
    WHERE council_id = %s AND code = %s AND year = %s AND epoch = %s AND closed_at IS NULL RETURNING last
"""
#: The head of a chain, asked at every link: questions that Django need not put together each time.
_HEAD = "SELECT id, seq, hash FROM register_head WHERE council_id = %s"
_MOVE_HEAD = "UPDATE register_head SET seq = %s, hash = %s WHERE id = %s"


class NotInTransaction(RuntimeError):
    """A register writer was called outside a transaction: what it wrote could outlive what it describes."""


def require_transaction() -> None:
    """Raise NotInTransaction unless a transaction is open."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("open a transaction around the whole action first")


class Drill(PermissionDenied):
    """This is a backup restored to be looked at: it gives no number and records nothing."""


def refuse_in_drill() -> None:
    """Raise Drill where this installation only tries a backup."""
    if settings.DRILL:
        raise Drill(_("This is the drill of a restore: nothing can be recorded here."))


def entry_hash(council_code: str, seq: int, kind: str, at: str, fields: Any, commitment: str, previous: str) -> str:
    """The hash of one link: everything it says, and the hash of the one before."""
    return sha256_hex(canonical([council_code, seq, kind, at, fields, commitment, previous]))


@dataclass(frozen=True)
class Link:
    """What one link of the chain will say. `fields` are small, typed and never personal."""

    kind: str
    fields: Mapping[str, Any]
    commitment: str = ""


def append(kind: str, fields: Mapping[str, Any], commitment: str = "", *, after: Head | None = None) -> Entry:
    """Add a link to the chain of the current council. `fields` are small, typed and never personal.

    `after` is the head, when the caller has locked it already in this transaction (`lock_head`).
    """
    return append_all([Link(kind, fields, commitment)], after=after)[0]


def append_all(links: Sequence[Link], *, after: Head | None = None) -> list[Entry]:
    """Add links in this order, in one go. See `append`."""
    require_transaction()
    refuse_in_drill()
    council, head = current_council(), after or lock_head()
    entries, previous, at = [], head.hash, now()
    for seq, link in enumerate(links, head.seq + 1):
        small, more = plain(link.fields), (link.commitment, previous)
        small = with_mark(council.code, seq, link.kind, at.isoformat(), small, more)
        digest = entry_hash(council.code, seq, link.kind, at.isoformat(), small, link.commitment, previous)
        entries.append(
            Entry(
                council_id=council.pk,
                seq=seq,
                kind=link.kind,
                about=subjects.about(link.kind, small),
                at=at,
                fields=small,
                commitment=link.commitment,
                previous=previous,
                hash=digest,
            )
        )
        previous = digest
    Entry.objects.bulk_create(entries)
    head.seq, head.hash = entries[-1].seq, previous
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_HEAD, [head.seq, head.hash, head.pk])
    transaction.on_commit(partial(write_down, council.slug, head.seq, previous), robust=True)
    return entries


def lock_head() -> Head:
    """The newest link of the chain, locked until the transaction ends: nothing can come between it and the next."""
    require_transaction()
    council, locked = current_council(), " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD + locked, [council.pk])
        found = cursor.fetchone()
    if found is None:
        return _first_head()
    return Head(pk=found[0], council_id=council.pk, seq=found[1], hash=found[2])


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
    require_transaction()
    refuse_in_drill()
    council = current_council()
    key = (council.pk, series, year, council.numbering_epoch)
    rank = _next_rank(key)
    if rank is None:
        Series.objects.get_or_create(code=series, year=year, epoch=council.numbering_epoch)
        rank = _next_rank(key)
    if rank is None:
        raise ValidationError(_("The series %(series)s is closed."), params={"series": series})
    return Number(series, year, council.numbering_epoch, rank)


def _next_rank(key: tuple[int, str, int, int]) -> int | None:
    """Count the series one further and lock it, in one statement; None when it is closed or has no row yet."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ON, key)
        found = cursor.fetchone()
    return int(found[0]) if found else None


def close_series(series: str, year: int) -> None:
    """Close a series: no number of it can be given any more."""
    require_transaction()
    epoch = current_council().numbering_epoch
    Series.objects.filter(code=series, year=year, epoch=epoch).update(closed_at=now())
    append("series_closed", {"series": series, "year": year, "epoch": epoch})


def commitment_of(salt: bytes | memoryview, body: Any) -> str:
    """What the chain says of a content: a salted hash that betrays nothing once the salt is gone."""
    return sha256_hex(bytes(salt) + canonical(body))


def keep_content(body: Mapping[str, Any], salt: bytes = b"") -> Content:
    """Keep names or free text outside the chain. Its commitment is `content_commitment(content)`.

    `salt`: that of the content whose place it takes, where links commit to more under it.
    """
    return Content.objects.create(salt=salt or secrets.token_bytes(16), body=plain(body))


def content_commitment(content: Content | None) -> str:
    """The commitment of a content, or nothing."""
    return commitment_of(content.salt, content.body) if content is not None else ""


def erase_content(content: Content, ground: str) -> None:
    """Erase a content with its salt, leaving a link that says why (law 09-08, article 8)."""
    require_transaction()
    Content.objects.filter(pk=content.pk).update(body=None, salt=b"", erased_at=now(), erased_ground=ground)
    append("content_erased", {"content": content.pk, "ground": ground})


class OtherBody(ValidationError):
    """The same key came with another body: a form whose answer was lost, mended and sent again. `answer`: the first."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(
            _(
                "This form was sent before with other content, and that is recorded. What you typed now is not: "
                "look at what is recorded, then send again only what must be added."
            ),
            code=SENT_OTHERWISE,
        )
        self.answer = dict(answer)


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
        raise OtherBody(done.answer)
    answer = done.answer
    return dict(answer)
