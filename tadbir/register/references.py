"""Which files somebody still refers to. Every foreign key of every model counts, found by itself.

An app may say that some of its rows no longer hold their file: the sealed PDF of an act whose content was erased is
still named by its row, which cannot be deleted, but nobody may read it any more.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, ForeignKey, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from tadbir.register.models import Entry, StoredFile

_let_go: dict[str, Q] = {}


def let_go(model: str, when: Q) -> None:
    """Declare, when an app starts, which rows of a model (`app.Model`) no longer hold the files they name."""
    _let_go[model.lower()] = when


def keys_to(model: type[Model]) -> list["ForeignKey[Any, Any]"]:
    """Every foreign key that points to a model, hidden ones too; of many-to-many relations, the key of their table."""
    found = model._meta.get_fields(include_hidden=True)
    return [key for one in found if isinstance(key := getattr(one, "remote_field", None), ForeignKey)]


def references() -> list["ForeignKey[Any, Any]"]:
    """Every foreign key that points to a file."""
    return keys_to(StoredFile)


def _holders() -> list[Exists]:
    """For each foreign key, whether some row holds a file by it."""
    found = []
    for key in references():
        holding = key.model._base_manager.filter(**{key.name: OuterRef(key.target_field.attname)})
        when = _let_go.get(key.model._meta.label_lower)
        found.append(Exists(holding.exclude(when) if when else holding))
    return found


def unreferenced() -> QuerySet[StoredFile]:
    """The files of the current council, not erased, that nothing holds."""
    rows = StoredFile.objects.filter(erased_at__isnull=True)
    for holder in _holders():
        rows = rows.filter(~holder)
    return rows


def held() -> QuerySet[StoredFile]:
    """The files of the current council that something holds."""
    return StoredFile.objects.filter(reduce(or_, map(Q, _holders())))


def named_in_chain(names: Iterable[str]) -> set[str]:
    """Those of these hashes that some link of the chain names, under whatever key."""
    wanted = set(names)
    if not wanted:
        return set()
    links = Entry.objects.annotate(text=Cast("fields", TextField())).filter(text__contains="sha256")
    said = links.order_by().values_list("fields", flat=True).iterator(chunk_size=2000)
    return {value for fields in said for value in fields.values() if isinstance(value, str) and value in wanted}
