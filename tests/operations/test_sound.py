"""Seal keys, certificates, lines, clocks and disks that are not as they must be, each beside one that is."""

import json
import logging
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from tadbir.councils.clock import today
from tadbir.operations import actions, certificates, proving, room, signer
from tests.operations.installation import SLUG, Installation, Server, free_port


def refused(home: Installation, *words: str, status: int = 1) -> str:
    done = home.run(*words, good=False)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["gone", "empty", "another"])
def test_a_seal_key_that_seals_nothing_is_said(kind: str, home: Installation, tmp_path: Path) -> None:
    keys = home.folder / "keys" / SLUG
    key = next(keys.glob("seal-*.key.pem"))
    kept = key.read_bytes()
    if kind == "gone":
        key.unlink()
    else:
        key.write_bytes(b"" if kind == "empty" else (keys / "root.key.pem").read_bytes())
    for words in (("prove",), ("check",)):
        said = refused(home, *words)
        assert str(keys) in said
        assert "clé du cachet" in said
    with Server(home, "--workers", "1", "--no-queue") as server:  # what can be read is read
        server.wait_ready()
        assert str(keys) in server.log.read_text("utf-8")
    key.write_bytes(kept)
    key.chmod(0o600)
    assert "cachet" not in home.run("prove").stdout


def test_every_file_of_tls_is_read_by_one_reader(tmp_path: Path) -> None:
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    assert certificates.unreadable(tmp_path) == ""  # a proxy has them
    certificates.make_authority(tmp_path, "مجلس", moment)
    certificates.make_server_certificate(tmp_path, ["localhost"], moment)
    assert certificates.unreadable(tmp_path) == ""
    for name in ("server.crt", "server.key", "ca.crt", "ca.key"):
        path = tmp_path / name
        kept = path.read_bytes()
        for wrong in (b"", b"nothing", kept[: len(kept) // 2]):
            path.write_bytes(wrong)
            assert str(path) in certificates.unreadable(tmp_path)
        path.unlink()
        assert (str(path) in certificates.unreadable(tmp_path)) is (name != "ca.key")  # it may be kept elsewhere
        path.mkdir()
        assert str(path) in certificates.unreadable(tmp_path)
        path.rmdir()
        path.write_bytes(kept)
    shutil.copy(tmp_path / "ca.key", tmp_path / "server.key")
    assert str(tmp_path / "server.key") in certificates.unreadable(tmp_path)
    assert certificates.unfit(tmp_path / "server.crt", tmp_path / "ca.key", "localhost", moment)


@pytest.mark.parametrize("name", ["server.key", "ca.crt"])
def test_a_server_that_lost_a_file_of_tls_does_not_serve_in_the_open(name: str, home: Installation) -> None:
    folder = home.folder / "tls"
    certificates.make_authority(folder, "Oued", datetime.now(UTC))
    certificates.make_server_certificate(folder, ["localhost"], datetime.now(UTC))
    (folder / name).unlink()
    assert str(folder / name) in refused(home, "serve", "--port", str(free_port()), "--workers", "1", "--no-queue")
    assert str(folder / name) in refused(home, "check")


def test_a_second_server_on_the_same_port_is_told_of_the_first(home: Installation) -> None:
    with Server(home, "--workers", "1", "--no-queue") as first:
        first.wait_ready()
        said = refused(home, "serve", "--port", str(first.port), "--workers", "1")
        assert "Un serveur travaille déjà" in said
        assert "--port" not in said


def test_the_line_of_a_backup_may_be_given_whole(tmp_path: Path) -> None:
    line = signer.fingerprint(tmp_path)
    for said in (line, line.lower().replace("-", " "), f"Signé par {line}", f"وقعها {line}: يطلبها الاسترجاع."):
        assert signer.same(said, line)
    for said in ("Signé par", line[:-1], line[1:], "", f"Signé par {line[5:]}"):
        assert not signer.same(said, line)
    assert not signer.same(line, "")


def test_a_proof_that_comes_to_no_end_is_seen() -> None:
    def ago(days: int) -> str:
        return (today() - timedelta(days=days)).isoformat()

    assert proving.days_behind(proving.Standing()) == 0
    assert proving.days_behind(proving.Standing(begun=ago(3), ended=ago(10))) == 3
    assert proving.days_behind(proving.Standing(begun=ago(30), ended=ago(31))) == 30 > proving.CYCLE
    assert proving.days_behind(proving.Standing(ended=ago(12))) == 12 > proving.CYCLE


def test_a_step_that_the_machine_refused_is_a_line_and_a_fault_shows_its_place(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def held() -> int:
        raise OperationalError("database is locked")

    def wrong() -> int:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(actions, "STEPS", {"outbox": held, "lapses": wrong})
    with caplog.at_level(logging.ERROR, logger="tadbir.tick"):
        _done, failed = actions.run_steps()
    assert [record.exc_info is None for record in caplog.records] == [True, False]
    assert [one.partition(":")[0] for one in failed] == ["outbox", "lapses"]


def test_a_little_room_is_kept_and_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room.keep_or_give(tmp_path)
    assert (tmp_path / room.NAME).stat().st_size == room.BYTES
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1, 1, 0))  # type: ignore[attr-defined]
    room.keep_or_give(tmp_path)
    assert not (tmp_path / room.NAME).exists()


def test_a_good_proof_by_hand_ends_what_the_rounds_had_begun(home: Installation) -> None:
    standing = home.folder / "proofs" / "oued-ed-dahab.round.json"
    home.run("prove")
    begun = {"stage": "role", "after": 3, "begun": "2026-01-17", "found": ["role 5: was changed"]}
    standing.write_text(json.dumps(begun), "utf-8")
    line = next(one for one in home.run("check", good=False).stdout.splitlines() if "Preuve du registre" in one)
    assert "2026-01-17" in line
    assert "ok" not in line.split("Preuve")[0]
    home.run("prove")
    line = next(one for one in home.run("check", good=False).stdout.splitlines() if "Preuve du registre" in one)
    assert "ok" in line.split("Preuve")[0]
    assert "2026-01-17" not in line
    assert "tadbir prove" not in line
