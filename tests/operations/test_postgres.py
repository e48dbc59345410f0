"""A council that has outgrown SQLite: set up, served, backed up, restored and moved on PostgreSQL."""

import hashlib
import io
import json
import os
import tarfile
import time
import tomllib
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest

from tadbir.operations import signer
from tests.kill.test_kills import live_and_die
from tests.operations.installation import FURNISH, SLUG, Installation, Server
from tests.operations.test_backup import STATE, Busy

pytestmark = pytest.mark.postgres_only

#: How many rows each table holds.
ROWS = """
import json
from tadbir.database import rowsecurity
from tadbir.operations.rows import dumped_models
with rowsecurity.everywhere():
    print(json.dumps({m._meta.label: m._base_manager.count() for m in dumped_models()}))
"""
#: What a restored database must be able to do, and what it must still refuse.
ABLE = """
import json
from django.db import DatabaseError, connection, transaction
from tadbir.councils import actions as councils
from tadbir.councils.models import Council, Unit
from tadbir.councils.scope import council_scope
from tadbir.database import checks
from tadbir.textsearch.queries import search
said = {"vendor": connection.vendor, "seen_without_council": Unit.everywhere.count()}
with council_scope(Council.objects.get()):
    said["found"] = len(list(search("النخلة", limit=10_000)))
    said["new_unit"] = councils.create_unit(f"u{Unit.objects.count()}", "قسم", "Division").pk
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM register_entry")
        said["refused"] = ""
    except DatabaseError as error:
        said["refused"] = str(error)
checks.refuse_unsafe_start()
print(json.dumps(said))
"""


def new_database() -> str:
    """The address of an empty database on the server of the tests."""
    own, name = urlsplit(os.environ["TADBIR_DATABASE_URL"]), f"tadbir_{uuid4().hex[:12]}"
    with psycopg.connect(urlunsplit(own), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(own._replace(path=f"/{name}"))


def tables(url: str) -> list[str]:
    """What stands in a database, seen from outside."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        found += connection.execute("SELECT proname FROM pg_proc WHERE proname LIKE 'tadbir%'").fetchall()
    return [row[0] for row in found]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation on PostgreSQL, by `init --database-url`; its tests go on with it one after the other."""
    made = Installation(tmp_path_factory.mktemp("postgres") / "home")
    made.init("--no-https", "--database-url", new_database())
    made.python(FURNISH)
    return made


def address(home: Installation) -> str:
    """The database its settings name."""
    return str(tomllib.loads((home.folder / "tadbir.toml").read_text("utf-8"))["database_url"])


def test_init_check_and_tick(home: Installation) -> None:
    assert not list(home.folder.glob("*.sqlite3*"))
    assert {"register_entry", "shared_cache", "tadbir_refuse"} <= set(tables(address(home)))
    told = home.run("check").stdout
    assert "NO" not in told
    assert "(base de données)" in told
    assert json.loads(home.run("tick", "--json").stdout)[SLUG]["lapses"] == 0
    with psycopg.connect(address(home)) as connection:  # row-level security binds whoever comes by hand
        assert connection.execute("SELECT count(*) FROM councils_person").fetchone() == (0,)
        connection.execute("SELECT set_config('tadbir.council', (SELECT id::text FROM councils_council), false)")
        assert connection.execute("SELECT count(*) FROM councils_person").fetchone() == (2,)


def test_a_database_that_is_used_or_out_of_reach_is_refused(home: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")
    words = other.words_of_init("--no-https", "--database-url")
    before = tables(address(home))
    for url, said in (
        (address(home), "n’est pas vide"),
        ("postgresql://nobody@127.0.0.1:1/nothing", "ne répond pas"),
        ("mysql://x@y/z", "postgresql://"),
    ):
        done = other.run(*words, url, good=False)
        assert done.returncode != 0
        assert said in done.stderr
        assert "Traceback" not in done.stderr
        assert not other.folder.exists()
    assert tables(address(home)) == before


def test_an_init_that_fails_leaves_the_database_empty(tmp_path: Path) -> None:
    url = new_database()
    other = Installation(tmp_path / "other", more={"TADBIR_DATABASE_URL": url})
    done = other.run(*other.words_of_init("--no-https", council="99.999"), good=False)
    assert "99.999" in done.stderr
    assert not other.folder.exists()
    assert tables(url) == []


def get(server: Server) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/{SLUG}/", timeout=10) as answer:
        return int(answer.status)


def test_serve_keeps_its_connections_and_outlives_those_that_break(home: Installation) -> None:
    server = Server(home)
    try:
        server.wait_ready()
        assert [get(server) for _ in range(8)] == [200] * 8
        # An autovacuum worker of the database is nobody's connection, and not ours to end.
        ours = (
            "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        with psycopg.connect(address(home), autocommit=True) as connection:
            before = {row[0] for row in connection.execute(f"SELECT pid {ours}")}
            assert [get(server) for _ in range(8)] == [200] * 8
            kept = {row[0] for row in connection.execute(f"SELECT pid {ours}")} & before
            assert kept, "every request opens a connection of its own"
            connection.execute(f"SELECT pg_terminate_backend(pid) {ours}")
        assert [get(server) for _ in range(8)] == [200] * 8
    finally:
        assert server.stop() == 0


def test_a_backup_under_load_comes_back_whole_and_works_on(home: Installation, tmp_path: Path) -> None:
    archive, busy = tmp_path / "one.tar", Busy(home)
    try:
        home.run("backup", str(archive))
        time.sleep(0.5)
    finally:
        given = set(busy.stop())
    restored = Installation(tmp_path / "restored")
    told = home.run("restore", "--signer", home.signer, str(archive), str(restored.folder), good=False)
    assert told.returncode == 2, "the address in the backup is that of the council at work"
    assert "--database-url" in told.stderr
    home.run("restore", "--signer", home.signer, str(archive), str(restored.folder), "--database-url", new_database())
    there, here = restored.python(STATE), home.python(STATE)
    count = len(there["dossiers"])
    assert there["breaks"] == here["breaks"] == []
    assert 2 <= count < len(here["dossiers"])
    assert here["dossiers"][:count] == there["dossiers"]
    assert given <= set(here["dossiers"])
    assert there["last"] == "restored"
    assert there["epoch"] >= 100_000
    able = restored.python(ABLE)
    assert able["found"] == count
    assert able["seen_without_council"] == 0
    assert "append-only" in able["refused"]
    later = Busy(restored)
    time.sleep(0.3)
    new = set(later.stop())
    assert new
    assert {number.partition("-")[0] for number in new} == {f"D{there['epoch']}"}
    assert restored.python(STATE)["breaks"] == []


def test_a_council_moves_to_sqlite_and_back_with_every_row(home: Installation, tmp_path: Path) -> None:
    place, found = home, home.python(ABLE)["found"]
    moves = (("sqlite", ["--sqlite"]), ("postgresql", ["--database-url", new_database()]))
    epochs = {1}
    for vendor, words in moves:
        archive, moved = tmp_path / f"{vendor}.tar", Installation(tmp_path / vendor)
        place.run("backup", str(archive))
        place.run("restore", "--signer", place.signer, str(archive), str(moved.folder), *words)
        before, after, state = place.python(ROWS), moved.python(ROWS), moved.python(STATE)
        assert after == before | {"register.Entry": before["register.Entry"] + 1}
        assert (state["breaks"], state["last"], state["epoch"] in epochs) == ([], "restored", False)
        epochs.add(state["epoch"])
        able = moved.python(ABLE)
        assert (able["vendor"], able["found"]) == (vendor, found)
        assert "append-only" in able["refused"]
        place = moved
    assert found > 0
    assert not list(place.folder.glob("*.sqlite3*")) + list(place.folder.glob("*.jsonl"))
    assert place.run("prepare_start").returncode == 0


def changed(archive: Path, target: Path, old: bytes, new: bytes) -> None:
    """The same archive with other rows and a manifest that agrees with them, signed by whoever changed it."""
    text = b""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as out:
        manifest: dict[str, Any] = {}
        for info in source:
            stream = source.extractfile(info)
            assert stream is not None
            data = stream.read()
            if info.name == "database.jsonl":
                assert old in data
                data = data.replace(old, new, 1)
                manifest = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            if info.name == "manifest.json":
                told = json.loads(data)
                told["files"]["database.jsonl"] = manifest
                data = text = json.dumps(told).encode()
            if info.name == "manifest.sig":
                data = signer.sign(target.parent, text)
            info.size = len(data)
            out.addfile(info, io.BytesIO(data))


def test_a_damaged_or_rewritten_backup_leaves_nothing_anywhere(home: Installation, tmp_path: Path) -> None:
    archive, damaged, rewritten = (tmp_path / f"{name}.tar" for name in ("whole", "damaged", "rewritten"))
    home.run("backup", str(archive))
    data = bytearray(archive.read_bytes())
    data[len(data) // 3] ^= 1
    damaged.write_bytes(data)
    changed(archive, rewritten, b'"kind": "council_founded"', b'"kind": "council_undone"')
    url = new_database()
    tries = (
        (damaged, home.signer, "ont été changés"),
        (rewritten, home.signer, "elle n’est pas signée par"),
        (rewritten, "none", "a été modifié"),
    )
    for file, who, said in tries:
        words = ["--signer", who, str(file), str(tmp_path / "new"), "--database-url", url]
        done = home.run("restore", *words, good=False)
        assert done.returncode == 2, done.stdout + done.stderr
        assert said in done.stdout
        assert not (tmp_path / "new").exists()
        assert tables(url) == []
    home.run("restore", "--signer", home.signer, str(archive), str(tmp_path / "new"), "--database-url", url)


@pytest.mark.proof
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="kills process groups (Linux)")
def test_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    own = Installation(tmp_path / "home")
    own.init("--no-https", "--database-url", new_database())
    own.python(FURNISH)
    print(live_and_die(own, 5, 2027))
