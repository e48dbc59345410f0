"""What the tests of the sweep share: a council whose transactions are real, a file, what became of it."""

from collections.abc import Iterator

import pytest

from tadbir.acts.models import Draft
from tadbir.councils.clock import now, simulated
from tadbir.councils.scope import council_scope
from tadbir.register.models import StoredFile
from tests.conftest import at
from tests.factories import Office, make_office

LATER = "2026-12-04 10:00"


@pytest.fixture
def bare(transactional_db: None) -> Iterator[Office]:
    """A council whose transactions are real, on 1 December 2026."""
    with simulated(at("2026-12-01 10:00")):
        made = make_office()
        with council_scope(made.council):
            yield made


def named(draft_of: StoredFile) -> Draft:
    """A row that refers to a file."""
    return Draft.objects.create(kind="outcome", series="L", body={}, prepared_at=now(), printed=draft_of)


def fate(file: StoredFile) -> tuple[bool, bool]:
    """Whether its row says that it is kept, and whether its bytes are on the disk."""
    file.refresh_from_db()
    return file.erased_at is None, file.path.exists()


KEPT, GONE = (True, True), (False, False)
