"""What the machine refuses is said in a sentence; a fault of the program keeps its trace."""

import errno
from types import SimpleNamespace

import pytest
from django.db.utils import OperationalError

from tadbir import cli


@pytest.fixture(autouse=True)
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database or disk is full"), "il n’y a plus de place sur le disque"),
        (
            OperationalError("connection failed: refused\n\tIs the server running?"),
            "la machine l’a refusé \\(\u2068connection failed: refused\u2069\\)",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "il n’y a plus de place sur le disque"),
        (OSError(errno.EIO, "Input/output error"), "le disque ne répond pas comme il doit"),
    ],
)
def test_what_the_disk_refuses_is_a_sentence(monkeypatch: pytest.MonkeyPatch, error: Exception, said: str) -> None:
    def run(words: list[str]) -> None:
        raise error

    monkeypatch.setattr(cli, "_run", run)
    with pytest.raises(SystemExit, match=rf"^Arrêté\s: {said}. Rien n’est fait à moitié"):
        cli.main(["migrate"])
    with pytest.raises(type(error)):
        cli.main(["migrate", "--traceback"])


def test_the_word_for_the_trace_reaches_no_command_that_does_not_know_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def main(words: list[str]) -> int:
        given.append(words)
        return 0

    monkeypatch.setattr(cli, "import_module", lambda _name: SimpleNamespace(main=main))
    monkeypatch.setattr(cli.home, "trouble_with", lambda _folder: "")
    with pytest.raises(SystemExit, match="0"):
        cli.main(["serve", "--traceback", "--port", "1"])
    assert given == [["--port", "1"]]


@pytest.mark.parametrize(
    "error", [OperationalError("no such table: dossiers_fact"), OSError(errno.EINVAL, "x"), KeyError()]
)
def test_a_fault_of_the_program_keeps_its_trace(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def run(words: list[str]) -> None:
        raise error

    monkeypatch.setattr(cli, "_run", run)
    with pytest.raises(type(error)):
        cli.main(["migrate"])
