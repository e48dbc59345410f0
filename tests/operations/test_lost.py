"""What an installation lost, or holds empty, is said in a sentence by each command that would need it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tadbir.operations import edition
from tests.operations.installation import Installation, Server

DATABASE = "tadbir.sqlite3"


def told(home: Installation, *words: str) -> tuple[int, str]:
    done = home.run(*words, good=False)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    return done.returncode, said


def test_a_lost_seal_key_is_named_and_a_backup_without_it_too(home: Installation, tmp_path: Path) -> None:
    keys = home.folder / "keys"
    kept = shutil.move(keys, tmp_path / "keys")
    status, said = told(home, "check")
    assert (status, "ne peut être scellé" in said) == (1, True)
    status, said = told(home, "backup", str(tmp_path / "b.tar"))
    assert (status, "aucune clé de cachet" in said) == (1, True)
    shutil.move(kept, keys)
    assert told(home, "check")[0] == 0
    assert told(home, "backup", str(tmp_path / "c.tar"))[0] == 0


@pytest.mark.parametrize("name", ["check", "migrate", "prove", "serve"])
def test_an_emptied_database_is_not_brought_up_as_a_new_one(home: Installation, name: str) -> None:
    (home.folder / DATABASE).write_bytes(b"")
    status, said = told(home, name)
    assert (status, "tadbir restore" in said) == (2, True)
    assert (home.folder / DATABASE).stat().st_size == 0


def test_a_database_without_a_table_is_not_brought_up(home: Installation) -> None:
    place = home.folder / DATABASE
    for path in home.folder.glob(f"{DATABASE}-*"):
        path.unlink()
    place.unlink()
    with sqlite3.connect(place) as made:
        made.execute("CREATE TABLE x (y)")
        made.execute("DROP TABLE x")
    made.close()
    place.chmod(0o600)
    status, said = told(home, "migrate")
    assert (status, "tadbir restore" in said) == (2, True)


@pytest.mark.parametrize("name", ["secret.key", "tadbir.toml"])
def test_a_file_of_the_installation_that_is_lost_is_not_made_anew(home: Installation, name: str) -> None:
    (home.folder / name).rename(home.folder / "kept")
    for command in ("check", "serve", "prove"):
        status, said = told(home, command)
        assert status == 2
        assert str(home.folder / name) in said
        assert "tadbir restore" in said
        assert "tadbir init" not in said
    (home.folder / "kept").rename(home.folder / name)
    assert told(home, "prove")[0] == 0


def test_a_certificate_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    home = Installation(tmp_path / "home")
    home.init()
    (home.folder / "tls" / "server.crt").write_bytes(b"")
    status, said = told(home, "check")
    assert (status, "server.crt" in said) == (1, True)
    status, said = told(home, "serve", "--port", "0")
    assert status != 0


def test_migrate_waits_for_the_server_to_be_stopped_and_takes_no_words(home: Installation) -> None:
    with Server(home, "--workers", "1", "--no-queue") as server:
        server.wait_ready()
        status, said = told(home, "migrate")
        assert (status, str(home.folder) in said) == (1, True)
        server.stop()
    for words in (["acts", "zero"], ["--fake"], ["--plan"], ["acts"]):
        status, said = told(home, "migrate", *words)
        assert (status, words[0] in said) == (2, True)
    status, said = told(home, "migrate", "--help")
    assert (status, "--fake" in said) == (0, False)
    status, said = told(home, "migrate")
    assert (status, "--force-reinstall" in said, said.count(edition.here())) == (0, True, 2)
    (home.folder / edition.NOTED).write_text("0.0.9 (00000000)\n", "utf-8")
    assert "0.0.9 (00000000)" in told(home, "check")[1]
    status, said = told(home, "migrate")
    assert (status, "0.0.9 (00000000)" in said, "--force-reinstall" in said) == (0, True, False)
    assert edition.here() in (home.folder / edition.NOTED).read_text("utf-8")


def test_witnesses_taken_away_are_missed(home: Installation) -> None:
    shutil.rmtree(home.folder / "witnesses")
    for command in ("prove", "check"):
        status, said = told(home, command)
        assert (status, "oued-ed-dahab.txt" in said) == (1, True)
    home.run("tick")
    assert told(home, "prove")[0] == 0
