"""Real kills: a sender between sending and noting, and a worker of the queue in the middle of a job."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

import tadbir
from tests.notify.post import Postman, a_free_port

ROOT = Path(tadbir.__file__).parents[1]
pytestmark = pytest.mark.proof


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TADBIR_", "DJANGO_"))}
    return {**kept, "TADBIR_HOME": str(home), "PYTHONWARNINGS": "ignore", "PYTHONPATH": str(ROOT)}


def step(home: Path, *words: str) -> str:
    made = subprocess.run(
        [sys.executable, "-m", "tests.notify.killed", *words],
        cwd=ROOT,
        env=environment(home),
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


class Killer(Postman):
    """A server that takes the letter whole, then has its sender killed before he hears «250»."""

    victim: "subprocess.Popen[str] | None" = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.victim is not None:
            self.victim.kill()
            self.victim = None
        return answer


def test_a_sender_killed_between_sending_and_noting_sends_twice_and_says_so(tmp_path: Path) -> None:
    port = a_free_port()
    step(tmp_path, "prepare", str(port))
    killer = Killer()
    controller = Controller(killer, hostname="127.0.0.1", port=port)
    controller.start()
    sender = subprocess.Popen(
        [sys.executable, "-m", "tests.notify.killed", "sweep", "0"],
        cwd=ROOT,
        env=environment(tmp_path),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    killer.victim = sender
    sender.communicate(timeout=60)
    assert sender.returncode == -signal.SIGKILL
    assert len(killer.taken) == 1
    assert step(tmp_path, "sweep", "1") == "0 queued 1 False", "its claim still stands"
    assert step(tmp_path, "sweep", "6") == "1 sent 2 True", "at least once, and it is said"
    assert step(tmp_path, "sweep", "60") == "0 sent 2 True"
    controller.stop()
    assert len(killer.taken) == 2
    assert killer.taken[0]["Message-ID"] == killer.taken[1]["Message-ID"]


def memory(pid: int) -> int:
    """Proportional memory of a process, in kB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    return int(next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1])


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(grandchild for child in children for grandchild in family(int(child)))]


@pytest.mark.parametrize("whom", ["worker", "cluster"])
def test_a_job_of_a_killed_worker_or_machine_runs_again(tmp_path: Path, whom: str) -> None:
    """SIGKILL in the middle of a job: django-q2 gives it to another worker after `retry` seconds (6 here)."""
    step(tmp_path, "prepare", str(a_free_port()))
    began = tmp_path / "began"
    step(tmp_path, "enqueue", str(began))

    def cluster() -> subprocess.Popen[bytes]:
        words = [sys.executable, "-m", "tadbir", "qcluster"]
        own = {**environment(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.notify.killed"}
        with (tmp_path / "said").open("a") as said:
            return subprocess.Popen(words, cwd=ROOT, env=own, stdout=said, stderr=said)

    def starts() -> list[str]:
        return began.read_text().split() if began.exists() else []

    def wait_for(count: int) -> None:
        deadline = time.monotonic() + 60
        while len(starts()) < count and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(starts()) == count, (tmp_path / "said").read_text("utf-8")

    running = cluster()
    try:
        wait_for(1)
        own = family(running.pid)
        print(f"queue: {len(own)} processes, {sum(map(memory, own)) / 1024:.0f} MB together")
        clock = time.monotonic()
        for pid in [int(starts()[0])] if whom == "worker" else reversed(own):
            os.kill(pid, signal.SIGKILL)
        if whom == "cluster":
            running.wait(10)
            running = cluster()
        wait_for(2)
        print(f"{whom} killed, job ran again after {time.monotonic() - clock:.1f} s")
        assert starts()[0] != starts()[1]
    finally:
        for pid in reversed(family(running.pid)):
            os.kill(pid, signal.SIGTERM if pid == running.pid else signal.SIGKILL)
        running.kill()
        running.wait(20)
