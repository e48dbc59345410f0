"""One command that serves: ready soon, small, ended whole, refused when it would not be safe."""

import os
import shutil
import signal
import ssl
import time
import urllib.request
from pathlib import Path

import pytest

from tests.operations.installation import SLUG, Installation, Server

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="looks into /proc (Linux)")


def resident(pid: int) -> int:
    """Resident memory, in MB."""
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def test_serve_is_ready_soon_small_and_ends_whole(home: Installation) -> None:
    server = Server(home)
    try:
        seconds = server.wait_ready()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/{SLUG}/", timeout=10) as answer:
            assert answer.status == 200
        for _try in range(100):
            family = server.family()
            if sum("operations.queue" in command for command in family.values()) >= 3:
                break
            time.sleep(0.1)
        web = [pid for pid, command in family.items() if "operations.web" in command or "spawn_main" in command]
        sizes = sorted(resident(pid) for pid in web)
        print(f"ready in {seconds:.1f} s; web processes {sizes} MB")
        assert max(sizes) <= 150
    finally:
        status = server.stop()
    assert status == 0
    assert server.family() == {}


def test_serve_ends_when_a_part_ends_and_leaves_no_orphan(home: Installation) -> None:
    with Server(home, "--no-queue") as server:
        server.wait_ready()
        child = next(pid for pid, command in server.family().items() if "operations.web" in command)
        os.kill(child, signal.SIGKILL)
        assert server.process.wait(30) == 1
        for _try in range(100):
            if not server.family():
                break
            time.sleep(0.05)
        assert server.family() == {}


def test_the_supervisor_killed_takes_its_children_along(home: Installation) -> None:
    with Server(home) as server:
        server.wait_ready()
        server.process.kill()
        server.process.wait(5)
        for _try in range(200):
            if not server.family():
                break
            time.sleep(0.05)
        assert server.family() == {}


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[1])


def test_the_queue_killed_leaves_nothing_behind(home: Installation) -> None:
    """Its guard and workers are forks: each must see that the one above it is gone."""
    with Server(home) as server:
        server.wait_ready()
        for _try in range(200):
            queue = [pid for pid, command in server.family().items() if "operations.queue" in command]
            if len(queue) >= 4:
                break
            time.sleep(0.05)
        assert len(queue) >= 4, queue
        first = [pid for pid in queue if parent_of(pid) == server.process.pid]
        assert len(first) == 1, first
        os.kill(first[0], signal.SIGKILL)
        begun = time.monotonic()
        while (left := set(queue) & set(server.family())) and time.monotonic() - begun < 10:
            time.sleep(0.05)
        assert left == set()
        assert server.process.wait(30) == 1  # whoever watches us starts all of it anew
        assert server.family() == {}


def refused(home: Installation) -> str:
    done = home.run("serve", "--port", "1", good=False)
    assert done.returncode != 0
    assert "Prêt" not in done.stdout
    return done.stderr


def test_serve_refuses_a_port_that_another_server_has(home: Installation, tmp_path: Path) -> None:
    other = Installation(tmp_path / "other")  # a second server on the same folder is refused for the folder's sake
    shutil.copytree(home.folder, other.folder)
    server = Server(home, "--no-queue")
    try:
        server.wait_ready()
        words = ("serve", "--port", str(server.port), "--workers", "1", "--no-queue")
        same, second = home.run(*words, good=False), other.run(*words, good=False)
        assert (same.returncode, f"travaille déjà sur {home.folder}" in same.stderr) == (1, True)
        assert (second.returncode, f"port {server.port} de 127.0.0.1" in second.stderr) == (1, True)
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/health", timeout=10) as answer:
            assert answer.status == 200  # the first one goes on
    finally:
        server.stop()


def test_serve_refuses_a_clock_gone_back(home: Installation) -> None:
    code = """
from datetime import timedelta
from django.db import transaction
from tadbir.councils.clock import now, simulated
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.register.actions import append
with simulated(now() + timedelta(hours=2)), council_scope(Council.objects.get()), transaction.atomic():
    append("later", {})
"""
    assert home.run("prepare_start").returncode == 0
    home.python(code)
    assert "horloge" in refused(home)


def test_serve_refuses_a_register_without_its_triggers(home: Installation) -> None:
    home.python("from tadbir.database import triggers; triggers.remove()")
    assert "tadbir.E008" in refused(home)


def test_serve_refuses_a_folder_that_is_empty_or_unfinished(home: Installation, tmp_path: Path) -> None:
    assert "init" in refused(Installation(tmp_path / "nothing"))
    (home.folder / "unfinished").touch()
    assert str(home.folder) in refused(home)


def test_serve_refuses_an_older_database(home: Installation) -> None:
    home.go_back("django_q", "0010")
    assert "migrate" in refused(home)


def test_https_with_the_local_authority(tmp_path: Path) -> None:
    home = Installation(tmp_path / "home")
    assert home.init().startswith("https://localhost:8443/")
    server = Server(home, "--workers", "1", "--no-queue")
    try:
        server.wait_ready()
        context = ssl.create_default_context(cafile=str(home.folder / "tls" / "ca.crt"))
        with urllib.request.urlopen(f"https://localhost:{server.port}/health", timeout=10, context=context) as answer:
            assert answer.status == 200
    finally:
        server.stop()
    shutil.rmtree(home.folder)
