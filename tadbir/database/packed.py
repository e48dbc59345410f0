"""JSON kept small: compressed text, for bodies of papers and letters that are read one at a time and never searched.

What a hash speaks of is the canonical form of the value (`register.canonical`), not these bytes: they may change.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

#: Rows converted in one transaction: a stop loses no more than these.
BATCH = 500


def pack(value: Any) -> bytes:
    """A value as compressed JSON."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(packed: bytes | memoryview) -> Any:
    """The value of compressed JSON. Raises zlib.error or ValueError for anything else."""
    return json.loads(zlib.decompress(packed))


#: What is read where somebody wrote into the database what nobody packed: its hash is not the one that is proved.
UNREADABLE = {"unreadable": True}


if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


class PackedJSON(_Binary):
    """A column of JSON, compressed. It holds and gives plain values; NULL is None."""

    def from_db_value(self, value: Any, *_: Any) -> Any:
        """What was kept."""
        try:
            return None if value is None else unpack(value)
        except (TypeError, ValueError, zlib.error):
            return dict(UNREADABLE)

    def get_prep_value(self, value: Any) -> Any:
        """What is kept."""
        return None if value is None else pack(value)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The bytes as the database takes them."""
        return super().get_db_prep_value(value if prepared else self.get_prep_value(value), connection, True)

    def to_python(self, value: Any) -> Any:
        """A logical backup holds the value itself."""
        return value

    def value_to_string(self, obj: models.Model) -> Any:
        """A logical backup holds the value itself."""
        return self.value_from_object(obj)


def convert(connection: BaseDatabaseWrapper, table: str, column: str, packed: str) -> None:
    """Fill the column `packed` of a table from its JSON column, batch after batch; a stopped one goes on where it was.

    For a migration that is no transaction of its own.
    """
    after = 0
    while True:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL AND {packed} IS NULL"  # noqa: S608 - ours
                f" AND id > {after} ORDER BY id LIMIT {BATCH}"
            )
            rows = cursor.fetchall()
            if not rows:
                return
            made = [(pack(json.loads(said) if isinstance(said, str) else said), key) for key, said in rows]
            cursor.executemany(f"UPDATE {table} SET {packed} = %s WHERE id = %s", made)  # noqa: S608 - ours
            after = rows[-1][0]
