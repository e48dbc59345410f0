"""The writers of the index: put an object in, take it out, make the whole index again."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from tadbir.councils.clock import local_date
from tadbir.councils.scope import council_or_none, current_council, one_of
from tadbir.textsearch import engines
from tadbir.textsearch.models import SearchEntry
from tadbir.textsearch.stemmer import STEMMER_VERSION, stems

_TYPE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
#: Entries written in one transaction when everything is indexed again: a writer at the counter slips between.
CHUNK = 200
#: Seconds that a job of the queue, or a step of `tick`, gives to it before it lets others work.
TURN = 30.0


class Findable(NamedTuple):
    """One object as its app hands it over for indexing."""

    object_type: str
    object_id: str
    text: str
    date: date


class Source(NamedTuple):
    """Where the findable objects of one type come from, for the current council."""

    #: The ids of all of them, one after the other, never as one list.
    ids: Callable[[], Iterable[str]]
    #: The objects with these ids; one that is no more is left out.
    read: Callable[[Sequence[str]], Iterable[Findable]]


_sources: dict[str, Source] = {}


def index(object_type: str, object_id: int | str, text: str, on: date, *, new: bool = False) -> SearchEntry:
    """Make an object of the current council findable by `text`, in the order of `on`. Replaces what was there.

    `new` says that the object was made in this transaction: there is nothing to replace.
    Call it in the transaction that writes the object. Raises ValueError for a type that is not a plain word.
    """
    if not object_type or not set(object_type) <= _TYPE:
        raise ValueError(f"{object_type!r} is not a type of object")
    if isinstance(on, datetime):
        on = local_date(on)
    with transaction.atomic(savepoint=False):
        entry = None
        if not new:
            entry = one_of(SearchEntry.objects.filter(object_type=object_type, object_id=str(object_id)))
        old = entry.position if entry else None
        if entry is None:
            entry = SearchEntry(object_type=object_type, object_id=str(object_id))
        scope = engines.scope_stems(current_council().pk, object_type)
        entry.date, entry.version, entry.stems = on, STEMMER_VERSION, f"{scope} {stems(text)}".rstrip()
        if old is None:
            entry.save()  # gives the id that the position is made of
        entry.position = (on.toordinal() << 40) | entry.pk
        if old is None:
            engines.place(entry.pk, entry.position)
        else:
            entry.save(force_update=True)
        engines.put(old, entry.position, entry.stems)
    return entry


def remove(object_type: str, object_id: int | str) -> bool:
    """Make an object of the current council unfindable (it was erased). False when it was not there."""
    with transaction.atomic():
        entry = SearchEntry.objects.filter(object_type=object_type, object_id=str(object_id)).first()
        if entry is None:
            return False
        engines.drop(entry.position)
        entry.delete()
    return True


def forget_words() -> None:
    """Make the index let go of the words of entries that were removed or replaced: it keeps them until it tidies up.

    After an erasure only: it writes the whole index of all councils anew.
    """
    with transaction.atomic():
        engines.tidy()


def _batched(ids: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(ids)
    while chunk := list(islice(rest, size)):
        yield chunk


def register_source(object_type: str, source: Source) -> None:
    """Declare, when an app starts, where its findable objects come from."""
    _sources[object_type] = source


def reindex() -> int:
    """Index every object of the current council again, in small transactions; the number of objects."""
    return sum(_redo(kind, chunk) for kind, source in _sources.items() for chunk in _batched(source.ids(), CHUNK))


def reindex_stale(seconds: float) -> int:
    """Index again what another version of the stemmer indexed, newest first, for about so long; how many were done.

    Each small transaction leaves its entries with the version of today: whoever goes on, after a stop or a kill,
    finds only the others. An object that is no more leaves the index. `tick` calls it, and the start after an upgrade.
    """
    until, done = time.monotonic() + seconds, 0
    for kind in _sources:
        while chunk := list(_stale(kind).order_by("-position").values_list("object_id", flat=True)[:CHUNK]):
            done += _redo(kind, chunk, only_stale=True)
            if time.monotonic() >= until:
                return done
    return done


def reindex_in_turns() -> int:
    """A turn of the queue: go on for a while; where something is left, another turn comes after the other jobs."""
    done = reindex_stale(TURN)
    reindex_later()
    return done


def reindex_later() -> bool:
    """Put a job into the queue where something of the current council is stale; whether it is."""
    stale = any(_stale(kind).exists() for kind in _sources)
    if stale:
        from django_q.tasks import async_task  # its settings are read on import

        async_task("tadbir.textsearch.tasks.reindex", current_council().pk, save=False, ack_failure=True)
    return stale


def _stale(kind: str) -> QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(object_type=kind).exclude(version=STEMMER_VERSION)


@transaction.atomic
def _redo(kind: str, ids: Sequence[str], *, only_stale: bool = False) -> int:
    """Index these objects again. Their entries are held meanwhile: an action that changes one comes before or after."""
    entries = _stale(kind) if only_stale else SearchEntry.objects.filter(object_type=kind)
    held = set(entries.select_for_update().filter(object_id__in=ids).values_list("object_id", flat=True))
    wanted = [one for one in ids if one in held] if only_stale else list(ids)
    found = list(_sources[kind].read(wanted))
    for one in found:
        index(one.object_type, one.object_id, one.text, one.date)
    for gone in held - {one.object_id for one in found}:
        remove(kind, gone)
    return len(found)


def rebuild_engine() -> int:
    """Make SQLite's index again from the kept stems of all councils (after a damaged or restored file)."""
    if council_or_none() is not None:
        raise RuntimeError("the engine is rebuilt for all councils at once: leave council_scope first")
    if connection.vendor != "sqlite":
        return 0
    with transaction.atomic():
        engines.clear()
        count = 0
        for position, kept in SearchEntry.everywhere.values_list("position", "stems").iterator():
            engines.put(None, position, kept)
            count += 1
    return count
