"""Django's SQLite backend with a fair queue of writers and triggers that REPLACE cannot slip past."""

from __future__ import annotations

import json
import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base, operations
from django.db.utils import OperationalError

from tadbir.database.sqlite.queue import AVAILABLE, QueueTimeout, SelfDeadlock, WriteQueue

#: Seconds to wait for a turn when OPTIONS names no timeout.
DEFAULT_WAIT = 20.0


class DatabaseOperations(operations.DatabaseOperations):
    """SQLite keeps JSON as text: a letter is a letter there, not six bytes of escape."""

    def adapt_json_value(self, value: Any, encoder: Any) -> str:
        """The text of a JSON value."""
        return json.dumps(value, cls=encoder, ensure_ascii=False)


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite, writers in turn.

    A place in the line is taken before BEGIN and given up after COMMIT or ROLLBACK succeeded, or when the
    connection closes: a COMMIT that failed still owns the transaction, so it keeps its turn until the
    rollback. Single statements outside a transaction do not queue; they use SQLite's busy timeout.
    In-memory databases have no other process to queue for.
    """

    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue: WriteQueue | None = None
        self._queue_path = ""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file; a row replaced by INSERT OR REPLACE must fire the delete triggers too."""
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA recursive_triggers = ON").close()
        return connection

    def _line(self) -> WriteQueue | None:
        """This connection's place in the line, or None where there is nobody to queue with."""
        if not AVAILABLE or self.is_in_memory_db():
            return None
        path = os.path.realpath(str(self.settings_dict["NAME"])) + ".wlock"
        if self._queue is None or path != self._queue_path:
            if self._queue is not None:
                self._queue.close()
            self._queue, self._queue_path = WriteQueue(path), path
        return self._queue

    def _wait_for_turn(self) -> None:
        line = self._line()
        if line is None:
            return
        seconds = float(self.settings_dict.get("OPTIONS", {}).get("timeout", DEFAULT_WAIT))
        try:
            line.acquire(seconds)
        except QueueTimeout as error:
            raise OperationalError(
                f"the database is busy: no turn to write came within {error.seconds:g} seconds "
                f"(last writer: process {error.holder or 'unknown'}); nothing was written, try again"
            ) from error
        except SelfDeadlock as error:
            raise ImproperlyConfigured(
                "two database aliases name one SQLite file and one thread opened a transaction on both: "
                "the second would wait for the first for ever; use one alias"
            ) from error

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_up_turn()
            raise

    def _give_up_turn(self) -> None:
        if self._queue is not None:
            self._queue.release()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._give_up_turn()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]
        self._give_up_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._queue is not None:
                self._queue.close()
