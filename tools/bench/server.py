"""Starts and stops a server on the loopback, and weighs it while it rests."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
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
    web: str = ""  # part of the command that tells the web server from what runs beside it

    def _web(self) -> list[int]:
        """The web server and its workers."""
        everything = family(self.process.pid)
        return next((family(pid) for pid in everything if self.web in command_of(pid)), everything)

    def memory(self) -> float:
        """Megabytes of all its processes, what is shared counted once (Linux), nan elsewhere."""
        try:
            return sum(resident(pid, "Pss:") for pid in family(self.process.pid)) / 1024
        except OSError:
            return float("nan")

    def worker_memory(self) -> float:
        """Resident megabytes of the largest process that serves pages, everything it shares included."""
        try:
            return max(resident(pid, "Rss:") for pid in self._web()) / 1024
        except OSError:
            return float("nan")

    def watch(self) -> Callable[[], float]:
        """A clock of the CPU seconds that the web server has used; it stands at nan where Linux is missing."""
        pids = self._web()

        def used() -> float:
            try:
                return (
                    sum(
                        int(path.read_text().split()[0])
                        for pid in pids
                        for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
                    )
                    / 1e9
                )
            except OSError:
                return float("nan")

        return used


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


def command_of(pid: int) -> str:
    """The words a process was started with."""
    return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")


def resident(pid: int, what: str) -> int:
    """Kilobytes in memory: `Rss:` everything, `Pss:` what is shared divided among the sharers."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1])
    return 0


@contextmanager
def serving(
    command: list[str], environment: dict[str, str], first_page: str, log: Path, web: str = ""
) -> Iterator[Server]:
    """Runs a server until the block ends; `{port}` becomes a free port. Raises Refused if it dies."""
    port = free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    begun = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(words, env=os.environ | environment, stdout=out, stderr=out, start_new_session=True)
        try:
            yield Server(port, wait(port, first_page, process, log, begun), process, web)
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
