"""A database that is not the one of its folder is refused by every command, and nothing is built in its place."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tadbir.operations import home as homes
from tests.operations.installation import SLUG, Installation

WORDS = {"backup": ["b.tar"], "link": ["a@b.example"], "keys": [SLUG]}
EVERY = ("check", "serve", "migrate", "backup", "prove", "tick", "link", "keys", "bounced", "verify")

#: One more link in the chain of the council.
LINK = """
from django.db import transaction
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.actions import append
with council_scope(Council.objects.get()), transaction.atomic():
    append("council_settings_changed", {"names": []})
"""
#: The machine's clock as the newest entry of the register would have it: so many days ahead of now.
AHEAD = """
from datetime import timedelta
from tadbir.councils import clock
with clock.simulated(clock.now() + timedelta(days=3)):
""" + LINK.replace("\n", "\n    ")


def refused(home: Installation, name: str, words: list[str]) -> str:
    done = home.run(name, *words, good=False)
    assert done.returncode != 0, (name, done.stdout)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done.stdout + done.stderr


def put_in_place(home: Installation, database: Path) -> None:
    for path in home.folder.glob(f"{homes.DATABASE}*"):
        path.unlink()
    shutil.copy(database, home.folder / homes.DATABASE)
    (home.folder / homes.DATABASE).chmod(0o600)


def tables_of(place: Path) -> int:
    made = sqlite3.connect(place)
    found = made.execute("SELECT count(*) FROM sqlite_master").fetchone()
    made.close()
    return int(found[0])


def an_empty_one(place: Path) -> Path:
    made = sqlite3.connect(place)
    made.execute("CREATE TABLE x (y)")
    made.execute("DROP TABLE x")
    made.close()
    return place


def without_a_council(home: Installation, place: Path) -> Path:
    """As an empty database is after a migration: every table, and nobody in them."""
    shutil.copy(home.folder / homes.DATABASE, place)
    made = sqlite3.connect(place)
    made.execute("PRAGMA foreign_keys=OFF")
    made.execute("DELETE FROM councils_council")
    made.commit()
    made.close()
    return place


@pytest.mark.parametrize("kind", ["empty", "nobody"])
def test_every_command_refuses_a_database_that_lost_the_councils_of_its_folder(
    kind: str, home: Installation, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("https://conseil.example/v#AAAA", "utf-8")
    place = an_empty_one(tmp_path / "e") if kind == "empty" else without_a_council(home, tmp_path / "n")
    put_in_place(home, place)
    before = tables_of(place)
    for name in EVERY:
        words = [str(tmp_path / "b.tar")] if name == "backup" else [str(paper)] if name == "verify" else []
        told = refused(home, name, words or WORDS.get(name, []))
        assert SLUG in told, (name, told)
        assert "tadbir restore" in told, (name, told)
    assert not (tmp_path / "b.tar").exists()
    assert tables_of(home.folder / homes.DATABASE) == before


def test_a_database_without_council_is_refused_where_the_folder_knows_of_none(
    home: Installation, tmp_path: Path
) -> None:
    put_in_place(home, without_a_council(home, tmp_path / "n"))
    for name in ("keys", "witnesses"):
        shutil.rmtree(home.folder / name)
    for name in ("check", "prove", "serve"):
        assert "tadbir restore" in refused(home, name, [])


def test_an_older_copy_put_in_place_by_hand_records_nothing(home: Installation, tmp_path: Path) -> None:
    older = tmp_path / "older.sqlite3"
    shutil.copy(home.folder / homes.DATABASE, older)
    home.python(LINK)
    newest = tmp_path / "newest.sqlite3"
    shutil.copy(home.folder / homes.DATABASE, newest)
    put_in_place(home, older)
    for name in ("tick", "serve", "check", "prove"):
        told = refused(home, name, WORDS.get(name, []))
        assert f"witnesses/{SLUG}.txt" in told or name == "prove", (name, told)
    put_in_place(home, newest)
    for name in ("tick", "prove"):
        home.run(name, *WORDS.get(name, []))


@pytest.mark.parametrize("name", ["tick", "link"])
def test_what_records_waits_for_a_clock_that_is_right(name: str, home: Installation) -> None:
    home.python(AHEAD)
    told = refused(home, name, WORDS.get(name, []))
    assert f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}" in told
    assert home.run("prove").returncode == 0  # it records nothing
