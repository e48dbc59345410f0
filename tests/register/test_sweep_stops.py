"""The sweep and whoever keeps files, stopped at each step or at work together: no bytes are lost."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.register.actions import files as writers
from tadbir.register.actions import keep_file, sweep_files
from tadbir.register.actions import sweep as sweeping
from tadbir.register.models import StoredFile, files_folder
from tests.conftest import at
from tests.factories import Office
from tests.register.files import GONE, KEPT, LATER, bare, fate, named

__all__ = ["bare"]  # the fixture of this file


class Killed(BaseException):
    """The machine stops here."""


@contextmanager
def stopped(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, *, after: bool) -> Iterator[None]:
    """Stop when a step is reached, or when it was done."""
    step: Callable[..., object] = getattr(owner, name)

    def stop(*args: object, **kwargs: object) -> object:
        if after:
            step(*args, **kwargs)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, stop)
        with pytest.raises(Killed):
            yield


STEPS = [
    (sweeping, "mark_erased", False),
    (sweeping, "mark_erased", True),  # before and after the mark, not committed
    (sweeping, "_mark", True),  # marked and committed, nothing deleted
    (sweeping, "remove_bytes", False),
    (Path, "unlink", False),
    (Path, "unlink", True),  # deleted, and the transaction around it lost
    (sweeping, "remove_bytes", True),
]


@pytest.mark.postgres
@pytest.mark.parametrize(("owner", "name", "after"), STEPS, ids=str)
def test_a_sweep_stopped_anywhere_is_finished_by_the_next(
    bare: Office, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool
) -> None:
    lost, held = keep_file(b"to be lost", "text/plain"), keep_file(b"held", "text/plain")
    named(held)
    with simulated(at(LATER)):
        with stopped(monkeypatch, owner, name, after=after):
            sweep_files()
        row, bytes_ = fate(lost)
        assert (bytes_, row) != (False, True), "a row says that it is kept, and its bytes are gone"
        sweep_files()
        assert (fate(lost), fate(held)) == (GONE, KEPT)


@pytest.mark.postgres
@pytest.mark.parametrize(("owner", "name", "after"), STEPS, ids=str)
def test_the_same_bytes_sent_again_after_a_stop_are_kept(
    bare: Office, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool
) -> None:
    lost = keep_file(b"sent twice", "text/plain")
    with simulated(at(LATER)):
        with stopped(monkeypatch, owner, name, after=after):
            sweep_files()
        again = keep_file(b"sent twice", "text/plain")
        assert again.pk == lost.pk
        sweep_files()
        assert fate(again) == KEPT
        with again.open() as stream:
            assert stream.read() == b"sent twice"


@pytest.mark.postgres
@pytest.mark.parametrize("moment", ["before the look", "before the delete"])
def test_the_same_bytes_sent_while_the_sweep_works_are_kept(
    bare: Office, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The row is marked; just before its bytes go, somebody sends them again."""
    lost = keep_file(b"sent meanwhile", "text/plain")
    delete = sweeping.remove_bytes

    def meanwhile(name: str) -> bool:
        if moment == "before the look":
            keep_file(b"sent meanwhile", "text/plain")
        return delete(name)

    with simulated(at(LATER)):
        with monkeypatch.context() as patch:
            patch.setattr(sweeping, "remove_bytes", meanwhile)
            sweep_files()
        if moment == "before the delete":
            keep_file(b"sent meanwhile", "text/plain")
        sweep_files()
        assert fate(lost) == KEPT


@pytest.mark.postgres
def test_a_keeper_stopped_anywhere_leaves_nothing_wrong(bare: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with simulated(at("2026-11-20 10:00")):
        lost = keep_file(b"stopped", "text/plain")
    assert sweep_files().marked == 1
    for name in ("_take_in", "hold_to_keep", "sync_folder", "_write_down"):
        for after in (False, True):
            with stopped(monkeypatch, writers, name, after=after):
                keep_file(b"stopped", "text/plain")
            row, _bytes = fate(lost)
            assert not row  # the row never says more than the disk
    assert not list(files_folder(bare.council.pk).glob("incoming-*"))
    sweep_files()
    assert fate(lost) == GONE
    assert fate(keep_file(b"stopped", "text/plain")) == KEPT


@pytest.mark.postgres
def test_keepers_and_sweeps_at_the_same_time(bare: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps a file has it until his transaction ends, however often it is swept."""
    monkeypatch.setattr(sweeping, "SAFE_AGE", timedelta(days=-1))  # even what was sent a moment ago may go

    def work(keeps: bool) -> int:
        turns = 0
        try:
            with council_scope(bare.council):
                until = time.monotonic() + 2
                while time.monotonic() < until:
                    turns += 1
                    if not keeps:
                        sweep_files()
                        continue
                    with transaction.atomic():
                        file = keep_file(b"hot", "text/plain")
                        assert fate(file) == KEPT
                        time.sleep(0.002)
                        assert fate(file) == KEPT
        finally:
            connection.close()
        return turns

    with ThreadPoolExecutor(4) as pool:
        turns = list(pool.map(work, [True, True, False, False]))
    print("kept and swept", turns)
    assert min(turns) > 3
    assert fate(StoredFile.objects.get()) in (KEPT, GONE, (False, True))
