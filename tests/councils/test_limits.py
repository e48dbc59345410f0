"""A limit lasts as long as it says, and of many tries at once no more than the limit pass."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tadbir.councils.clock import simulated
from tadbir.councils.limits import LIMITS, first_over, give_all_back, give_back, opens_at, too_many, wait
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


def counters(here: int) -> tuple[tuple[str, str], ...]:
    """A code tried from one of several addresses."""
    return ("wrong_codes_from_here", f"10.0.0.{here} D-1"), ("wrong_codes_of_number", "D-1")


@pytest.mark.django_db
def test_one_address_shuts_no_other_out_and_many_together_are_bounded(table: None) -> None:
    few, many = LIMITS["wrong_codes_from_here"].most, LIMITS["wrong_codes_of_number"].most
    with simulated(at("2026-12-01 10:00")):
        said = [first_over(*counters(0)) for _try in range(5 * many)]
        assert said == [""] * few + ["wrong_codes_from_here"] * (5 * many - few)
        looked = few
        for here in range(1, 60):
            for _try in range(few):
                looked += not first_over(*counters(here))
        assert looked == many
        assert first_over(*counters(60)) == "wrong_codes_of_number"
        assert not too_many("wrong_codes_from_here", "10.0.0.60 D-1"), "a try that was not looked at is given back"
    with simulated(at("2026-12-01 11:00")):
        for _right in range(3 * many):
            assert first_over(*counters(0)) == ""
            give_all_back(*counters(0))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_from_many_addresses_at_once_no_more_are_looked_at_than_the_limit(
    table: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "wrong_codes_of_number", LIMITS["wrong_codes_of_number"]._replace(most=30))
    moment, few = at("2026-12-01 10:00"), LIMITS["wrong_codes_from_here"].most

    def tries(here: int) -> int:
        try:
            with simulated(moment):
                return sum(not first_over(*counters(here)) for _try in range(few + 3))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        looked = list(pool.map(tries, range(8)))
    assert sum(looked) == 30
    assert max(looked) <= few
