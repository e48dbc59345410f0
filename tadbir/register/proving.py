"""The proof of the register: every row that counts stands under its link, every link has its row, every file its hash.

The chain alone proves that no link was changed; whoever can write into the database changes the rows beside it. So each
app declares proofs (`proofs.py`): which links speak of a row, what they say of it one after the other, and what the row
says now. The walk goes through the chain and then through the tables, a few hundred rows at a time, in the order of
their keys: it needs little memory, and can stop anywhere and go on another day.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from tadbir.register import subjects
from tadbir.register.actions import Link, lock_head
from tadbir.register.canonical import plain
from tadbir.register.judging import cannot_be_read, judged, read, read_links, stops
from tadbir.register.models import Entry, believed, ranked
from tadbir.register.queries import MISCOUNTED, breaks_after, head, miscounted
from tadbir.register.vouched import MARK, unvouched

CHUNK = 500
CHAIN = "chain"
BASELINE = "baseline"
#: Said of a link that gives power and was added to the chain by whoever does not have `secret.key`.
BY_HAND = "bears no mark of this installation: neither a page nor a command wrote it"


@dataclass(frozen=True)
class Difference:
    """Something that is not what the register says."""

    what: str  # role 5, act R-2026-00066, link 812
    why: str
    key: int  # of the row; of a link, its rank
    #: The newest link that says it otherwise: what differs was changed after it.
    seq: int | None = None
    at: datetime | None = None

    def __str__(self) -> str:
        since = f" (link {self.seq} of {self.at:%Y-%m-%d %H:%M})" if self.seq and self.at else ""
        return f"{self.what}: {self.why}{since}"


def differs(what: str, why: str, key: int, entry: Entry | None = None) -> Difference:
    """A difference, with the link that it differs from."""
    return Difference(what, why, key, entry.seq if entry else None, entry.at if entry else None)


def unreadable(what: str, key: int, error: Exception) -> Difference:
    """A row or a link that holds what the program never writes."""
    return differs(what, cannot_be_read(error), key)


class Proof:
    """What the chain answers for in one table."""

    #: Its name, and how its links name a row (`subjects`).
    noun: str
    #: Kinds of link each of which must find its row.
    begins: frozenset[str] = frozenset()

    def rows(self) -> "models.QuerySet[Any]":
        """Every row of the current council, with what the comparison reads of its neighbours."""
        raise NotImplementedError

    def of_rows(self, rows: Sequence[Any]) -> Iterator[Difference]:
        """Where these rows are not what their links say."""
        raise NotImplementedError

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        """Which of these links have no row."""
        yield from ()

    def baseline(self, rows: Sequence[Any]) -> list[Link]:
        """Links for those of these rows that have none, laid once when an older installation is upgraded."""
        return []

    def version(self) -> str:
        """By what the rows are judged: with another one, what stands is taken over again."""
        return ""


_proofs: dict[str, Proof] = {}


def declare(*proofs: Proof) -> None:
    """Declare, when an app starts, what the chain answers for."""
    _proofs.update({proof.noun: proof for proof in proofs})


def declared() -> list[Proof]:
    """Every proof, in the order of the apps."""
    return list(_proofs.values())


def links_about(noun: str, keys: Iterable[Any]) -> dict[str, list[Entry]]:
    """Every link about these rows, in order, by what it is about; none that no walk of the chain comes by, or that
    speaks of another row than it is filed under."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in believed().filter(about__in=[f"{noun}:{key}" for key in keys]).order_by("seq"):
        if entry.about == subjects.about(entry.kind, entry.fields):
            found[entry.about].append(entry)
    return found


class Told(Proof):
    """A row whose values are told by the links about it, each adding to, or correcting, those before."""

    #: The column that its links name it by.
    column = "pk"
    #: What it is called where it differs, when that is not its noun.
    called = ""
    #: Columns that a link tells only once something has happened.
    untold: frozenset[str] = frozenset()

    def says(self, entry: Entry) -> Mapping[str, Any]:
        """What this link tells of the row."""
        raise NotImplementedError

    def now(self, row: Any) -> Mapping[str, Any]:
        """The same of the row as it stands; what can no longer be read (erased) is left out."""
        raise NotImplementedError

    def besides(self, row: Any, links: Sequence[Entry]) -> Iterator[str]:
        """What else is wrong with a row, in words."""
        yield from ()

    def name(self, row: Any) -> Any:
        """How its links name it."""
        return getattr(row, self.column)

    def titled(self, row: Any) -> str:
        """What it is called where it differs."""
        return f"{self.called or self.noun} {self.name(row)}"

    def worded(self, row: Any, name: str, now: Any, told: Any) -> str:
        """How a column that differs is told; what is known by a digest alone is told without it."""
        return f"{name} is {now!r}, the register says {told!r}"

    def of_rows(self, rows: Sequence[Any]) -> Iterator[Difference]:
        found = links_about(self.noun, [self.name(row) for row in rows])
        for row in rows:
            what, links = self.titled(row), found.get(f"{self.noun}:{self.name(row)}", [])
            if not any(self._begins(link) for link in links):
                yield differs(what, "stands under no link", row.pk)
                continue
            yield from self._compare(what, row, links)
            for why in self.besides(row, links):
                yield differs(what, why, row.pk, links[-1])

    def _compare(self, what: str, row: Any, links: Sequence[Entry]) -> Iterator[Difference]:
        told: dict[str, tuple[Any, Entry]] = {}
        for link in links:
            told.update({name: (value, link) for name, value in self.says(link).items()})
        now = plain(self.now(row))
        for name, (value, link) in told.items():
            if name in now and now[name] != plain(value):
                yield differs(what, self.worded(row, name, now[name], plain(value)), row.pk, link)
        # Links from before the marks may have told less; whoever has no key adds none of them.
        if any(MARK in link.fields for link in links if self._begins(link)):
            for name in sorted(now.keys() - told.keys() - self.untold):
                yield differs(what, f"no link tells its {name}", row.pk, links[0])

    def _begins(self, link: Entry) -> bool:
        return link.kind in self.begins or link.kind == f"{self.noun}_stands"

    def of_links(self, links: Sequence[Entry]) -> Iterator[Difference]:
        named = ((link.about.partition(":")[2], link) for link in links if link.about.startswith(f"{self.noun}:"))
        wanted = {name: link for name, link in named if name.isdigit() or self.column != "pk"}  # else: filed elsewhere
        there = self.rows().filter(**{f"{self.column}__in": list(wanted)}).order_by()
        for name in wanted.keys() - {str(value) for value in there.values_list(self.column, flat=True)}:
            yield differs(f"{self.called or self.noun} {name}", "is not there", wanted[name].seq, wanted[name])

    def baseline(self, rows: Sequence[Any]) -> list[Link]:
        found = links_about(self.noun, [self.name(row) for row in rows])
        waiting = [row for row in rows if not any(map(self._begins, found.get(f"{self.noun}:{self.name(row)}", [])))]
        return [Link(f"{self.noun}_stands", {self.noun: self.name(row), **self.now(row)}) for row in waiting]


@dataclass
class Step:
    """A few hundred rows of a stage, looked at: where the walk stands after them, and what differs."""

    stage: str
    after: int
    looked: int
    found: list[Difference] = field(default_factory=list)
    more: bool = True


#: Where a walk begins: before the smallest key that a database keeps, and before the first link.
FROM = (-(1 << 63) - 1, 0)


def walk(stage: str = CHAIN, after: int = 0) -> Iterator[Step]:
    """Prove the register of the current council from here on, step by step, to its end."""
    names = [CHAIN, *_proofs]
    for name in names[names.index(stage) :] if stage in names else names:
        done = Step(name, after if name == stage else FROM[name == CHAIN], 0)
        while done.more:
            done = _step(name, done.after)
            yield done


def _step(name: str, after: int) -> Step:
    try:
        return _chain_step(name, after) if name == CHAIN else _rows_step(name, after)
    except Exception as error:  # what all rows of a table are judged by cannot be read: the other tables can
        if stops(error):
            raise
        why = f"cannot be proved after {after}: what it is compared with cannot be read ({type(error).__name__})"
        return Step(name, after, 0, [differs(name, why, after)], more=False)


def _chain_step(stage: str, after: int) -> Step:
    links = read_links(after, CHUNK)
    found = [differs(f"link {broken.seq}", broken.reason, broken.seq) for broken in breaks_after(after, links, CHUNK)]
    found += judged(_written_by_hand, links, _unreadable_link)
    found += _of_links(links)
    if found:
        found = _once_more(lambda: _chain_again(found), found)
    return Step(stage, links[-1].seq if links else after, len(links), found, len(links) == CHUNK)


def _written_by_hand(links: Sequence[Entry]) -> Iterator[Difference]:
    for link in unvouched(links):
        yield differs(f"link {link.seq}", f"{BY_HAND} ({link.kind})", link.seq, link)


def _unreadable_link(link: Entry, error: Exception) -> Difference:
    return unreadable(f"link {link.seq}", link.seq, error)


def _of_links(links: Sequence[Entry]) -> list[Difference]:
    found = []
    for proof in _proofs.values():
        mine = [link for link in links if link.kind in proof.begins or link.kind == f"{proof.noun}_stands"]
        found += judged(proof.of_links, mine, _unreadable_link)
    return found


def _chain_again(found: Sequence[Difference]) -> list[Difference]:
    """What still differs when nobody writes: a row and its link may have been read a moment apart."""
    ranks = {one.key for one in found if "is not there" in one.why}
    still = {(one.what, one.why) for rank in sorted(ranks) for one in _of_links(read_links(rank - 1, 1))}
    seq, digest = head()
    if (last := ranked().order_by("-seq").values_list("seq", "hash").first()) is None or last == (seq, digest):
        found = [one for one in found if "the head says" not in one.why]
    if not any(miscounted()):
        found = [one for one in found if not one.why.startswith(MISCOUNTED)]
    return [one for one in found if "is not there" not in one.why or (one.what, one.why) in still]


def _rows_step(stage: str, after: int) -> Step:
    proof = _proofs[stage]
    rows = proof.rows() if after < FROM[0] + 1 else proof.rows().filter(pk__gt=after)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    found = _of_rows(proof, keys)
    if found:
        again = sorted({one.key for one in found})
        found = _once_more(lambda: _of_rows(proof, again), found)
    return Step(stage, keys[-1] if keys else after, len(keys), found, len(keys) == CHUNK)


def _of_rows(proof: Proof, keys: Sequence[int]) -> list[Difference]:
    rows, unread = read(proof.rows(), keys)
    found = judged(proof.of_rows, rows, lambda row, error: unreadable(f"{proof.noun} (row {row.pk})", row.pk, error))
    found += [differs(f"{proof.noun} {key}", "has a key that Tadbir never gives", key) for key in keys if key < 1]
    return found + [unreadable(f"{proof.noun} (row {key})", key, error) for key, error in unread.items()]


def _once_more(look: Callable[[], list[Difference]], found: list[Difference]) -> list[Difference]:
    """Look again with the head of the chain in hand: nobody can commit a link, so rows and links stand still."""
    with transaction.atomic():
        lock_head()
        return look()
