"""What `check` says of a backup that is gone, a proof by hand and a server that stopped."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from tadbir.operations import disks, report
from tadbir.operations import home as homes
from tests.operations.installation import Installation, Server

AGO = 3600


@pytest.fixture
def looked(tmp_path: Path, settings: Any) -> Callable[[Any], report.Line]:
    """The first line of one part of the report, in French, for a folder of one's own."""
    settings.HOME = tmp_path

    def look(part: Any) -> report.Line:
        with override("fr"):
            return next(iter(part()))

    return look


def elsewhere(folder: Path) -> Path | None:
    """A folder of another file system than this one: memory, where the machine has some."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or not os.access(memory, os.W_OK) or memory.stat().st_dev == folder.stat().st_dev:
        return None
    return Path(tempfile.mkdtemp(dir=memory, prefix="tadbir-test-"))


def test_a_backup_that_is_gone_or_on_the_same_disk_is_not_praised(
    tmp_path: Path, looked: Callable[[Any], report.Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, other = tmp_path / "b.tar", elsewhere(tmp_path)
    archive.write_bytes(b"a backup")
    (tmp_path / "last-backup").write_text(f"{archive}\n", "utf-8")
    same = looked(report._backup)
    assert (same.level, "autre disque" in same.detail) == (report.WARN, True)
    if other:
        try:
            far = other / "b.tar"
            far.write_bytes(b"a backup")
            (tmp_path / "last-backup").write_text(f"{far}\n", "utf-8")
            line = looked(report._backup)
        finally:
            shutil.rmtree(other)
    else:  # a machine with one file system: what the check asks is answered for it
        monkeypatch.setattr(disks, "is_on_the_disk_of", lambda folder, file: False)
        line = looked(report._backup)
    assert (line.level, "autre disque" in line.detail) == (report.GOOD, False)
    (tmp_path / "last-backup").write_text(f"{archive}\n", "utf-8")
    archive.write_bytes(b"")
    assert looked(report._backup).level == report.BAD
    archive.unlink()
    line = looked(report._backup)
    assert line.level == report.BAD
    assert str(archive) in line.detail


def test_a_server_that_stopped_is_seen_at_once(tmp_path: Path, looked: Callable[[Any], report.Line]) -> None:
    assert looked(report._server).level == report.WARN
    sign = tmp_path / homes.SIGN_OF_LIFE
    sign.touch()
    assert looked(report._server).level == report.GOOD
    os.utime(sign, (time.time() - 180, time.time() - 180))
    line = looked(report._server)
    assert line.level == report.BAD
    assert "il y a 3 minutes" in line.detail


def test_a_working_server_signs_and_a_proof_by_hand_counts(home: Installation) -> None:
    sign = home.folder / homes.SIGN_OF_LIFE
    with Server(home, "--workers", "1", "--no-queue") as server:
        server.wait_ready()
        for _try in range(100):
            if sign.exists():
                break
            time.sleep(0.05)
        assert time.time() - sign.stat().st_mtime < 60
        assert server.stop() == 0
    never = "prouvé entier le\N{NO-BREAK SPACE}: —"
    assert never in home.run("check", good=False).stdout
    home.run("prove")
    assert never not in home.run("check", good=False).stdout


def test_packages_that_are_not_those_tried_are_named(
    tmp_path: Path, looked: Callable[[Any], report.Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked(report._packages).level == report.GOOD, "the tests run with the lock file's own versions"
    other = tmp_path / "run.lock"
    other.write_text('django==1.0 \\\n    --hash=x\nnowhere-at-all==2\nonly-there==3 ; sys_platform == "x"\n', "utf-8")
    monkeypatch.setattr("tadbir.operations.manual.lock", lambda: other)
    line = looked(report._packages)
    assert line.level == report.WARN
    assert "django" in line.detail
    assert "nowhere-at-all" in line.detail
    assert "only-there" not in line.detail
