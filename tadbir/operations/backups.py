"""A backup taken while the council works: the database in one consistent piece, then files, keys and secret.

The database comes first: whatever file it mentions was already on the disk when it was copied, and no sweep deletes
one before the end.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

import tadbir
from tadbir.councils.clock import now
from tadbir.councils.models import Council
from tadbir.councils.scope import council_scope
from tadbir.operations import archive, rows, signer
from tadbir.operations.home import DATABASE
from tadbir.register.actions.files import none_removed
from tadbir.register.models import Series
from tadbir.register.queries import head

#: Folders of the installation that a backup carries besides the database.
FOLDERS = ("files", "keys", "tls", "outbox")
WITNESSES = "witnesses"
#: Tables of who is signed in: they mean nothing anywhere else.
SESSIONS = (Session._meta.db_table, UserSession._meta.db_table)


def back_up(target: Path) -> dict[str, Any]:
    """Write a backup to `target`. Returns its manifest. Raises OSError; FileExistsError."""
    home = Path(settings.HOME)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="tadbir-backup-") as work, none_removed():
        _copy_witnesses(home, Path(work))  # before the database: a head that it does not have would be called lost
        if connection.vendor == "sqlite":
            copy = _copy_sqlite(Path(work))
        else:
            copy = Path(work) / rows.DUMP
            rows.dump(copy)
        about = {
            "taken_at": now().isoformat(),
            "version": tadbir.__version__,
            "engine": connection.vendor,
            "database": copy.name,
            "councils": describe_councils(),
            "tables": rows.version_of_tables(),
        }
        return archive.write(target, _members(home, Path(work), copy), about, partial(signer.sign, home))


def describe_councils() -> list[dict[str, Any]]:
    """What a restore compares: per council the head of its chain and the last number of each series.

    Read after the copy was taken, so it may be a little ahead of it; a restore says so.
    """
    found = []
    for council in Council.objects.order_by("code"):
        with council_scope(council):
            seq, digest = head()
            series = list(Series.objects.values_list("code", "year", "epoch", "last"))
        found.append(
            {
                "code": council.code,
                "slug": council.slug,
                "seq": seq,
                "head": digest,
                "series": [list(row) for row in series],
            }
        )
    return found


def _copy_sqlite(folder: Path) -> Path:
    """One statement, one moment: writers wait for nothing and the copy holds no half transaction."""
    target = folder / DATABASE
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA secure_delete = ON")  # their bytes too: whoever reads a backup is nobody by it
        for table in SESSIONS:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
    return target


def _copy_witnesses(home: Path, work: Path) -> None:
    (work / WITNESSES).mkdir()
    for path in sorted((home / WITNESSES).glob("*.txt")):
        shutil.copyfile(path, work / WITNESSES / path.name)


def _members(home: Path, work: Path, database: Path) -> Iterator[tuple[str, Path]]:
    yield database.name, database
    for path in sorted((work / WITNESSES).iterdir()):
        yield path.relative_to(work).as_posix(), path
    for name in ("secret.key", "tadbir.toml"):
        if (home / name).exists():
            yield name, home / name
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")) if (home / folder).exists() else ():
            if path.is_file() and not path.name.startswith("incoming-"):
                yield path.relative_to(home).as_posix(), path
