"""What a dossier weighs in the database, table by table with their indexes."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

#: Tables named one by one; the lighter ones together.
NAMED = 12


def tables(database: Path) -> tuple[int, Counter[str]]:
    """How many dossiers there are, and the bytes of each table with its indexes; a search index under its own name."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        count = connection.execute("SELECT count(*) FROM dossiers_dossier").fetchone()[0]
        owner = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master").fetchall())
        found: Counter[str] = Counter()
        for name, size in connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            found[owner.get(name, name)] += size
    return count, found


def lines(database: Path) -> Iterator[str]:
    """Bytes a dossier in words, the heaviest table first."""
    count, found = tables(database)
    yield f"Bytes a dossier, tables with their indexes ({count} dossiers):"
    for name, size in found.most_common(NAMED):
        yield f"  {name:34}{size / count:>9.0f}"
    yield f"  {'all the others':34}{sum(size for _, size in found.most_common()[NAMED:]) / count:>9.0f}"


def kilobytes(database: Path) -> float:
    """Kilobytes a dossier, all told."""
    count, found = tables(database)
    return sum(found.values()) / count / 1024
