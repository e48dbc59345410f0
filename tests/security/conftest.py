"""What the hostile tests share: an office served by its path, and a cache for the limits."""

import logging

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tests.factories import Office, make_office
from tests.security.world import World, make_world


@pytest.fixture(autouse=True)
def counted(db: None) -> None:
    """The table where tries are counted, empty."""
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture
def bureau(db: None) -> Office:
    """A council, not being served: requests find it by their path."""
    return make_office()


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of refusals need no line each in the log."""
    for name in ("django.request", "django.security.csrf"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)


@pytest.fixture
def world(office: Office) -> World:
    return make_world(office)
