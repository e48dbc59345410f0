"""Which tests run on which database engine (see tests/postgres.py)."""

import os

import pytest

from tests.postgres import WANTED, WHY_NOT


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`-m postgres` takes the `postgres_only` tests along; each is skipped where it cannot run."""
    reason = os.environ.get(WHY_NOT)
    on_postgres = "TADBIR_DATABASE_URL" in os.environ
    for item in items:
        if item.get_closest_marker("postgres_only"):
            item.add_marker(pytest.mark.postgres)
            if not on_postgres:
                item.add_marker(pytest.mark.skip(reason=reason or "runs with TADBIR_TEST_ENGINE=postgres"))
        elif WANTED and reason and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in red that the second engine was not tried."""
    reason = os.environ.get(WHY_NOT)
    if WANTED and reason:
        terminalreporter.section("POSTGRESQL TESTS NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(reason)


@pytest.fixture(autouse=True, scope="session")
def guards_step_aside_for_flush() -> None:
    """A transactional test empties every table afterwards, which append-only tables would refuse.

    The triggers are taken away for that moment only; `flush` emits post_migrate, which puts them back. SQLite's index
    of words is a table of no model, which `flush` forgets: its entries would answer for those of the next test.
    """
    from django.test import TransactionTestCase

    from tadbir.database import triggers
    from tadbir.textsearch import engines

    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):
            triggers.remove(alias)
        empty(self)
        engines.clear()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]
