"""The writers of the index: put an object in, take it out, make the whole index again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from tadbir.councils.clock import local_date
from tadbir.councils.scope import council_or_none, current_council, one_of
from tadbir.textsearch import engines
from tadbir.textsearch.models import SearchEntry
from tadbir.textsearch.stemmer import STEMMER_VERSION, stems

_TYPE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
#: Entries written in one transaction when everything is indexed again: a writer at the counter slips between.
CHUNK = 200


class Findable(NamedTuple):
    """One object as its app hands it over for indexing."""

    object_type: str
    object_id: str
    text: str
    date: date


_sources: dict[str, Callable[[], Iterable[Findable]]] = {}


def index(object_type: str, object_id: int | str, text: str, on: date, *, new: bool = False) -> SearchEntry:
    """Make an object of the current council findable by `text`, in the order of `on`. Replaces what was there.

    `new` says that the object was made in this transaction: there is nothing to replace.
    Call it in the transaction that writes the object. Raises ValueError for a type that is not a plain word.
    """
    if not object_type or not set(object_type) <= _TYPE:
        raise ValueError(f"{object_type!r} is not a type of object")
    if isinstance(on, datetime):
        on = local_date(on)
    with transaction.atomic():
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
        entry.save(update_fields=["position"] if old is None else None, force_update=True)
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


def register_source(name: str, source: Callable[[], Iterable[Findable]]) -> None:
    """Declare, when an app starts, where its findable objects of the current council come from."""
    _sources[name] = source


def reindex(only_stale: bool = False) -> int:
    """Index every object of the current council again, in small transactions; the number of objects.

    With `only_stale`, nothing is done unless an entry was made by another version of the stemmer.
    """
    if only_stale and not SearchEntry.objects.exclude(version=STEMMER_VERSION).exists():
        return 0
    done = 0
    for source in list(_sources.values()):
        chunk: list[Findable] = []
        for found in source():
            chunk.append(found)
            if len(chunk) == CHUNK:
                done += _index_all(chunk)
                chunk = []
        done += _index_all(chunk)
    return done


def _index_all(chunk: list[Findable]) -> int:
    with transaction.atomic():
        for found in chunk:
            index(found.object_type, found.object_id, found.text, found.date)
    return len(chunk)


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
