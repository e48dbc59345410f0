"""What the machine refuses is said in a sentence, in the language of the terminal: no traceback, no system words."""

import errno
import os
from pathlib import Path

import pytest
from django.db import OperationalError

from tadbir.operations import home as folders
from tadbir.operations.refusals import why
from tests.operations.installation import Installation, Server, free_port


@pytest.fixture
def plain(home: Installation) -> Installation:
    """An installation whose journal is written into its database file, so that the file is all there is."""
    for name in ("tadbir.sqlite3-wal", "tadbir.sqlite3-shm"):
        (home.folder / name).unlink(missing_ok=True)
    return home


@pytest.mark.parametrize("command", ["check", "prove", "tick", "migrate", "backup", "serve"])
def test_a_file_that_is_no_database_is_said(plain: Installation, tmp_path: Path, command: str) -> None:
    (plain.folder / "tadbir.sqlite3").write_text("nothing of a database\n" * 500)
    more = {"backup": [str(tmp_path / "b.tar")], "serve": ["--port", str(free_port())]}.get(command, [])
    done = plain.run(command, *more, good=False)
    assert done.returncode == 1
    assert "la base de données est abîmée" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_a_second_server_on_one_folder_is_refused_and_the_first_goes_on(home: Installation) -> None:
    with Server(home, "--workers", "1", "--no-queue") as first:
        first.wait_ready()
        second = home.run("serve", "--port", str(free_port()), good=False)
        assert (second.returncode, "Un serveur travaille déjà sur" in second.stderr) == (1, True)
        assert first.process.poll() is None
        assert first.stop() == 0
    with Server(home, "--workers", "1", "--no-queue") as again:  # the place is free at once
        again.wait_ready()


def test_a_folder_behind_a_closed_one_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def closed(path: Path, **_more: bool) -> os.stat_result:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "stat", closed)
    monkeypatch.setenv("LANGUAGE", "fr")
    assert "nommez un autre dossier" in folders.trouble_with(tmp_path / "closed" / "x")


@pytest.mark.parametrize(
    ("language", "expected"), [("fr", "le disque est en lecture seule"), ("ar", "القرص للقراءة فقط")]
)
def test_the_words_are_the_terminals(monkeypatch: pytest.MonkeyPatch, language: str, expected: str) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    assert why(OSError(errno.EROFS, "Read-only file system")) == expected
    assert why(OSError(errno.EROFS, "Read-only file system", "/x")) == f"/x: {expected}"


def test_what_cannot_be_read_is_no_paper(home: Installation, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"\xeb\xff" * 100)
    for name in ("x.bin", "nowhere.pdf"):
        done = home.run("verify", str(tmp_path / name), good=False)
        assert (done.returncode, "ne peut être lu" in done.stderr) == (2, True)


def test_the_round_speaks(home: Installation) -> None:
    first = home.run("tick").stdout
    assert first.startswith("oued-ed-dahab")
    assert "{" not in first
    assert '"oued-ed-dahab": {' in home.run("tick", "--json").stdout


AT = 'connection failed: connection to server at "127.0.0.1", port 5455 failed: '


@pytest.mark.parametrize(
    ("said", "french", "arabic"),
    [
        (
            f"{AT}Connection refused\n\tIs the server running on that host?",
            "PostgreSQL est-il démarré",
            "هل PostgreSQL",
        ),
        (f'{AT}FATAL:  database "nodb" does not exist', "aucune base de ce nom", "لا قاعدة بهذا الاسم"),
        (f'{AT}FATAL:  password authentication failed for user "x"', "refuse cet utilisateur", "يرفض"),
        ("[Errno -2] failed to resolve host 'nowhere'", "Aucune machine", "لا جهاز"),
        ("something that nobody foresaw", "something that nobody foresaw", "something that nobody foresaw"),
    ],
)
def test_what_a_database_server_refuses_is_said(
    monkeypatch: pytest.MonkeyPatch, said: str, french: str, arabic: str
) -> None:
    for language, expected in (("fr", french), ("ar", arabic)):
        monkeypatch.setenv("LANGUAGE", language)
        told = why(OperationalError(said))
        assert expected.lower() in told.lower()
        assert "FATAL" not in told
        assert "refused" not in told


def test_a_database_server_that_is_not_there_is_said(home: Installation) -> None:
    settings = home.folder / "tadbir.toml"
    settings.write_text('database_url = "postgresql://x@127.0.0.1:1/y"\n' + settings.read_text("utf-8"), "utf-8")
    told = home.run("prove", good=False)
    assert told.returncode == 1
    assert "PostgreSQL est-il démarré" in told.stderr
    assert "onnection" not in told.stderr


def test_a_backup_inside_the_installation_is_refused(home: Installation, tmp_path: Path) -> None:
    for target in (home.folder / "b.tar", home.folder / "files" / "b.tar"):
        told = home.run("backup", str(target), good=False)
        assert (told.returncode, "autre disque" in told.stderr, target.exists()) == (2, True, False)
    assert not (home.folder / "last-backup").exists()
    home.run("backup", str(tmp_path / "b.tar"))


def test_an_address_that_this_machine_does_not_have_is_said_with_its_own_word(home: Installation) -> None:
    told = home.run("serve", "--address", "192.0.2.7", "--port", str(free_port()), good=False)
    assert (told.returncode, "--address" in told.stderr, "--port" in told.stderr) == (1, True, False)
