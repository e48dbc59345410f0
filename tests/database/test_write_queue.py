"""Writers of one SQLite file are served in turn, across threads and processes, and nobody waits for ever."""

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as Stock

import tadbir
from tadbir.database.sqlite.base import DatabaseWrapper
from tadbir.database.sqlite.queue import QueueTimeout, SelfDeadlock, WriteQueue, read_holder

OPTIONS = {
    "timeout": 5,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
}


def connect(path: Path | str, backend: type[Stock] = DatabaseWrapper, **options: Any) -> Stock:
    settings: dict[str, Any] = {
        "NAME": str(path),
        "OPTIONS": {**OPTIONS, **options},
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "TEST": {"NAME": None},
    }
    return backend(settings, alias=f"own-{time.monotonic_ns()}")


class Work:
    """`with Work(connection):` is what transaction.atomic() does on an alias, for a bare connection."""

    def __init__(self, connection: Stock) -> None:
        self.connection = connection

    def __enter__(self) -> Stock:
        self.connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        return self.connection

    def __exit__(self, kind: object, *rest: object) -> None:
        self.connection.rollback() if kind else self.connection.commit()
        self.connection.set_autocommit(True)


@pytest.fixture(autouse=True)
def files_of_our_own(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():  # every database here is a file in tmp_path
        yield


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    connection = connect(tmp_path / "queue.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, who TEXT)")
    yield tmp_path / "queue.sqlite3"
    connection.close()


def is_free(path: Path) -> bool:
    probe = WriteQueue(os.path.realpath(path) + ".wlock")
    try:
        probe.acquire(0.05)
    except (QueueTimeout, SelfDeadlock):
        return False
    else:
        return True
    finally:
        probe.close()


def test_a_writer_waits_its_turn_and_names_the_holder_when_it_does_not_come(path: Path) -> None:
    first, second = connect(path), connect(path, timeout=0.3)
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with Work(first) as connection:
            connection.cursor().execute("INSERT INTO t (who) VALUES ('first')")
            entered.set()
            leave.wait(10)
        first.close()

    first.inc_thread_sharing()
    thread = threading.Thread(target=hold)
    thread.start()
    entered.wait(5)
    began = time.monotonic()
    with pytest.raises(OperationalError, match=rf"no turn to write came within 0.3 seconds .*{os.getpid()}"):
        Work(second).__enter__()
    assert 0.25 < time.monotonic() - began < 2
    leave.set()
    thread.join(5)
    with Work(second) as connection:  # the same connection gets its turn afterwards
        connection.cursor().execute("INSERT INTO t (who) VALUES ('second')")
    cursor = second.cursor()
    assert cursor.execute("SELECT who FROM t ORDER BY id").fetchall() == [("first",), ("second",)]
    second.close()
    assert is_free(path)


def test_turns_come_in_the_order_of_arrival(path: Path) -> None:
    order: list[int] = []
    gate = WriteQueue(os.path.realpath(path) + ".wlock")
    gate.acquire(1)

    def write(number: int) -> None:
        connection = connect(path)
        with Work(connection):
            order.append(number)
        connection.close()

    threads = []
    for number in range(6):
        threads.append(threading.Thread(target=write, args=(number,)))
        threads[-1].start()
        time.sleep(0.08)
    gate.release()
    for thread in threads:
        thread.join(5)
    gate.close()
    assert order == [0, 1, 2, 3, 4, 5]


def test_the_turn_is_kept_through_a_failed_commit_and_given_up_by_the_rollback(path: Path) -> None:
    connection = connect(path)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE child (p INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)")
    work = Work(connection).__enter__()
    work.cursor().execute("INSERT INTO child VALUES (999)")
    with pytest.raises(Exception, match="FOREIGN KEY"):
        work.commit()
    assert not is_free(path), "the transaction is still open, so nobody may enter"
    work.rollback()
    assert is_free(path)
    connection.close()


def test_closing_inside_a_transaction_gives_the_turn_up(path: Path) -> None:
    connection = connect(path)
    Work(connection).__enter__()
    assert not is_free(path)
    connection.close()
    assert is_free(path)


def test_a_thread_that_dies_inside_a_transaction_blocks_nobody(path: Path) -> None:
    def die() -> None:
        Work(connect(path)).__enter__()

    thread = threading.Thread(target=die)
    thread.start()
    thread.join(5)
    gc.collect()  # Django's connection is in a reference cycle; SQLite's own lock goes with it as well
    assert is_free(path)


def test_a_killed_process_blocks_nobody_and_its_forked_child_neither(path: Path) -> None:
    code = f"""
import os, sys, time
import tadbir
import django
from django.conf import settings
settings.configure()
from tests.database.test_write_queue import connect, Work
from pathlib import Path
work = Work(connect(Path({str(path)!r}))).__enter__()
if os.fork() == 0:
    time.sleep(3)      # outlives its parent with every inherited descriptor
    os._exit(0)
print("held", flush=True)
time.sleep(30)
"""
    root = Path(tadbir.__file__).parents[1]
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], stdout=subprocess.PIPE, cwd=root)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    assert not is_free(path)
    assert read_holder(os.path.realpath(path) + ".wlock") == process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.wait(5)
    process.stdout.close()
    assert is_free(path)


def test_two_aliases_of_one_file_are_refused_instead_of_waiting_for_ever(path: Path) -> None:
    one, two = connect(path), connect(path)
    match = "two database aliases name one SQLite file"
    with Work(one), pytest.raises(ImproperlyConfigured, match=match):
        Work(two).__enter__()
    with Work(two) as connection:  # one after the other is no deadlock
        connection.cursor().execute("INSERT INTO t (who) VALUES ('two')")
    one.close()
    two.close()


def test_an_in_memory_database_has_no_queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one, two = connect(":memory:"), connect(":memory:")
    with Work(one), Work(two):
        pass
    assert list(tmp_path.iterdir()) == []
    assert one._queue is None
    assert two._queue is None


def test_many_writers_lose_nothing_and_the_slowest_waits_less_than_without_the_queue(path: Path) -> None:
    """Four processes, one counter: every number once. Times are printed, not asserted."""
    with connect(path).cursor() as cursor:
        cursor.execute("CREATE TABLE counter (n INTEGER)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    code = f"""
import sys, time
import tadbir
from django.conf import settings
settings.configure()
from pathlib import Path
from tests.database.test_write_queue import connect, Work
c = connect(Path({str(path)!r}), timeout=20)
slowest = 0.0
for _ in range(100):
    began = time.perf_counter()
    with Work(c):
        n = c.cursor().execute("SELECT n FROM counter").fetchone()[0]
        c.cursor().execute("UPDATE counter SET n = %s", [n + 1])
        c.cursor().execute("INSERT INTO t (id, who) VALUES (%s, %s)", [n + 1, sys.argv[1]])
    slowest = max(slowest, time.perf_counter() - began)
print(f"{{slowest * 1000:.0f}}")
"""
    root = Path(tadbir.__file__).parents[1]
    writers = [
        subprocess.Popen([sys.executable, "-W", "ignore", "-c", code, str(i)], stdout=subprocess.PIPE, cwd=root)
        for i in range(4)
    ]
    slowest = [int(writer.communicate(timeout=60)[0]) for writer in writers]
    print("slowest write of each of four writers, ms:", slowest)
    connection = connect(path)
    rows = connection.cursor().execute("SELECT count(*), min(id), max(id) FROM t").fetchone()
    connection.close()
    assert rows == (400, 1, 400)


def test_the_engine_of_the_tests_is_the_engine_of_the_house() -> None:
    assert connections.settings["default"]["ENGINE"] in ("tadbir.database.sqlite", "django.db.backends.postgresql")
    if connections["default"].vendor == "sqlite":
        assert isinstance(connections["default"], DatabaseWrapper)
