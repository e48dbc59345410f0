"""Reading the register and proving that it was not rewritten."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tadbir.councils.scope import current_council, one_of
from tadbir.register.actions import FIRST, entry_hash
from tadbir.register.canonical import canonical, sha256_hex
from tadbir.register.models import Entry, Head, Replay


def head() -> tuple[int, str]:
    """Rank and hash of the newest link of the current council's chain."""
    row = one_of(Head.objects.all())
    return (row.seq, row.hash) if row else (0, FIRST)


def is_in_chain(digest: str) -> bool:
    """Whether a head printed on an old paper is a link of the chain (an old receipt is a witness)."""
    return Entry.objects.filter(hash=digest).exists()


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, and why."""

    seq: int
    reason: str


def breaks_of_chain() -> Iterator[Break]:
    """Walk the whole chain of the current council and yield every place where it does not hold."""
    code, previous, expected = current_council().code, FIRST, 1
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            yield Break(entry.seq, f"link {expected} is missing")
        if entry.previous != previous:
            yield Break(entry.seq, "does not follow the link before it")
        digest = entry_hash(
            code, entry.seq, entry.kind, entry.at.isoformat(), entry.fields, entry.commitment, entry.previous
        )
        if digest != entry.hash:
            yield Break(entry.seq, "was changed")
        previous, expected = entry.hash, entry.seq + 1
    if head() != (expected - 1, previous):
        yield Break(expected - 1, "the head says another link is the newest")


def done_before(purpose: str, key: str, body: Any) -> bool:
    """Whether this was already done with this key and this very content: a second click is answered like the first."""
    done = one_of(Replay.objects.filter(purpose=purpose, key=key))
    return done is not None and done.body_sha256 == sha256_hex(canonical(body))
