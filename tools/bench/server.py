"""Starts and stops a server on the loopback, and weighs it while it rests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.bench.client import Browser, Refused

START_WAIT = 60.0


@dataclass
class Server:
    """A running server: its port, how long it took to its first page, its process."""

    port: int
    started_in: float
    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Resident megabytes of the process and its children (Linux), nan elsewhere."""
        try:
            return sum(resident(pid) for pid in family(self.process.pid)) / 1024
        except OSError:
            return float("nan")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listing.read_text().split():
            found += family(int(child))
    return found


def resident(pid: int) -> int:
    """Kilobytes in memory, what is shared counted once per sharer (Pss)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


@contextmanager
def serving(command: list[str], environment: dict[str, str], first_page: str, log: Path) -> Iterator[Server]:
    """Runs a server until the block ends; `{port}` becomes a free port. Raises Refused if it dies."""
    port = free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    begun = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            words, env=os.environ | environment, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield Server(port, wait(port, first_page, process, log, begun), process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait(port: int, page: str, process: subprocess.Popen[bytes], log: Path, begun: float) -> float:
    """Seconds until the first page is there."""
    while time.perf_counter() - begun < START_WAIT:
        if process.poll() is not None:
            break
        try:
            Browser(port).get(page)
            return time.perf_counter() - begun
        except OSError:
            time.sleep(0.05)
    raise Refused(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")
