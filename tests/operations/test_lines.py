"""Connections that nobody needs are ended in time, some are kept for each address, whoever waits is left alone."""

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from tadbir.operations.lines import BETWEEN, FIRST_BYTE, FIRST_REQUEST, FROM_ONE, STALLED, Line, Lines, Moved, too_many
from tests.operations.installation import ROOT, Server
from tests.operations.test_slow import _page, server

__all__ = ["server"]  # a fixture
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux says what a connection does")
ASKED = b"GET / HTTP/1.1\r\n"


class Caller:
    """Both ends of one connection to this process, as a worker has the one and a browser the other."""

    def __init__(self, mouth: socket.socket) -> None:
        self.far = socket.socket()
        self.far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.far.connect(mouth.getsockname())
        self.near, peer = mouth.accept()
        self.client = "{}:{}".format(*peer)

    def is_open(self) -> bool:
        self.far.setblocking(False)
        try:
            return self.far.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True

    def fill(self) -> None:
        """Send until nothing more goes in: the reader takes nothing."""
        self.near.setblocking(False)
        with suppress(BlockingIOError):
            while True:
                self.near.send(bytes(65536))

    def close(self) -> None:
        self.far.close()
        self.near.close()


@pytest.fixture
def call() -> Iterator[Callable[[int], list[Caller]]]:
    """Makes connections to this process."""
    with ExitStack() as kept:
        mouth = kept.enter_context(socket.create_server(("127.0.0.1", 0), backlog=100))

        def made(count: int) -> list[Caller]:
            calls = [Caller(mouth) for _one in range(count)]
            for one in calls:
                kept.callback(one.close)
            return calls

        yield made


@linux
def test_a_connection_lasts_as_long_as_somebody_needs_it(call: Callable[[int], list[Caller]]) -> None:
    lines, calls = Lines(2048), call(5)
    silent, begun, served, busy, stalled = calls
    begun.far.sendall(ASKED)
    start = time.monotonic()
    lines.look(start)
    with lines.wanted(served.client), lines.wanted(stalled.client):
        pass
    stalled.fill()
    with lines.wanted(busy.client):
        for seconds, ending in ((FIRST_BYTE, [silent]), (FIRST_REQUEST, [begun]), (BETWEEN, [served])):
            lines.look(start + seconds - 0.5)
            assert all(one.is_open() for one in ending), seconds
            lines.look(start + seconds + 2)
        assert stalled.is_open(), "its reader took something when it was first looked at"
        lines.look(start + FIRST_BYTE + STALLED + 2)
        assert not any(one.is_open() for one in (silent, begun, served))
        with pytest.raises(OSError, match="Broken pipe"):
            stalled.near.send(b"more")
        lines.look(start + 3600)  # the longest body takes its time: `intake` sees to its pace
        assert busy.is_open()


@linux
def test_a_reader_who_takes_slowly_is_left_alone(call: Callable[[int], list[Caller]]) -> None:
    lines, slow = Lines(2048), call(1)[0]
    start = time.monotonic()
    with lines.wanted(slow.client):
        lines.look(start)
    slow.fill()
    for minute in range(1, 20):
        taken = 0
        while taken < 60_000:
            taken += len(slow.far.recv(60_000))
        time.sleep(0.01)  # that it was taken is told in a packet of its own
        lines.look(start + minute * (STALLED - 5))
        assert slow.near.send(b"") == 0


@linux
def test_of_one_address_the_needless_go_first_and_a_proxy_of_ours_counts_for_nobody(
    call: Callable[[int], list[Caller]], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tadbir.operations.lines.FROM_ONE", 3)
    lines, calls = Lines(2048), call(6)
    start = time.monotonic()
    with lines.wanted(calls[0].client):
        lines.look(start)
        assert [one.is_open() for one in calls].count(True) == 3
        assert calls[0].is_open()
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    others = call(6)
    for after in (0, 3600):
        Lines(2048).look(start + after)
        lines.look(start + after)
        assert all(one.is_open() for one in others)


def test_a_worker_that_is_nearly_full_lets_the_needless_of_everybody_go() -> None:
    def line(number: int, needed: float, in_hand: bool = False) -> Line:
        return Line(f"a {number}", f"10.0.{number % 90}.1", 0, needed, True, in_hand, Moved(0, 1, 1))

    full = [line(number, 100 - number % 50, number < 60) for number in range(200)]
    going = too_many(full, room=150)
    assert len(going) == 50
    assert not any(one.in_hand for one in going)
    assert max(one.needed for one in going) <= min(one.needed for one in full if not one.in_hand and one not in going)
    assert too_many(full, room=200) == []
    assert FROM_ONE >= 50 * 6 / 2, "fifty agents with six connections each, over two workers"


def test_all_connections_have_files() -> None:
    """Many systems let a service open 1024 files: connections that nobody can accept would be worse than few."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({0}, {1}));"
        "from tadbir.operations.web import at_most; print(at_most(), resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    for soft, hard, wanted in ((256, 8192, "2048 2496"), (256, 1024, "576 1024"), (4096, 4096, "2048 4096")):
        words = [sys.executable, "-c", code.format(soft, hard)]
        said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert said.strip() == wanted


@linux
def test_four_hundred_silent_connections_of_one_address(server: Server) -> None:
    """Others are served as usual meanwhile; what is too many goes at once, and all of them in time."""
    usual = statistics.median(_page(server)[1] for _try in range(20))
    with ExitStack() as kept:
        calls = []
        for _one in range(400):
            place = ("127.0.0.1", server.port)
            calls.append(kept.enter_context(socket.create_connection(place, source_address=("127.0.1.1", 0))))
            calls[-1].setblocking(False)
        begun = time.monotonic()

        def left() -> int:
            found = 0
            for one in calls:
                try:
                    one.recv(1)
                except BlockingIOError:
                    found += 1
            return found

        times = sorted(_page(server, source=f"127.0.1.{1 + number % 2}")[1] for number in range(40))
        print(f"400 silent: p50 {times[20]:.1f} ms, p95 {times[38]:.1f}")
        assert times[20] < 10 * usual
        while left() > FROM_ONE:
            assert time.monotonic() - begun < 5
            time.sleep(0.2)
        while left():
            assert time.monotonic() - begun < FIRST_BYTE + 5
            time.sleep(0.2)
        assert time.monotonic() - begun > FIRST_BYTE - 2
    assert _page(server)[0] == 200


@linux
def test_a_resident_who_takes_fifteen_seconds_to_say_his_headers_is_answered(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        for part in (b"GET /health HTTP/1.1\r\n", b"Host: localhost\r\n", b"X-Slow: 1\r\n"):
            line.sendall(part)
            time.sleep(5)
        line.sendall(b"\r\n")
        assert b"HTTP/1.1 200" in line.recv(400)
