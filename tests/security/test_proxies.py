"""Behind a proxy: whose tries are counted, who is believed, what browsers are told; and what a liar gets."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory, override_settings

from tadbir.councils.address import WrongProxy, came_over_https, client_address, networks
from tadbir.operations.start import refuse_wrong_proxies
from tests.factories import Office
from tests.operations.installation import ROOT, Installation, free_port

PROXY, OTHER = "10.0.0.2", "10.0.0.3"


@pytest.fixture
def behind() -> Iterator[None]:
    with override_settings(TRUSTED_PROXIES=[PROXY, "10.9.0.0/28", "2001:db8::2"]):
        yield


def address(direct: str, said: str | None) -> str:
    more = {} if said is None else {"HTTP_X_FORWARDED_FOR": said}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=direct, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("direct", "said", "found"),
    [
        (PROXY, "192.0.2.7", "192.0.2.7"),
        (PROXY, "198.51.100.1, 192.0.2.7", "192.0.2.7"),  # the left is what the reader wrote himself
        (PROXY, "192.0.2.7, 10.9.0.5", "192.0.2.7"),  # two proxies of ours, one after the other
        (PROXY, "192.0.2.7:51022", "192.0.2.7"),
        (PROXY, "[2001:db8:1::7]:443", "2001:db8:1::7"),
        (PROXY, "::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:10.0.0.2", "192.0.2.7", "192.0.2.7"),
        ("2001:db8::2", "192.0.2.7", "192.0.2.7"),
        (PROXY, "10.9.0.6, 10.9.0.5", "10.9.0.6"),  # somebody on the proxy itself
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, "192.0.2.7, <script>", PROXY),  # what cannot be read is not skipped
        (PROXY, "192.0.2.7, nonsense, 10.9.0.5", "10.9.0.5"),
        (OTHER, "192.0.2.7", OTHER),  # not a proxy of ours: what it says is nothing
        ("10.9.0.16", "192.0.2.7", "10.9.0.16"),  # one past the network
        ("", "192.0.2.7", ""),
    ],
)
def test_only_a_named_proxy_is_believed(behind: None, direct: str, said: str | None, found: str) -> None:
    assert address(direct, said) == found


def test_without_a_named_proxy_nobody_is_believed() -> None:
    assert address("127.0.0.1", "192.0.2.7") == "127.0.0.1"
    assert address(PROXY, "192.0.2.7") == PROXY


def test_a_wrong_name_stops_the_start() -> None:
    for wrong in ("proxy.lan", "10.0.0.0/0", "::/0", "10.0.0.1/8", "", "*"):
        with pytest.raises(WrongProxy):
            networks((wrong,))
        with override_settings(TRUSTED_PROXIES=[wrong]), pytest.raises(ImproperlyConfigured, match="trusted_proxies"):
            refuse_wrong_proxies()
    with override_settings(TRUSTED_PROXIES=["127.0.0.1", "10.0.0.0/8", "::1"]):
        refuse_wrong_proxies()


def tries(office: Office, said: Any, count: int) -> int:
    """Wrong codes, each for another dossier; the status of the last answer. `said(rank)`: what the header says."""
    status = 0
    for rank in range(count):
        form = {"number": f"D-2026-{rank:05d}", "code": "0000-0000"}
        page = f"/{office.council.slug}/follow/"
        status = Client(REMOTE_ADDR=PROXY).post(page, form, HTTP_X_FORWARDED_FOR=said(rank)).status_code
    return status


def test_each_reader_behind_the_proxy_has_his_own_tries(bureau: Office, behind: None) -> None:
    assert tries(bureau, lambda rank: "192.0.2.7", 31) == 429
    assert tries(bureau, lambda rank: "192.0.2.8", 1) != 429


def test_a_liar_behind_the_proxy_gets_no_more_tries(bureau: Office, behind: None) -> None:
    assert tries(bureau, lambda rank: f"203.0.113.{rank}, 192.0.2.9", 31) == 429


def test_a_liar_without_a_proxy_gets_no_more_tries(bureau: Office) -> None:
    assert tries(bureau, lambda rank: f"203.0.113.{rank}", 31) == 429


def test_sign_in_counts_the_same_address(behind: None) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="203.0.113.1, 192.0.2.7")
    assert get_adapter().get_client_ip(request) == "192.0.2.7"


def test_nothing_else_reads_an_address() -> None:
    root = Path(__file__).resolve().parents[2] / "tadbir"
    readers = {path.name for path in root.rglob("*.py") if "REMOTE_ADDR" in path.read_text("utf-8")}
    assert readers == {"address.py", "bridge.py"}  # the second writes it: from the connection


def test_https_is_believed_from_a_proxy_only(behind: None) -> None:
    make = RequestFactory().get
    assert came_over_https(make("/", secure=True, REMOTE_ADDR=OTHER))
    assert came_over_https(make("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_PROTO="https"))
    assert not came_over_https(make("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_PROTO="http"))
    assert not came_over_https(make("/", REMOTE_ADDR=OTHER, HTTP_X_FORWARDED_PROTO="https"))
    assert not came_over_https(make("/", REMOTE_ADDR=PROXY))


def hsts(office: Office, host: str = "tadbir.council.example", **how: Any) -> str:
    client = Client(headers={"host": host})
    return str(client.get(f"/{office.council.slug}/", **how).headers.get("Strict-Transport-Security", ""))


@override_settings(ALLOWED_HOSTS=["*"], OWN={"hosts": ["tadbir.council.example", "localhost", "192.0.2.1"]})
def test_hsts_is_for_a_named_host_over_https_when_asked(bureau: Office, behind: None) -> None:
    assert hsts(bureau, secure=True) == ""
    with override_settings(HSTS_SECONDS=86400):
        assert hsts(bureau, secure=True) == "max-age=86400"
        assert hsts(bureau, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_PROTO="https") == "max-age=86400"
        assert hsts(bureau) == ""
        assert hsts(bureau, HTTP_X_FORWARDED_PROTO="https") == ""
        for host in ("localhost", "192.0.2.1", "another.example", "localhost:8443"):
            assert hsts(bureau, host, secure=True) == ""


WHAT_IS_SET = """
from django.conf import settings
from tadbir.desk.public import access
import json
names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "HSTS_SECONDS",
         "TRUSTED_PROXIES", "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_PATH", "CSRF_COOKIE_DOMAIN")
print(json.dumps({name: getattr(settings, name) for name in names} | {"follow": access.COOKIE}))
"""


def settings_of(folder: Path, text: str, authority: bool = False) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    (folder / "tadbir.toml").write_text(text, "utf-8")
    (folder / "tls").mkdir(exist_ok=True)
    (folder / "tls" / "ca.crt").write_text("") if authority else (folder / "tls" / "ca.crt").unlink(missing_ok=True)
    return dict(Installation(folder).python(WHAT_IS_SET))


def test_what_an_installation_makes_of_its_settings(tmp_path: Path) -> None:
    plain = settings_of(tmp_path, "https = false\nhsts_days = 30\n")
    assert plain["SESSION_COOKIE_NAME"] == "sessionid"
    assert not plain["SESSION_COOKIE_SECURE"]
    assert plain["HSTS_SECONDS"] == 0
    assert plain["TRUSTED_PROXIES"] == []
    safe = settings_of(tmp_path, 'https = true\nhsts_days = 30\ntrusted_proxies = ["10.0.0.2"]\n')
    assert (safe["SESSION_COOKIE_NAME"], safe["CSRF_COOKIE_NAME"]) == ("__Host-sessionid", "__Host-csrftoken")
    assert safe["SESSION_COOKIE_SECURE"] is safe["CSRF_COOKIE_SECURE"] is True
    assert (safe["SESSION_COOKIE_PATH"], safe["CSRF_COOKIE_PATH"]) == ("/", "/")  # browsers refuse __Host- elsewhere
    assert safe["SESSION_COOKIE_DOMAIN"] is safe["CSRF_COOKIE_DOMAIN"] is None
    assert safe["follow"].startswith("__Secure-")
    assert safe["HSTS_SECONDS"] == 30 * 24 * 3600
    assert safe["TRUSTED_PROXIES"] == [PROXY]
    assert settings_of(tmp_path, "https = true\nhsts_days = 30\n", authority=True)["HSTS_SECONDS"] == 0
    assert settings_of(tmp_path, "https = true\n")["HSTS_SECONDS"] == 0


ECHO = """
import sys
from django.conf import settings
settings.configured or settings.configure()
from django.http import HttpResponse
from granian import Granian
from granian.constants import Interfaces
from tadbir.operations.bridge import Bridge
def echo(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return HttpResponse(environ.get("HTTP_X_FORWARDED_FOR", "") + "|" + environ["REMOTE_ADDR"])
app = Bridge(echo, 1)
if __name__ == "__main__":
    Granian("echo:app", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI, workers=1).serve()
"""


def test_the_server_joins_what_several_proxies_wrote(tmp_path: Path) -> None:
    """A proxy may add a line of its own instead of adding to the reader's: none may hide the other."""
    (tmp_path / "echo.py").write_text(ECHO, "utf-8")
    port = free_port()
    words = [sys.executable, "echo.py", str(port)]
    server = subprocess.Popen(
        words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
    )
    try:
        for _try in range(100):
            try:
                with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as said:
                    said.putrequest("GET", "/")
                    said.putheader("X-Forwarded-For", "203.0.113.1")
                    said.putheader("X-Forwarded-For", "192.0.2.7")
                    said.putheader("X_Forwarded_For", "198.51.100.9")  # not the proxy's: a reader wrote it
                    said.endheaders()
                    header, direct = said.getresponse().read().decode().split("|")
                break
            except OSError:
                time.sleep(0.1)
    finally:
        server.terminate()
        server.wait(10)
    assert [part.strip() for part in header.split(",")] == ["203.0.113.1", "192.0.2.7"]
    assert direct == "127.0.0.1"
