"""A full disk: clear words, nothing half written, and work goes on in the same process once there is room."""

import shutil
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.operations.conftest import furnished, home  # noqa: F401
from tests.operations.installation import SLUG, Installation, Server

pytest.importorskip("resource")

#: Two ways to have no room: no file may grow past a limit, or a real small disk with a ballast on it.
LIMIT = """
import resource
def fill(left):
    wal = (home / "tadbir.sqlite3-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (wal + left if left else 1000, resource.RLIM_INFINITY))
def make_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""
DISK = """
import shutil
def fill(left):
    free = shutil.disk_usage(home).free - left
    with (home / "ballast").open("ab") as out:
        out.write(bytes(max(0, free)))
def make_room():
    (home / "ballast").unlink()
"""
FILE = """
import io, json, os
from pathlib import Path
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from PIL import Image
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.dossiers.models import Dossier
from tadbir.procedures.models import Sheet
from tadbir.services.actions import file_request
from tadbir.register.actions import keep_upload
from tests.factories import loan_filing
home, said, filed = Path(os.environ["TADBIR_HOME"]), [], []
%s
picture = io.BytesIO()
Image.effect_noise((200, 200), 90).save(picture, "PNG")
size = picture.tell()
def upload():
    picture.seek(0)
    return keep_upload(picture, size)
with council_scope(Council.objects.get()):
    sheet = Sheet.objects.get(status="adopted")
    filed.append(file_request(loan_filing(sheet)).dossier.number)
    fill(300_000)
    for _ in range(200):
        try:
            filed.append(file_request(loan_filing(sheet)).dossier.number)
        except (DatabaseError, OSError) as error:
            said.append(str(error))
            break
    fill(0)
    try:
        upload()
    except ValidationError as error:
        said.append(error.code)
    left = [path.name for path in (home / "files").rglob("incoming-*")]
    make_room()
    again = upload().size == size
    filed.append(file_request(loan_filing(sheet)).dossier.number)
    there = list(Dossier.objects.order_by("pk").values_list("number", flat=True))
print(json.dumps({"filed": filed, "said": said, "left": left, "again": again, "there": there}))
"""


@pytest.fixture
def small_disk(home: Installation, tmp_path: Path) -> Iterator[Installation]:
    """The installation on a disk of 12 MB; skipped where this process may mount none."""
    place, program = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    words = [program or "mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)]
    if program is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("not run: no small disk can be mounted here (the file limit stands in for it)")
    try:
        shutil.copytree(home.folder, place / "home", ignore=shutil.ignore_patterns("static"))
        yield Installation(place / "home")
    finally:
        subprocess.run(["umount", str(place)], check=True)


def check(where: Installation, way: str) -> None:
    told = where.python(FILE % way)
    assert len(told["said"]) == 2, told
    assert any(word in told["said"][0] for word in ("full", "I/O", "No space")), told
    assert told["said"][1] == "disk"  # «no room left on the council's machine. Nothing was filed.»
    assert told["left"] == []
    assert told["again"]
    assert told["there"] == told["filed"]
    assert where.python("from tests.kill.state import look; look([])") == []


def test_a_full_disk_loses_nothing_and_writes_no_half(small_disk: Installation) -> None:
    check(small_disk, DISK)


def test_a_file_that_may_not_grow_loses_nothing(home: Installation) -> None:
    check(home, LIMIT)


def serves_to_be_read(home: Installation, log: Path) -> None:
    """The server starts on a full disk, says that it is full, and what is there can be read."""
    with Server(home, "--workers", "1", log=log) as server:
        server.wait_ready()
        assert "Le disque est plein" in log.read_text("utf-8")
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/{SLUG}/", timeout=10) as answer:
            assert answer.status == 200
        assert server.stop() == 0


def test_serve_starts_where_nothing_more_can_be_filed(small_disk: Installation) -> None:
    """Everything can be read, and the server says why nothing is filed: it is not the server's fault."""
    small_disk.more["TADBIR_STATIC"] = str(small_disk.folder.parents[1] / "static")
    free = shutil.disk_usage(small_disk.folder).free
    with (small_disk.folder.parent / "fill").open("wb") as out:
        out.write(bytes(free - 400_000))
    log = small_disk.folder.parents[1] / "serve.log"
    serves_to_be_read(small_disk, log)


def test_a_disk_without_a_byte_is_called_full_and_serve_starts_cold_on_it(small_disk: Installation) -> None:
    """The room that an earlier start kept is what SQLite opens the database with."""
    small_disk.more["TADBIR_STATIC"] = str(small_disk.folder.parents[1] / "static")
    log = small_disk.folder.parents[1] / "serve.log"
    with Server(small_disk, "--workers", "1", "--no-queue", log=log) as server:
        server.wait_ready()
        assert server.stop() == 0
    cold = sqlite3.connect(small_disk.folder / "tadbir.sqlite3")
    cold.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cold.close()  # the last one that leaves takes the journal and its index away
    assert not list(small_disk.folder.glob("tadbir.sqlite3-*"))
    with (small_disk.folder.parent / "fill").open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(bytes(4096))
    assert shutil.disk_usage(small_disk.folder).free == 0
    for name in ("check", "prove", "tick", "migrate"):
        done = small_disk.run(name, good=False)
        assert (done.returncode, "plus de place sur le disque" in done.stderr) == (1, True), (name, done.stderr)
    log.unlink()
    serves_to_be_read(small_disk, log)
