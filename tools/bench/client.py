"""A browser without a screen: one kept connection, cookies, compressed answers, and a watch."""

from __future__ import annotations

import gzip
import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import brotli

TOKEN = re.compile(rb'name="csrfmiddlewaretoken"\s+value="([^"]+)"')
MOST_REDIRECTS = 5


class Refused(Exception):
    """The server answered something the benchmark cannot go on with."""


@dataclass(frozen=True)
class Answer:
    """What came back: status, text, bytes on the wire, seconds from request to last byte, the server's CPU seconds."""

    status: int
    body: bytes
    wire: int
    seconds: float
    path: str
    cpu: float = 0.0

    @property
    def token(self) -> str:
        """The form's token against forged requests. Raises Refused where the page has no form."""
        found = TOKEN.search(self.body)
        if not found:
            raise Refused(f"{self.path}: no form on the page")
        return found[1].decode()


class Browser:
    """Speaks to one server on the loopback; `source` is the address it comes from."""

    def __init__(
        self, port: int, language: str = "ar", source: str = "127.0.0.1", cpu: Callable[[], float] = lambda: 0.0
    ) -> None:
        self.port, self.cpu = port, cpu
        self.language = language
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))

    def get(self, path: str) -> Answer:
        """Fetches a page, following redirects; their time counts."""
        return self._follow("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Sends a form and opens the page it leads to; both count."""
        return self._follow("POST", path, urlencode(fields).encode())

    def _follow(self, method: str, path: str, body: bytes | None) -> Answer:
        seconds, wire, cpu = 0.0, 0, 0.0
        for _ in range(MOST_REDIRECTS):
            answer, location = self._once(method, path, body)
            seconds, wire, cpu = seconds + answer.seconds, wire + answer.wire, cpu + answer.cpu
            if not location:
                if answer.status >= 400:
                    raise Refused(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
                return Answer(answer.status, answer.body, wire, seconds, path, cpu)
            parts = urlsplit(location)
            method, path, body = "GET", parts.path + (f"?{parts.query}" if parts.query else ""), None
        raise Refused(f"{path}: too many redirects")

    def _once(self, method: str, path: str, body: bytes | None) -> tuple[Answer, str | None]:
        headers = {
            "Host": f"localhost:{self.port}",
            "Accept": "text/html,application/json",
            "Accept-Encoding": "br, gzip",
            "Accept-Language": self.language,
            "Referer": f"http://localhost:{self.port}/",
            "Origin": f"http://localhost:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        spent, begun = self.cpu(), time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # An idle connection may be closed by the server; a browser opens another, and so do we.
            self.connection.close()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        raw = response.read()
        seconds, spent = time.perf_counter() - begun, self.cpu() - spent
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        location = response.getheader("Location") if 300 <= response.status < 400 else None
        text = decoded(raw, response.getheader("Content-Encoding") or "")
        return Answer(response.status, text, len(raw), seconds, path, spent), location


def decoded(raw: bytes, encoding: str) -> bytes:
    """The text of an answer as the reader sees it."""
    if encoding == "br":
        return brotli.decompress(raw)
    return gzip.decompress(raw) if encoding == "gzip" else raw
