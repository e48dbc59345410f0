"""Erasing for good on SQLite: what a transaction deletes is overwritten in the file, and leaves the journal too.

PostgreSQL keeps the old rows until its next VACUUM, which runs by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def overwritten() -> Iterator[None]:
    """Overwrite with zeros whatever is deleted inside the block; empty the journal once it is committed."""
    if connection.vendor != "sqlite":
        yield
        return
    before = _pragma("secure_delete")
    _pragma("secure_delete = ON")
    try:
        yield
    finally:
        _pragma(f"secure_delete = {before}")
    transaction.on_commit(_empty_journal, robust=True)


def _pragma(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _empty_journal() -> None:
    """Bring the journal into the file and cut it off; a reader at work lets it wait for the next time."""
    _pragma("wal_checkpoint(TRUNCATE)")
