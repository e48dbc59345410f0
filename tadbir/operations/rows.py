"""The rows of a database as JSON lines: what a backup of PostgreSQL holds, and how a council changes its database.

Run as `python -m tadbir.operations.rows FILE` it writes those of the SQLite database of TADBIR_HOME, brought to
today's version first.
"""

import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tadbir.operations.archive import Corrupted
from tadbir.operations.words import _

if TYPE_CHECKING:
    from django.db import models

#: Its name in a backup.
DUMP = "database.jsonl"
#: Tables that mean nothing on another machine or are made again by `migrate`.
LEFT_OUT = {
    "sessions.session",
    "usersessions.usersession",
    "django_q.ormq",
    "django_q.schedule",
    "django_q.task",
    "contenttypes.contenttype",
    "auth.permission",
    "auth.group",
}


class OldTables(RuntimeError):
    """The rows cannot be read by this program: its tables wait for their migrations."""


def dumped_models() -> "list[type[models.Model]]":
    """The models of a logical backup, each after those it refers to."""
    from django.apps import apps
    from django.core import serializers

    configs = [(config, None) for config in apps.get_app_configs()]
    ordered = serializers.sort_dependencies(configs, allow_cycles=True)
    return [model for model in ordered if model._meta.label_lower not in LEFT_OUT and not model._meta.proxy]


def version_of_tables() -> list[str]:
    """The newest migration of each app: rows go back only into tables of the same version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return sorted(f"{app}.{name}" for app, name in leaves)


def tables_are_older() -> bool:
    """Whether migrations wait: nothing may be asked of the tables before they are as this program knows them."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def later_migrations() -> list[str]:
    """Migrations of our apps that the database has had and this program does not know: it is the older of the two."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("tadbir.")}
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    return sorted(f"{app}.{name}" for app, name in unknown if app in ours)


def dump(target: Path) -> dict[str, int]:
    """Write every row of every council, from one snapshot. Returns how many there are by model.

    Raises OldTables before anything is written.
    """
    from django.core import serializers
    from django.core.serializers.json import DjangoJSONEncoder
    from django.db import connection, transaction

    from tadbir.database import rowsecurity

    if tables_are_older():
        raise OldTables(_("these tables are of an older version: back up with that version (or pg_dump), then migrate"))

    class Exact(DjangoJSONEncoder):
        """Django's own drops the microseconds, and the hash of a link is made of them."""

        def default(self, value: Any) -> Any:
            return value.isoformat() if isinstance(value, datetime) else super().default(value)

    counts = {}
    with rowsecurity.everywhere(), transaction.atomic(), target.open("w", encoding="utf-8") as out:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for model in dumped_models():
            rows = model._base_manager.order_by("pk")
            serializers.serialize("jsonl", rows.iterator(chunk_size=500), stream=out, cls=Exact)
            counts[model._meta.label_lower] = rows.count()
    return counts


def load(source: Path) -> dict[str, int]:
    """Put the rows into a database just made, in one transaction; then sequences and search index are set right.

    A row that is there already is an error (IntegrityError): nothing is ever overwritten. Returns how many rows
    each model now has. Raises RuntimeError when the database does not have what was read.
    """
    from django.core import serializers
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from tadbir.database import rowsecurity
    from tadbir.textsearch.actions import rebuild_engine

    read: Counter[str] = Counter()
    with rowsecurity.everywhere():
        with transaction.atomic(), source.open(encoding="utf-8") as lines:
            for item in serializers.deserialize("jsonl", lines):
                item.save(force_insert=True)
                read[item.object._meta.label_lower] += 1
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), dumped_models()):
                cursor.execute(statement)
        there = {model._meta.label_lower: model._base_manager.count() for model in dumped_models()}
        rebuild_engine()
    if there != {name: read[name] for name in there} or sum(there.values()) != read.total():
        raise RuntimeError("the database does not hold the rows that were put into it")
    return there


def check_database() -> None:
    """Raises archive.Corrupted when the database in use is damaged."""
    from tadbir.database.integrity import problems

    if found := problems():
        raise Corrupted(_("the database is damaged: %(found)s") % {"found": "; ".join(found[:3])})


def main() -> None:
    """Bring the SQLite database of this folder to today's version and write its rows."""
    from django.core.management import call_command

    from tadbir.operations.installing import load_django

    load_django()
    check_database()
    call_command("migrate", verbosity=0, interactive=False)
    print(json.dumps(dump(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
