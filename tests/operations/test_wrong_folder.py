"""A command in a folder that is no installation, or another user's: one sentence, status 2, and nothing is made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tadbir.operations import home as homes
from tadbir.operations.commands import Needs, commands
from tests.operations.installation import ROOT, Installation

WORDS = {"backup": ["b.tar"], "link": ["a@b.example"], "keys": ["oed"]}
INSIDE = [name for name, command in commands().items() if command.needs is not Needs.NOTHING]


def told_once(home: Installation, *words: str) -> str:
    """The sentence of a command that refuses."""
    done = home.run(*words, good=False)
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("tadbir: ")
    return lines[0]


@pytest.mark.parametrize("name", [*INSIDE, "dbshell", "prepare_start"])
def test_a_folder_that_is_none_is_refused_and_stays_as_it_is(name: str, tmp_path: Path) -> None:
    place = tmp_path / "other"
    place.mkdir()
    (place / "letter.txt").write_text("…", "utf-8")
    told = told_once(Installation(place), name, *WORDS.get(name, []))
    assert str(place) in told
    assert "tadbir init" in told
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["letter.txt", "other"]
    if name == "serve":
        assert "tadbir init" in told_once(Installation(tmp_path / "nothing"), name)
        assert not (tmp_path / "nothing").exists()


def test_a_database_that_is_gone_is_not_made_anew(home: Installation) -> None:
    for path in home.folder.glob("tadbir.sqlite3*"):
        path.unlink()
    for name in ("migrate", "prove", "serve", "check"):
        assert "restore" in told_once(home, name)
    assert not (home.folder / "tadbir.sqlite3").exists()


def test_settings_that_cannot_be_read_are_a_sentence(home: Installation) -> None:
    (home.folder / "tadbir.toml").write_text("hosts = [", "utf-8")
    assert "tadbir.toml" in told_once(home, "check")
    assert "tadbir.toml" in told_once(home, "serve")


@pytest.mark.parametrize("name", ["prove", "tick", "link"])
def test_a_database_of_another_version_is_a_sentence(name: str, home: Installation) -> None:
    home.go_back("django_q", "0010")
    assert "tadbir migrate" in told_once(home, name, *WORDS.get(name, []))
    assert not (home.folder / "proofs").exists()


def test_init_and_demo_leave_a_folder_of_somebody_else_alone(tmp_path: Path) -> None:
    home = Installation(tmp_path / "papers")
    home.folder.mkdir(mode=0o755)
    (home.folder / "letter.txt").write_text("…", "utf-8")
    assert "vide" in told_once(home, *home.words_of_init())
    assert "vide" in told_once(home, "demo", "--folder", str(home.folder), "--no-serve")
    assert [path.name for path in home.folder.iterdir()] == ["letter.txt"]
    assert home.folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(os.geteuid() != 0, reason="gives a folder to another user (root)")
def test_a_folder_of_another_user_is_left_to_him(home: Installation) -> None:
    for path in (home.folder, *home.folder.rglob("*")):
        shutil.chown(path, "nobody")
    for name in ("backup", "prove", "migrate", "check", "serve"):
        told = told_once(home, name, *WORDS.get(name, []))
        assert "sudo -u nobody" in told
    assert {path.owner() for path in home.folder.rglob("*")} == {"nobody"}


@pytest.mark.skipif(os.geteuid() != 0, reason="gives a file to another user (root)")
def test_a_file_that_another_user_left_is_named_before_the_start(home: Installation) -> None:
    assert homes.strangers(home.folder) == []
    (home.folder / "proofs").mkdir(exist_ok=True)
    left = home.folder / "proofs" / "oed.round.json"
    left.write_text("{}", "utf-8")
    shutil.chown(left, "nobody")
    assert homes.strangers(home.folder) == [left]
    done = home.run("prepare_start", good=False)
    assert done.returncode == 1
    assert str(left) in done.stderr
    assert "chown" in done.stderr


def test_a_paper_is_not_called_false_where_there_are_no_keys(tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("https://conseil.example/v#AAAA", "utf-8")
    told = Installation(tmp_path / "nothing").run("verify", str(paper), good=False)
    assert told.returncode == 2
    assert told.stdout == ""
    assert "--keys" in told.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["paper.txt"]


def test_help_is_one_list_with_a_line_for_each_command(tmp_path: Path) -> None:
    nowhere = Installation(tmp_path / "nothing")
    for words in (["--help"], [], ["help"], ["-h"]):
        told = nowhere.run(*words).stdout
        lines = [line.split(None, 2) for line in told.splitlines() if line.startswith("  tadbir ")]
        named = {words[1]: words[2] for words in lines}
        assert set(commands()) < set(named)
        assert all(named.values())
        assert len(told.splitlines()) < 25
    for name in ("init", "serve", "check", "backup", "verify", "docs"):
        assert f"tadbir {name}" in nowhere.run(name, "--help").stdout
    assert "Vouliez-vous dire «\N{NO-BREAK SPACE}check\N{NO-BREAK SPACE}»" in told_once(nowhere, "chek")


def test_the_help_of_a_command_shows_the_words_of_tadbir_alone(home: Installation) -> None:
    for name, own in (("check", "--language"), ("keys", "--revoke"), ("verify", "--keys"), ("migrate", "--help")):
        told = home.run(name, "--help").stdout
        assert own in told
        for english in ("verbosity", "pythonpath", "colorize", "Run only checks", "List, make", "Check a PDF"):
            assert english not in told, name


def test_a_reader_that_goes_away_leaves_no_trace(home: Installation, tmp_path: Path) -> None:
    for words in (
        ["--help"],
        ["check"],
        ["prove"],
        ["tick"],
        ["docs"],
        ["law", "list"],
        ["backup", str(tmp_path / "b")],
    ):
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "tadbir", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=home.environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
        os.close(writing)
        assert done.returncode in (0, 1), (words, done.stderr)  # `check` may find something to do
        assert "Traceback" not in done.stderr, done.stderr
        assert "BrokenPipe" not in done.stderr, done.stderr
    assert (tmp_path / "b").exists()
