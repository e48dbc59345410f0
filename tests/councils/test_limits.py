"""A limit lasts as long as it says, and of many tries at once no more than the limit pass."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tadbir.councils.clock import simulated
from tadbir.councils.limits import LIMITS, give_back, opens_at, too_many, wait
from tests.conftest import at

NAME = "verify_status"
MOST = LIMITS[NAME].most


@pytest.fixture
def table() -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("name", sorted(LIMITS))
def test_a_refusal_ends_when_it_says_and_asking_does_not_lengthen_it(table: None, name: str) -> None:
    with simulated(at("2026-12-01 10:00")):
        start = opens_at(name) - timedelta(seconds=LIMITS[name].seconds - 1)
    with simulated(start):
        assert [too_many(name, "x") for _try in range(LIMITS[name].most)] == [False] * LIMITS[name].most
        assert too_many(name, "x")
        assert not too_many(name, "y")
        end = opens_at(name)
        assert wait(name) == LIMITS[name].seconds - 1
    for part in (0.1, 0.5, 0.9):  # ten wrong codes did reopen after five minutes
        with simulated(start + (end - start) * part):
            assert too_many(name, "x")
    with simulated(end - timedelta(seconds=1)):
        assert (too_many(name, "x"), wait(name)) == (True, 1)
    with simulated(end):
        assert not too_many(name, "x")


@pytest.mark.django_db
def test_a_try_given_back_is_none(table: None) -> None:
    with simulated(at("2026-12-01 10:00")):
        give_back(NAME, "x")
        for _try in range(3 * MOST):
            assert not too_many(NAME, "x")
            give_back(NAME, "x")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_many_at_once_are_no_more_than_the_limit(table: None) -> None:
    moment = at("2026-12-01 10:00")

    def tries(_thread: int) -> int:
        try:
            with simulated(moment):
                return sum(not too_many(NAME, "x") for _try in range(MOST // 4))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tries, range(8))) == MOST
