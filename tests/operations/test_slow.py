"""Senders who begin and do not go on: nobody else waits for them, and nothing half sent reaches a view."""

import http.client
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.operations.installation import SLUG, Installation, Server

FORM = f"/{SLUG}/follow/"


@pytest.fixture
def server(home: Installation) -> Iterator[Server]:
    made = Server(home, "--no-queue", "--workers", "1")
    try:
        made.wait_ready()
        yield made
    finally:
        made.stop()


def _page(server: Server, path: str = f"/{SLUG}/", source: str = "127.0.0.1") -> tuple[int, float]:
    """Status and milliseconds of a page, on a connection of its own."""
    begun = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60, source_address=(source, 0))
    line.request("GET", path)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, (time.perf_counter() - begun) * 1000


@contextmanager
def _begun(server: Server, words: bytes, count: int, *, addresses: int = 1) -> Iterator[list[socket.socket]]:
    """Connections that say these words and nothing more, spread over addresses of this machine."""
    with ExitStack() as kept:
        lines = []
        for number in range(count):
            line = socket.create_connection(
                ("127.0.0.1", server.port), timeout=60, source_address=(f"127.0.1.{number % addresses + 1}", 0)
            )
            kept.enter_context(line)
            line.sendall(words)
            lines.append(line)
        time.sleep(1.5)
        yield lines


def _post(length: int) -> bytes:
    return (
        f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


HEADERS = b"POST / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "


@pytest.mark.parametrize("addresses", [1, 20])
def test_bodies_and_headers_that_never_end_leave_the_pages_quick(server: Server, addresses: int) -> None:
    usual = [_page(server)[1] for _try in range(20)]
    with _begun(server, _post(1000), 60, addresses=addresses), _begun(server, HEADERS, 60, addresses=addresses):
        seen = [_page(server) for _try in range(20)]
        times = sorted(took for _status, took in seen)
        print(f"usual {statistics.median(usual):.1f} ms, now {statistics.median(times):.1f}, slowest {times[-1]:.1f}")
        assert {status for status, _took in seen} == {200}
        assert statistics.median(times) < 10 * statistics.median(usual)  # four of them stopped it for good before


@pytest.mark.proof
@pytest.mark.alone
@pytest.mark.parametrize("addresses", [1, 200])
def test_hundreds_of_each(server: Server, addresses: int) -> None:
    """And four hundred that say nothing. Design 8: at most 100 ms at the 95th percentile."""
    with (
        _begun(server, _post(1000), 200, addresses=addresses),
        _begun(server, HEADERS, 200, addresses=addresses),
        _begun(server, b"", 400, addresses=addresses),
    ):
        times = sorted(_page(server)[1] for _try in range(100))
        print(f"200 bodies, 200 headers, 400 silent of {addresses}: p50 {times[49]:.1f} ms, p95 {times[94]:.1f}")
        assert times[94] <= 100


def test_too_many_slow_bodies_of_one_address_are_refused_and_others_are_not(server: Server) -> None:
    from tadbir.operations.intake import FROM_ONE

    with _begun(server, _post(1000), FROM_ONE + 5) as lines:
        lines[-1].settimeout(5)
        assert b"429 Too Many Requests" in lines[-1].recv(200)
        form = b"number=D-2026-00001&code=000"
        with socket.create_connection(("127.0.0.1", server.port), timeout=30, source_address=("127.0.1.1", 0)) as quick:
            quick.sendall(_post(len(form)) + form)  # whole at once: it takes no place
            assert b"HTTP/1.1 403" in quick.recv(400)  # it reached the view, which misses its token
        with _begun(server, _post(1000), 1, addresses=1) as again:
            assert b"429" in again[0].recv(200)
        other = socket.create_connection(("127.0.0.1", server.port), timeout=5, source_address=("127.0.2.1", 0))
        with other:
            other.sendall(_post(1000))
            other.settimeout(2.5)
            with pytest.raises(TimeoutError):  # it waits for the rest
                other.recv(200)


def test_a_body_that_stops_is_given_up_and_one_cut_short_reaches_no_view(server: Server) -> None:
    with _begun(server, _post(1000) + b"number=D", 1) as lines:
        lines[0].settimeout(40)
        refused = b""
        while b"</html>" not in refused and (part := lines[0].recv(8192)):
            refused += part
        assert b"408 Request Timeout" in refused[:200]
        assert "كان الاتصال بطيئا جدا".encode() in refused
        assert "La connexion était trop lente".encode() in refused
    with _begun(server, _post(10) + b"number", 1) as lines:
        lines[0].shutdown(socket.SHUT_WR)
        lines[0].settimeout(10)
        assert b"400 Bad Request" in lines[0].recv(400)
    assert _page(server)[0] == 200
    assert "Traceback" not in server.log.read_text("utf-8")


def test_a_body_sent_slowly_or_in_chunks_arrives_whole(server: Server) -> None:
    body = b"number=D-2026-00001&code=" + b"0" * 400
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(_post(len(body)))
        for start in range(0, len(body), 100):
            line.sendall(body[start : start + 100])
            time.sleep(0.6)
        assert b"HTTP/1.1 403" in line.recv(400)
    chunked = _post(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(chunked + b"5\r\nnumbe\r\n3\r\nr=1\r\n0\r\n\r\n")
        assert b"HTTP/1.1 403" in line.recv(400)
