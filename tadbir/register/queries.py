"""Reading the register and proving that it was not rewritten."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from tadbir.councils.scope import current_council, one_of
from tadbir.reading.numbers import Written
from tadbir.register.actions import FIRST, Number, entry_hash
from tadbir.register.canonical import canonical, sha256_hex
from tadbir.register.judging import cannot_be_read, judged, read_links
from tadbir.register.models import RANKED, Entry, Head, Replay, Series, believed, ranked
from tadbir.register.vouched import is_filed


def head() -> tuple[int, str]:
    """Rank and hash of the newest link of the current council's chain."""
    row = one_of(Head.objects.all())
    return (row.seq, row.hash) if row else (0, FIRST)


def is_in_chain(digest: str) -> bool:
    """Whether a head printed on an old paper is a link of the chain (an old receipt is a witness)."""
    return believed().filter(hash=digest).exists()


def is_beginning_in_chain(said: str) -> bool:
    """Whether a link's hash is this, or begins so: `check` shows a head by its beginning."""
    return FIRST.startswith(said) or believed().filter(hash__gte=said, hash__lt=f"{said}g").exists()


def restored_over(moment: datetime) -> datetime | None:
    """When the backup was taken that a restore put over this moment: what was recorded then is lost, and no fault.

    In a drill, which records nothing, whatever came after its newest link is lost so.
    """
    second = moment.replace(microsecond=0)  # papers say no finer
    for link in believed().filter(kind="restored", at__gte=second).order_by("seq"):
        taken = _taken_at(link.fields)
        kept = Entry.objects.filter(seq__lt=link.seq, at__lte=taken).order_by("-seq").first() if taken else None
        if kept and kept.at.replace(microsecond=0) <= second:
            return taken
    newest = Entry.objects.order_by("-seq").first() if settings.DRILL else None
    return newest.at if newest and newest.at.replace(microsecond=0) <= second else None


def _taken_at(fields: Any) -> datetime | None:
    """The moment of the backup as the link of a restore tells it; None: nothing that Tadbir wrote there."""
    try:
        taken = datetime.fromisoformat(fields["backup"])
    except (KeyError, TypeError, ValueError):
        return None
    return taken if taken.tzinfo else None


#: Links that are read at once.
LINKS = 2000
#: Said of a link, by its key; and of the newest link.
NEVER_GIVEN = "stands at a rank that Tadbir never gives"
MISCOUNTED = "there are more links, or fewer, than its rank says"


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold, and why."""

    seq: int
    reason: str


def link_hash(seq: int) -> str:
    """The hash of the link of this rank, which the next one names; of rank 0, what the first one names."""
    found = Entry.objects.filter(seq=seq).values_list("hash", flat=True).first() if seq else None
    return found or FIRST


def breaks_between(links: Iterable[Entry], seq: int, previous: str) -> Iterator[Break]:
    """Where these links, in order, do not follow the link of rank `seq` and hash `previous`, or each other."""
    code = current_council().code
    for entry in links:
        if entry.seq != seq + 1:
            yield Break(entry.seq, f"link {seq + 1} is missing")
        if entry.previous != previous:
            yield Break(entry.seq, "does not follow the link before it")
        if not is_hashed(code, entry):
            yield Break(entry.seq, "was changed")
        previous, seq = entry.hash, entry.seq


def is_hashed(code: str, entry: Entry) -> bool:
    """Whether the hash of a link is that of what it says; what has no canonical form was never hashed."""
    try:
        at = entry.at.isoformat()
        digest = entry_hash(code, entry.seq, entry.kind, at, entry.fields, entry.commitment, entry.previous)
    except (TypeError, ValueError, AttributeError, RecursionError):
        return False
    return digest == entry.hash


def breaks_of_chain() -> Iterator[Break]:
    """Walk the whole chain of the current council and yield every place where it does not hold, whatever stands in the
    tables and whoever wrote its links."""
    after, links = 0, read_links(0, LINKS)
    yield from breaks_after(0, links, LINKS)
    while len(links) == LINKS:
        after = links[-1].seq
        links = read_links(after, LINKS)
        yield from breaks_after(after, links, LINKS)


def breaks_after(after: int, links: Sequence[Entry], count: int) -> Iterator[Break]:
    """Where the links after a rank, `count` where there are so many, do not follow one another, or stand elsewhere than
    they say; before the first and after the last, those that no walk from rank to rank comes by."""
    if not after:
        yield from never_given()
    previous = link_hash(after)
    yield from breaks_between(links, after, previous)
    yield from judged(_filed_elsewhere, links, lambda link, error: Break(link.seq, cannot_be_read(error)))
    if len(links) < count:
        last = (links[-1].seq, links[-1].hash) if links else (after, previous)
        if head() != last and not ranked().filter(seq=last[0] + 1).exists():
            yield Break(last[0], "the head says another link is the newest")
        yield from miscounted()


def _filed_elsewhere(links: Sequence[Entry]) -> Iterator[Break]:
    for link in links:
        if not is_filed(link):
            yield Break(link.seq, "is filed under another row than it speaks of")


def never_given() -> Iterator[Break]:
    """The links at a rank that the program never gives, which no walk from rank to rank comes by."""
    for seq in Entry.objects.exclude(RANKED).order_by("pk").values_list("seq", flat=True):
        yield Break(seq, NEVER_GIVEN)


def miscounted() -> Iterator[Break]:
    """That there are more links, or fewer, than the head has ranks: two that share one, say."""
    (seq, _digest), count = head(), Entry.objects.count()
    if count != seq:
        yield Break(seq, f"{MISCOUNTED} ({count})")


def done_before(purpose: str, key: str, body: Any) -> bool:
    """Whether this was already done with this key and this very content: a second click is answered like the first."""
    return answer_before(purpose, key, body) is not None


def answer_before(purpose: str, key: str, body: Any) -> dict[str, Any] | None:
    """What was answered when this was done with this key and this very content; None when it was not."""
    done = one_of(Replay.objects.filter(purpose=purpose, key=key, body_sha256=sha256_hex(canonical(body))))
    return dict(done.answer) if done else None


def numbers_meant(read: Written, codes: Collection[str]) -> list[str]:
    """The numbers of these series that a written one may be: itself when it is whole, else of every year, newest first.

    A number without its letter may be of any of the series, one without its year of any year that gave so many.
    """
    if read.whole:
        return [str(read)]
    rows = Series.objects.filter(code__in=codes, last__gte=read.rank).order_by("-year", "-epoch", "code")
    if read.year:
        rows = rows.filter(year=read.year)
    letters = read.series.rstrip("0123456789")
    rows = rows.filter(code=letters) if letters else rows
    numbers = [str(Number(row.code, row.year, row.epoch, read.rank)) for row in rows]
    return [one for one in numbers if read.series == letters or one.startswith(f"{read.series}-")]


def last_about(row: str) -> tuple[int | None, datetime] | None:
    """Whose key the last link about a row (`role:5`) names as its author, and when it was made."""
    link = believed().filter(about=row).order_by("seq").last()
    if link is None:
        return None
    names = ("answered_by", "second", "by", "made_by")
    return next((link.fields[name] for name in names if link.fields.get(name)), None), link.at


def newest_at() -> datetime | None:
    """When the newest link of any chain was written; None where there is none, or where the database does not say."""
    try:
        heads = Head.everywhere.values_list("council", "seq")
        found = [
            Entry.everywhere.filter(council=council, seq=seq).values_list("at", flat=True) for council, seq in heads
        ]
        return max((at for one in found for at in one), default=None)
    except DatabaseError:
        return None
