"""Fixtures shared by all tests."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.utils import translation

from tadbir.councils.clock import CASABLANCA, simulated

if TYPE_CHECKING:
    from tests.factories import Office

pytest_plugins = ["tests.engines"]


def at(text: str) -> datetime:
    """A moment in Casablanca, as «2026-12-01 10:00»."""
    return datetime.fromisoformat(text).replace(tzinfo=CASABLANCA)


@pytest.fixture
def in_december() -> Iterator[None]:
    """Pretend that it is 1 December 2026, ten in the morning."""
    with simulated(at("2026-12-01 10:00")):
        yield


@pytest.fixture
def office(db: None, in_december: None) -> Iterator["Office"]:
    """A council with its people, being served."""
    from tadbir.councils.scope import council_scope
    from tests.factories import make_office

    made = make_office()
    with council_scope(made.council):
        yield made


@pytest.fixture(autouse=True)
def _no_witness_of_another_test() -> None:
    """What the folder remembers of a register is of the database of the test before."""
    for name in ("witnesses", "proofs"):
        shutil.rmtree(Path(settings.HOME) / name, ignore_errors=True)


@pytest.fixture(autouse=True)
def _arabic_first() -> Iterator[None]:
    """Each test begins and leaves in Arabic, whatever language the one before it spoke."""
    translation.activate("ar")
    yield
    translation.activate("ar")
