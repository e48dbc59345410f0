"""The sweep: what nothing refers to goes, what anything refers to stays, and no stop at any step loses bytes."""

import os
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Q

from tadbir.acts.models import Act, Draft
from tadbir.councils.clock import now, simulated
from tadbir.councils.scope import council_scope
from tadbir.register import references
from tadbir.register.actions import append, erase_files, keep_file, sweep_files
from tadbir.register.actions.files import none_removed, remove_bytes
from tadbir.register.models import Entry, StoredFile, files_folder
from tadbir.register.queries import breaks_of_chain
from tadbir.register.references import let_go, unreferenced
from tests.conftest import at
from tests.factories import Office, make_office
from tests.register.files import GONE, KEPT, LATER, bare, fate, named

__all__ = ["bare"]  # the fixture of this file


@pytest.mark.postgres
def test_what_nothing_refers_to_goes_once_it_is_old(bare: Office) -> None:
    lost, held = keep_file(b"lost", "text/plain"), keep_file(b"held", "text/plain")
    named(held)
    with simulated(at("2026-12-03 09:00")):
        assert sweep_files().marked == 0
        assert fate(lost) == KEPT
    with simulated(at(LATER)):
        young = keep_file(b"young", "text/plain")
        assert (sweep_files().marked, fate(lost), fate(held), fate(young)) == (1, GONE, KEPT, KEPT)
        assert sweep_files().marked == 0
    assert not Entry.objects.filter(kind="file_erased").exists()  # no link ever named it


@pytest.mark.postgres
def test_every_relation_of_every_model_holds_a_file(bare: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The relations are those that Django knows: a new model cannot be forgotten."""
    monkeypatch.setattr(references, "_let_go", {})
    keys = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is StoredFile
    }
    found = references.references()
    assert {(key.model._meta.label, key.name) for key in found} == keys
    assert len(keys) >= 7
    for rank, key in enumerate(found):
        file = keep_file(f"file {rank}".encode(), "text/plain")
        assert unreferenced().filter(pk=file.pk).exists()
        with transaction.atomic():  # never committed: what else the row points at need not exist
            _point(key, file)
            assert not unreferenced().filter(pk=file.pk).exists(), f"{key.model._meta.label}.{key.name} holds nothing"
            transaction.set_rollback(True)


def _point(key: "models.ForeignKey[object, object]", file: StoredFile) -> None:
    """A row of whatever model that refers to the file."""
    columns, values = [key.column], [file.pk]
    for field in key.model._meta.local_concrete_fields:
        if not field.null and not field.primary_key and field.column != key.column:
            columns.append(field.column)
            values.append(_anything(field, file))
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(values))
        cursor.execute(f'INSERT INTO "{key.model._meta.db_table}" ({names}) VALUES ({places})', values)


def _anything(field: "models.Field[object, object]", file: StoredFile) -> object:
    if field.column == "council_id":
        return file.council_id
    if isinstance(field, models.ForeignKey):
        return 1
    if isinstance(field, models.DateTimeField):
        return now()
    if isinstance(field, models.DateField):
        return now().date()
    if isinstance(field, models.JSONField):
        return "{}"
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.BooleanField):
        return False
    return 0 if isinstance(field, models.IntegerField) else f"{file.pk}"[-2:]


@pytest.mark.postgres
def test_a_row_that_let_go_holds_nothing(bare: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "_let_go", {})
    file = keep_file(b"let go", "text/plain")
    row = named(file)
    assert not unreferenced().filter(pk=file.pk).exists()
    let_go("acts.Draft", Q(kind="erased"))
    assert not unreferenced().filter(pk=file.pk).exists()
    Draft.objects.filter(pk=row.pk).update(kind="erased")
    assert unreferenced().filter(pk=file.pk).exists()


@pytest.mark.postgres
def test_a_link_says_it_of_a_file_that_a_link_named(bare: Office) -> None:
    said, unsaid = keep_file(b"said", "text/plain"), keep_file(b"unsaid", "text/plain")
    with transaction.atomic():
        append("act_notified", {"number": "D-1", "proof_sha256": said.sha256})
    with simulated(at(LATER)):
        assert sweep_files().marked == 2
    links = Entry.objects.filter(kind="file_erased").values_list("fields", flat=True)
    assert [link["sha256"] for link in links] == [said.sha256] != [unsaid.sha256]
    assert list(breaks_of_chain()) == []


def test_the_files_of_another_council_are_not_looked_at(bare: Office) -> None:
    file = keep_file(b"the same bytes", "text/plain")
    other = make_office("12.066", "aou")
    with council_scope(other.council):
        theirs = keep_file(b"the same bytes", "text/plain")
        named(theirs)
    with simulated(at(LATER)):
        assert sweep_files().marked == 1
        assert fate(file) == GONE
        with council_scope(other.council):
            assert fate(theirs) == KEPT
            assert sweep_files().marked == 0
            assert fate(theirs) == KEPT


def old(path: Path, seconds: float = 3 * 24 * 3600) -> Path:
    """Make a file look as if it lay there for days."""
    os.utime(path, (time.time() - seconds,) * 2)
    return path


def test_what_killed_uploads_left_goes_and_nothing_else(bare: Office) -> None:
    kept = keep_file(b"kept", "text/plain")
    named(kept)
    folder = files_folder(bare.council.pk)
    stray, young = folder / "incoming-abc", folder / "incoming-def"
    for path in (stray, young):
        path.write_bytes(b"half a file")
    old(stray)
    rowless, fresh, foreign = folder / "ab" / ("ab" + "0" * 62), folder / "ab" / ("ab" + "1" * 62), folder / "ab" / "x"
    rowless.parent.mkdir(exist_ok=True)
    for path in (rowless, fresh, foreign):
        path.write_bytes(b"whole, but no row was ever written")
    old(rowless)
    old(foreign)
    done = sweep_files()
    assert (done.marked, done.deleted, done.stray) == (0, 1, 1)
    assert [path.exists() for path in (stray, young, rowless, fresh, foreign)] == [False, True, False, True, True]
    assert fate(kept) == KEPT
    for path in (young, fresh, foreign):
        path.unlink()


@pytest.mark.postgres
def test_nothing_is_deleted_while_a_backup_is_taken(bare: Office) -> None:
    lost = keep_file(b"in the backup", "text/plain")
    with simulated(at(LATER)):
        with none_removed():
            done = sweep_files()
            assert (done.marked, done.deleted) == (1, 0)
            assert fate(lost) == (False, True)
        assert sweep_files().deleted == 1
        assert fate(lost) == GONE


@pytest.mark.postgres
def test_a_file_is_let_go_in_the_deed_and_deleted_after_it(bare: Office) -> None:
    mine, shared = keep_file(b"mine alone", "text/plain"), keep_file(b"somebody else's too", "text/plain")
    named(shared)
    with transaction.atomic():
        assert erase_files([mine, shared], "law 09-08") == [mine.sha256]
        assert fate(mine) == (False, True)
        transaction.set_rollback(True)
    assert fate(mine) == KEPT
    with transaction.atomic():
        erase_files([mine, shared], "law 09-08")
    assert (fate(mine), fate(shared)) == (GONE, KEPT)
    assert not remove_bytes(shared.sha256)
    assert fate(shared) == KEPT
    assert Act.objects.count() == 0
