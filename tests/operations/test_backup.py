"""A backup taken under load comes back whole; a damaged one is refused; a restore opens a new numbering epoch."""

import os
import stat
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.installation import PREAMBLE, ROOT, Installation

#: Files requests until it is told to stop; says each receipt once it is acknowledged.
WRITER = """
import sys
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.procedures.models import Sheet
from tests.factories import loan_filing
from tadbir.services.actions import file_request
with council_scope(Council.objects.get()):
    sheet = Sheet.objects.get(status="adopted")
    while True:
        filed = file_request(loan_filing(sheet))
        print(filed.dossier.number, filed.receipt.number, flush=True)
"""
STATE = """
import json
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier, Fact
from tadbir.register.models import Entry, Series
from tadbir.register.queries import breaks_of_chain
council = Council.objects.get()
with council_scope(council):
    print(json.dumps({
        "dossiers": list(Dossier.objects.order_by("pk").values_list("number", flat=True)),
        "facts": Fact.objects.count(), "breaks": [vars(one) for one in breaks_of_chain()],
        "epoch": council.numbering_epoch, "last": Entry.objects.order_by("-seq").values_list("kind", flat=True)[0],
        "series": [list(row) for row in Series.objects.order_by("epoch", "code").values_list("code", "epoch", "last")],
    }))
"""


@pytest.fixture
def busy(home: Installation) -> "Iterator[Busy]":
    found = Busy(home)
    yield found
    found.stop()


class Busy:
    """An installation with two writers at work."""

    def __init__(self, home: Installation) -> None:
        self.home = home
        self.writers = [
            subprocess.Popen(
                [sys.executable, "-c", PREAMBLE + WRITER],
                env=home.environment,
                cwd=ROOT,
                text=True,
                stdout=subprocess.PIPE,
            )
            for _ in range(2)
        ]
        self.first = [str(writer.stdout.readline()).split()[0] for writer in self.writers if writer.stdout]

    def stop(self) -> list[str]:
        """End the writers; every number they were given."""
        numbers = list(self.first)
        for writer in self.writers:
            writer.terminate()
            if writer.stdout is not None:
                numbers += [line.split()[0] for line in writer.stdout.read().splitlines() if line.count(" ") == 1]
            writer.wait()
            if writer.stdout is not None:
                writer.stdout.close()
        self.writers, self.first = [], []
        return numbers


def test_a_backup_under_load_comes_back_whole(busy: Busy, tmp_path: Path) -> None:
    archive = tmp_path / "one.tar"
    begun = time.monotonic()
    said = busy.home.run("backup", str(archive)).stdout
    print(f"backup in {time.monotonic() - begun:.1f} s: {said}")
    time.sleep(0.5)
    numbers = busy.stop()
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob("tadbir-backup-*"))
    restored = Installation(tmp_path / "restored")
    begun = time.monotonic()
    told = busy.home.run("restore", "--signer", busy.home.signer, str(archive), str(restored.folder)).stdout
    print(f"restored in {time.monotonic() - begun:.1f} s")
    there, here = restored.python(STATE), busy.home.python(STATE)
    assert there["breaks"] == here["breaks"] == []
    count = len(there["dossiers"])
    assert 2 <= count < len(here["dossiers"])
    assert here["dossiers"][:count] == there["dossiers"]
    assert set(numbers) <= set(here["dossiers"])
    assert there["last"] == "restored"
    assert 100_000 <= there["epoch"] < 1_000_000
    assert f"D-2026 > {count}" in told.replace(str(time.localtime().tm_year), "2026")
    assert (restored.folder / "secret.key").read_bytes() == (busy.home.folder / "secret.key").read_bytes()
    assert restored.run("prepare_start").returncode == 0


def test_numbers_after_a_restore_are_never_those_given_before(busy: Busy, tmp_path: Path) -> None:
    busy.home.run("backup", str(tmp_path / "b.tar"))
    given = set(busy.stop())
    restored = Installation(tmp_path / "restored")
    busy.home.run("restore", "--signer", busy.home.signer, str(tmp_path / "b.tar"), str(restored.folder))
    later = Busy(restored)
    time.sleep(0.3)
    new = set(later.stop())
    assert new
    assert not new & given
    assert {number.partition("-")[0] for number in new} == {f"D{restored.python(STATE)['epoch']}"}
    assert restored.python(STATE)["breaks"] == []


@pytest.mark.parametrize("damage", ["bit", "cut", "member", "empty"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(home: Installation, tmp_path: Path, damage: str) -> None:
    archive = tmp_path / "b.tar"
    home.run("backup", str(archive))
    data = bytearray(archive.read_bytes())
    if damage == "bit":
        data[len(data) // 2] ^= 1
    elif damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "empty":
        data = bytearray()
    archive.chmod(0o600)
    archive.write_bytes(data)
    if damage == "member":
        with tarfile.open(archive, "a") as tar:
            tar.addfile(tarfile.TarInfo("../outside"))
    done = home.run("restore", "--signer", home.signer, str(archive), str(tmp_path / "restored"), good=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "ne tient pas" in done.stdout
    assert not (tmp_path / "restored").exists()
    assert not (tmp_path / "outside").exists()


def test_a_restore_whose_reader_went_away_is_whole(home: Installation, tmp_path: Path) -> None:
    home.run("backup", str(tmp_path / "b.tar"))
    reading, writing = os.pipe()
    os.close(reading)
    places = [str(tmp_path / "b.tar"), str(tmp_path / "restored")]
    words = [sys.executable, "-m", "tadbir", "restore", "--signer", home.signer, *places]
    environment = home.environment | {"PYTHONUNBUFFERED": "1"}
    done = subprocess.run(words, cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    restored = Installation(tmp_path / "restored")
    assert restored.python(STATE)["last"] == "restored"


def test_a_rewritten_register_is_found_out_by_the_restore(home: Installation, tmp_path: Path) -> None:
    rewrite = """
from django.db import connection
from tadbir.database import triggers
triggers.remove()
connection.cursor().execute("UPDATE register_entry SET kind = 'other' WHERE seq = 2")
triggers.install()
"""
    home.python(rewrite)
    home.run("backup", str(tmp_path / "b.tar"))
    done = home.run("restore", "--signer", home.signer, str(tmp_path / "b.tar"), str(tmp_path / "restored"), good=False)
    assert done.returncode == 2
    assert "maillon 2" in done.stdout
    assert home.run("prove", good=False).returncode == 1


def test_a_backup_overwrites_nothing_and_a_full_disk_leaves_nothing(home: Installation, tmp_path: Path) -> None:
    taken = tmp_path / "b.tar"
    taken.write_bytes(b"mine")
    assert home.run("backup", str(taken), good=False).returncode != 0
    assert taken.read_bytes() == b"mine"

    def small_files() -> None:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = home.run("backup", str(tmp_path / "c.tar"), good=False, preexec_fn=small_files)
    assert done.returncode != 0
    assert {path.name for path in tmp_path.iterdir()} == {"b.tar", "home"}
    assert "Traceback" not in done.stderr
