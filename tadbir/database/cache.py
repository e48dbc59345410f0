"""The shared cache as a table of JSON: what is read from it is data, and a counter keeps the end it was given.

Django's own keeps pickles, and `incr` there gives a counter a new life each time.
"""

import json
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection

from tadbir.councils.clock import now

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
#: One write in so many looks whether there are too many entries.
LOOK = 200


class JsonCache(BaseDatabaseCache):
    """A cache in a table of the database."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        """Those of these that are there and not over."""
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not names:
            return {}
        marks = ", ".join(["%s"] * len(names))
        query = "SELECT cache_key, value FROM <table> WHERE expires > %s AND cache_key IN (<marks>)"
        rows = self._rows(query.replace("<marks>", marks), self._moment(), *names)
        return {names[name]: value for name, text in rows if (value := _read(text)) is not None}

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, whatever was there."""
        self._write(key, value, timeout, version, "")

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where none is, or none that still counts. Whether it was kept."""
        return self._write(key, value, timeout, version, " WHERE <table>.expires <= %s", self._moment())

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give a value another end. Whether it was there."""
        name = self.make_and_validate_key(key, version=version)
        query = "UPDATE <table> SET expires = %s WHERE cache_key = %s AND expires > %s"
        return bool(self._done(query, self._end(timeout), name, self._moment()))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on, in one statement, to the same end. Raises ValueError when there is nothing to count on."""
        name = self.make_and_validate_key(key, version=version)
        query = (
            "UPDATE <table> SET value = CAST(CAST(value AS BIGINT) + %s AS TEXT) "
            "WHERE cache_key = %s AND expires > %s RETURNING value"
        )
        rows = self._rows(query, delta, name, self._moment())
        if not rows:
            raise ValueError(f"Key '{key}' not found")
        return int(rows[0][0])

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget one; whether it was there."""
        name = self.make_and_validate_key(key, version=version)
        return bool(self._done("DELETE FROM <table> WHERE cache_key = %s", name))

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Whether it is there."""
        return bool(self.get_many([key], version))

    def clear(self) -> None:
        """Forget everything."""
        self._done("DELETE FROM <table>")

    def _write(self, key: str, value: Any, timeout: Any, version: int | None, when: str, *more: Any) -> bool:
        name = self.make_and_validate_key(key, version=version)
        if secrets.randbelow(LOOK) == 0:
            self.cull()
        query = (
            "INSERT INTO <table> (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) "
            "DO UPDATE SET value = excluded.value, expires = excluded.expires"
        )
        return bool(self._done(query + when, name, json.dumps(value), self._end(timeout), *more))

    def cull(self) -> None:
        """Forget what is over; where too much is left, the half that ends first."""
        self._done("DELETE FROM <table> WHERE expires <= %s", self._moment())
        ((count,),) = self._rows("SELECT COUNT(*) FROM <table>")
        if count > self._max_entries:
            self._done(
                "DELETE FROM <table> WHERE cache_key IN (SELECT cache_key FROM <table> ORDER BY expires LIMIT %s)",
                count // 2,
            )

    def _named(self, query: str) -> str:
        return query.replace("<table>", connection.ops.quote_name(self._table))  # type: ignore[attr-defined]

    def _end(self, timeout: Any) -> Any:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return self._moment(_NEVER if seconds is None else now() + timedelta(seconds=seconds))

    def _moment(self, moment: datetime | None = None) -> Any:
        return connection.ops.adapt_datetimefield_value((moment or now()).replace(microsecond=0))

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self._named(query), values)
            return cursor.fetchall()

    def _done(self, query: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(self._named(query), values)
            return int(cursor.rowcount)


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # what an older version left
        return None
