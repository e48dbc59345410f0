"""What the hostile tests share: an office served by its path, and a cache for the limits."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from tests.factories import Office, make_office


@pytest.fixture(autouse=True)
def counted(db: None) -> None:
    """The table where tries are counted, empty."""
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture
def bureau(db: None) -> Office:
    """A council, not being served: requests find it by their path."""
    return make_office()
