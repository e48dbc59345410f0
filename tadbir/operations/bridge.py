"""From granian's RSGI to Django's WSGI: bodies are taken in by the event loop, views run in a few threads.

Django without async is two to three times faster behind WSGI than behind ASGI on the machines councils have, and every
view of ours is one; but a WSGI server gives a thread to whoever begins to send. This keeps the first and mends the
second: a thread is spent on a request that is whole, and taken back before a slow reader has read the answer.
"""

import asyncio
import sys
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tadbir.councils.address import counted_address
from tadbir.operations.intake import NotTaken, Places, take_in
from tadbir.operations.lines import Lines
from tadbir.ui.errors import error_page

Headers = list[tuple[str, str]]
#: Django's handler: what it returns is its answer; status and headers go to the second argument.
Wsgi = Callable[[dict[str, Any], Any], HttpResponseBase]
#: Bytes of an answer that are gathered before the first of them leaves; longer ones travel part by part.
GATHERED = 1024 * 1024


def environ_of(scope: Any) -> dict[str, Any]:
    """What PEP 3333 asks for, without a body."""
    server, _, port = scope.server.rpartition(":")
    client = scope.client.rpartition(":")[0].strip("[]")
    made: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:  # `X_Forwarded_For` would be read as the header that a proxy of ours writes
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        joined = "; " if key == "HTTP_COOKIE" else ","
        made[key] = f"{made[key]}{joined}{value}" if key in made else value
    if scope.authority and "HTTP_HOST" not in made:
        made["HTTP_HOST"] = scope.authority
    return made


@cache
def _page(status: int) -> bytes:
    """What a body that was not taken in is told, in both languages: drawn once, whatever comes after."""
    return error_page(None, status).content


class Bridge:
    """The application that granian runs. One in each worker."""

    def __init__(self, application: Wsgi, threads: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="view")
        self.places = Places()
        self.lines = Lines()

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Take the request in, run the view, hand out the answer."""
        with self.lines.wanted(scope.client):
            await self._answer(scope, protocol)

    async def _answer(self, scope: Any, protocol: Any) -> None:
        environ = environ_of(scope)
        try:
            body = await self._body(environ, protocol)
        except NotTaken as refused:
            said = [
                ("content-type", "text/html; charset=utf-8"),
                ("connection", "close"),
                ("cache-control", "no-store"),
            ]
            if refused.status is HTTPStatus.TOO_MANY_REQUESTS:
                said.append(("retry-after", "30"))
            protocol.response_bytes(refused.status.value, said, _page(refused.status.value))
            return
        loop = asyncio.get_running_loop()
        status, headers, whole, rest = await loop.run_in_executor(self.threads, self._view, environ, body)
        if rest is None:
            protocol.response_bytes(status, headers, whole)
            return
        try:
            out = protocol.response_stream(status, headers)
            await out.send_bytes(whole)
            while part := await loop.run_in_executor(self.threads, next, rest, b""):
                await out.send_bytes(part)
        finally:
            await loop.run_in_executor(self.threads, rest.close)

    async def _body(self, environ: dict[str, Any], protocol: Any) -> IO[bytes]:
        """The body, whole; none for a request that has none, or that is refused by the length it announces."""
        said = environ.get("CONTENT_LENGTH", "")
        chunked = "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()
        length = int(said) if said.isascii() and said.isdigit() else None
        if not chunked and (not length or length > settings.BODY_LIMIT):
            return BytesIO()  # a view answers 413 or 400 from the header alone
        request = HttpRequest()
        request.META = environ
        address = counted_address(request)
        body = await take_in(protocol, None if chunked else length, settings.BODY_LIMIT, address, self.places)
        if chunked:  # Django reads as many bytes as the length says
            environ["CONTENT_LENGTH"] = str(body.seek(0, 2))
            body.seek(0)
        return body

    def _view(self, environ: dict[str, Any], body: IO[bytes]) -> tuple[int, Headers, bytes, Generator[bytes] | None]:
        """In a thread: status, headers, the first part of the answer, and what gives the rest of it."""
        environ["wsgi.input"] = body
        status, headers = 0, []

        def start(said: str, names: Headers, _error: object = None) -> None:
            nonlocal status, headers
            status, headers = int(said[:3]), [(name.lower(), value.strip()) for name, value in names]

        try:
            response = self.application(environ, start)
        finally:
            body.close()
        parts = _parts(response)
        gathered, size = [], 0
        for part in parts:
            gathered.append(part)
            size += len(part)
            if size >= GATHERED:
                return status, headers, b"".join(gathered), parts
        return status, headers, b"".join(gathered), None


def _parts(response: HttpResponseBase) -> Generator[bytes]:
    """The parts of an answer; it is closed after the last one, or when nobody wants more."""
    try:
        yield from response
    finally:
        response.close()
