"""Nothing in the database is a program: the cache and the queue keep JSON, and a counter keeps its end."""

import base64
import json
import pickle
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.signing import BadSignature
from django.db import connection
from django_q.models import OrmQ, Task
from django_q.signing import SignedPackage
from django_q.tasks import async_task

from tadbir.councils.clock import now, simulated
from tadbir.database.cache import JsonCache
from tests.conftest import at

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Trap:
    """A pickle that writes a file when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> object:
        return (Path.touch, (self.path,))


@pytest.fixture
def table() -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()


def test_a_pickle_in_the_cache_is_not_read(table: None, tmp_path: Path) -> None:
    cache.set("x", {"a": [1, "٢"]}, 60)
    assert cache.get("x") == {"a": [1, "٢"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM shared_cache")
        assert json.loads(cursor.fetchone()[0]) == {"a": [1, "٢"]}
        trap = base64.b64encode(pickle.dumps(Trap(tmp_path / "ran"))).decode()
        cursor.execute("UPDATE shared_cache SET value = %s", [trap])
    assert cache.get("x", "nothing") == "nothing"
    assert not (tmp_path / "ran").exists()
    with pytest.raises(TypeError):
        cache.set("y", Trap(tmp_path / "ran"))


def test_a_counter_keeps_the_end_it_was_given(table: None) -> None:
    with simulated(at("2026-12-01 10:00")):
        assert cache.add("tries", 1, 3600) is True
        assert cache.add("tries", 1, 3600) is False
    with simulated(at("2026-12-01 10:59")):
        assert (cache.incr("tries"), cache.incr("tries", 5)) == (2, 7)
        assert cache.get("tries") == 7
    with simulated(at("2026-12-01 11:01")):
        assert cache.get("tries") is None
        with pytest.raises(ValueError, match="tries"):
            cache.incr("tries")
        assert cache.add("tries", 1, 60) is True
        assert (cache.touch("tries", 7200), cache.touch("other")) == (True, False)
    with simulated(at("2026-12-01 12:30")):
        assert (cache.has_key("tries"), cache.delete("tries"), cache.delete("tries")) == (True, True, False)


def test_too_many_entries_are_culled_the_soonest_first(table: None) -> None:
    small = JsonCache("shared_cache", {"OPTIONS": {"MAX_ENTRIES": 4}})
    for rank in range(6):
        small.set(f"k{rank}", rank, 100 + rank)
    small.set("over", 1, -1)
    small.cull()
    assert [rank for rank in range(6) if small.get(f"k{rank}") == rank] == [3, 4, 5]


def test_a_job_is_json_and_names_a_function_of_ours(tmp_path: Path) -> None:
    async_task("tadbir.notify.tasks.deliver", 1, 2)
    task = OrmQ.objects.get().task
    assert (task["func"], list(task["args"])) == ("tadbir.notify.tasks.deliver", [1, 2])
    assert abs(task["started"] - now()) < timedelta(minutes=1)
    for wrong in ({"func": "os.system", "args": ["true"]}, {"func": "tadbir.operations.home.make", "args": []}):
        with pytest.raises(BadSignature):
            SignedPackage.loads(SignedPackage.dumps(wrong))


def test_what_is_to_be_called_after_a_job_is_not_taken_from_its_row() -> None:
    job = SignedPackage.loads(SignedPackage.dumps({"func": "tadbir.notify.tasks.deliver", "hook": "os.system"}))
    assert job == {"func": "tadbir.notify.tasks.deliver"}


def test_a_result_is_json_too(tmp_path: Path) -> None:
    row = Task(id="a" * 32, name="n", func="f", args=[1], kwargs={}, result="done", started=now(), stopped=now())
    row.save()
    assert Task.objects.get().result == "done"
    trap = base64.b64encode(pickle.dumps(Trap(tmp_path / "ran"))).decode()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Task._meta.db_table} SET result = %s", [trap])
    assert Task.objects.get().result is None
    assert not (tmp_path / "ran").exists()
