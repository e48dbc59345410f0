"""A backup that was tampered with runs nothing and adds nothing; two restores of one never give the same numbers."""

import contextlib
import hashlib
import io
import json
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tadbir.operations import signer
from tests.operations.installation import Installation

FILE = """
import json
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.desk.codes import follow_code
from tadbir.procedures.models import Sheet
from tests.factories import loan_filing
from tadbir.services.actions import file_request
with council_scope(Council.objects.get()):
    filed = file_request(loan_filing(Sheet.objects.get(status="adopted")))
    print(json.dumps([filed.dossier.number, filed.code, filed.receipt.number, filed.receipt.check_code]))
"""
LIVING = """
import json
from django.core.cache import cache
from django.contrib.sessions.models import Session
from django_q.models import OrmQ, Schedule, Task
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT COUNT(*) FROM shared_cache")
    cached = cursor.fetchone()[0]
print(json.dumps([cached, *(model.objects.count() for model in (Session, OrmQ, Schedule, Task))]))
"""
Members = dict[str, bytes]


def members(archive: Path) -> Members:
    with tarfile.open(archive) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]


def write(archive: Path, found: list[tuple[str, bytes]]) -> None:
    archive.unlink(missing_ok=True)
    with tarfile.open(archive, "w") as tar:
        for name, data in found:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def with_manifest(found: Members, key: Path) -> list[tuple[str, bytes]]:
    """As somebody would make it who understands the format: a manifest that fits, signed with a key of his own."""
    manifest = json.loads(found["manifest.json"])
    held = {name: data for name, data in found.items() if not name.startswith("manifest.")}
    manifest["files"] = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in held.items()
    }
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
    return [*held.items(), ("manifest.json", text), ("manifest.sig", signer.sign(key, text))]


def restore(home: Installation, archive: Path, folder: Path, who: str = "", *more: str) -> Any:
    words = ["--signer", who or home.signer, *more]
    return home.run("restore", *words, str(archive), str(folder), good=False)


@pytest.fixture
def archive(home: Installation, tmp_path: Path) -> Path:
    home.python(FILE)
    said = home.run("backup", str(tmp_path / "b.tar")).stdout
    assert f"Signé par {home.signer}" in said
    return tmp_path / "b.tar"


def test_who_signed_is_asked(home: Installation, archive: Path, tmp_path: Path) -> None:
    nobody = home.run("restore", str(archive), str(tmp_path / "new"), good=False)
    assert nobody.returncode == 2
    assert "--signer" in nobody.stderr
    assert home.signer not in nobody.stderr + nobody.stdout, "copied from the file it would vouch for nothing"
    other = restore(home, archive, tmp_path / "new", "AAAA-BBBB")
    assert other.returncode == 2
    assert "elle n’est pas signée par AAAA-BBBB" in other.stdout
    assert home.signer not in other.stdout + other.stderr
    assert not (tmp_path / "new").exists()
    assert "backup.key" not in members(archive)
    assert restore(home, archive, tmp_path / "new", home.signer.replace("-", " ").lower()).returncode == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "new", *(tmp_path / "new").iterdir()]}
    assert modes["new"] == 0o700
    assert {mode & 0o077 for name, mode in modes.items()} == {0}, modes


def a_pickle(found: Members) -> Members:
    return {**found, "outbox/../run.py": b"import os"}


def a_member(found: Members) -> Members:
    return {**found, "usercustomize.py": b"print('run')"}


def a_file_of_another_name(found: Members) -> Members:
    name = next(name for name in found if name.startswith("files/") and len(name) > 64)
    return {**found, name: b"something else"}


def an_added_file(found: Members) -> Members:
    data = b"nobody kept this"
    name = hashlib.sha256(data).hexdigest()
    return {**found, f"files/1/{name[:2]}/{name}": data}


TAMPERED = {
    a_pickle: "autre chose qu’un fichier à nous",
    a_member: "autre chose qu’un fichier à nous",
    a_file_of_another_name: "n’est pas le fichier que dit son nom",
    an_added_file: "aucune ligne du registre ne nomme",
}


@pytest.mark.parametrize("change", TAMPERED, ids=lambda one: one.__name__)
def test_what_was_added_or_changed_is_refused(
    home: Installation, archive: Path, tmp_path: Path, change: Callable[[Members], Members]
) -> None:
    write(archive, with_manifest(change(members(archive)), tmp_path))
    mine = restore(home, archive, tmp_path / "new")
    assert (mine.returncode, "ne tient pas" in mine.stdout) == (2, True)  # signed by another key, at the latest
    theirs = restore(home, archive, tmp_path / "new", "none")
    assert theirs.returncode == 2, theirs.stderr
    assert TAMPERED[change] in theirs.stdout
    assert not (tmp_path / "new").exists()


def test_a_name_twice_gets_a_sentence(home: Installation, archive: Path, tmp_path: Path) -> None:
    found = list(members(archive).items())
    write(archive, [*found, found[0]])
    done = restore(home, archive, tmp_path / "new")
    assert done.returncode == 2
    assert "deux fois" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_restore_forgets_who_was_signed_in_and_what_waited_to_run(home: Installation, tmp_path: Path) -> None:
    home.python("""
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils.timezone import now
from django_q.models import Schedule
cache.set("x", [1, "two"], None)
assert cache.get("x") == [1, "two"]
Session.objects.create(session_key="k", session_data="a-session-that-was-open", expire_date=now() + timedelta(days=1))
Schedule.objects.create(name="theirs", func="os.system", args="('touch never',)")
""")
    home.run("backup", str(tmp_path / "b.tar"))
    (tmp_path / "kept.sqlite3").write_bytes(members(tmp_path / "b.tar")["tadbir.sqlite3"])
    with contextlib.closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as kept:
        assert kept.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert b"a-session-that-was-open" not in (tmp_path / "kept.sqlite3").read_bytes()
    assert restore(home, tmp_path / "b.tar", tmp_path / "new").returncode == 0
    assert Installation(tmp_path / "new").python(LIVING) == [0, 0, 0, 0, 0]


def test_two_restores_give_different_numbers_and_codes(home: Installation, archive: Path, tmp_path: Path) -> None:
    given = []
    for name in ("one", "two"):
        assert restore(home, archive, tmp_path / name).returncode == 0
        given.append(Installation(tmp_path / name).python(FILE))
    assert all(first != second for first, second in zip(*given, strict=True)), given
    assert len(given[0][0]) == len("D123456-2026-00001")


def test_a_drill_gives_no_number_and_records_nothing(home: Installation, archive: Path, tmp_path: Path) -> None:
    done = restore(home, archive, tmp_path / "drill", "", "--drill")
    assert done.returncode == 0, done.stderr
    assert "exercice" in done.stdout
    drill = Installation(tmp_path / "drill")
    told = drill.python("""
import json
from django.db import transaction
from django.test import Client
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.actions import Drill, append, next_number
from tadbir.register.models import Entry
council, refused = Council.objects.get(), 0
with council_scope(council):
    before = Entry.objects.count()
    for do in (lambda: next_number("D", 2026), lambda: append("fact", {})):
        try:
            with transaction.atomic():
                do()
        except Drill:
            refused += 1
    after = Entry.objects.count()
client = Client(headers={"host": "localhost"})
page = client.get(f"/{council.slug}/fr/").content.decode()
sent = client.post(f"/{council.slug}/v", {"number": "1"})
print(json.dumps([refused, after - before, council.numbering_epoch, "EXERCICE" in page, sent.status_code]))
""")
    assert told == [2, 0, 1, True, 403]
    assert json.loads(drill.run("tick", "--json").stdout) == {"drill": True}
    assert "intact" in drill.run("prove").stdout
