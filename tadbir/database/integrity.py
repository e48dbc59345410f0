"""What the database says of itself: whether its pages and indexes are sound, and every reference has its row."""

from collections.abc import Iterator

from django.apps import apps
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from tadbir.database import rowsecurity

#: How many of one kind are told.
TOLD = 3


def problems(using: str = "default") -> list[str]:
    """Everything that is wrong, in words; reads the whole database."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return list(_sqlite(connection))
    with rowsecurity.everywhere(using):
        return [*_postgres(connection), *_orphans(connection)]


def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from [row[0] for row in cursor.fetchall() if row[0] != "ok"][:TOLD]
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, other, _key in cursor.fetchmany(TOLD):
            yield f"{table} {row} refers to a row of {other} that is not there"


def _postgres(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Constraints that were never validated; indexes too, where `amcheck` is installed for this role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace "
            "WHERE n.nspname = current_schema() AND NOT convalidated"
        )
        yield from (f"{table}: the constraint {name} was never validated" for table, name in cursor.fetchall())
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'")
        if cursor.fetchone() is None:
            return
        cursor.execute(
            "SELECT i.indexrelid, i.indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE a.amname = 'btree' AND n.nspname = current_schema()"
        )
        for index, name in cursor.fetchall():
            try:
                with transaction.atomic(using=connection.alias):
                    cursor.execute("SELECT bt_index_check(%s::regclass)", [index])
            except DatabaseError as error:
                if getattr(error.__cause__, "sqlstate", "") == "42501":  # not ours to ask
                    return
                yield f"{name}: {error}"


def _orphans(connection: BaseDatabaseWrapper) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        for key in model._meta.local_fields:
            if isinstance(key, models.ForeignKey) and model._meta.managed:
                yield from _of_key(connection, key)


def _of_key(connection: BaseDatabaseWrapper, key: "models.ForeignKey[object, object]") -> Iterator[str]:
    mine, other = key.model._meta.db_table, key.related_model._meta.db_table
    query = (
        f'SELECT a."{key.model._meta.pk.column}" FROM "{mine}" a LEFT JOIN "{other}" b '  # noqa: S608 - our own names
        f'ON b."{key.target_field.column}" = a."{key.column}" '
        f'WHERE a."{key.column}" IS NOT NULL AND b."{key.target_field.column}" IS NULL LIMIT {TOLD}'
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        for (row,) in cursor.fetchall():
            yield f"{mine} {row} refers to a row of {other} that is not there"
