"""A PostgreSQL database is taken by `init` and `restore` only while it is empty, and left empty when they fail.

Whatever stands in a database that was given to us may be a council at work.
"""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tadbir.operations.refusals import why
from tadbir.operations.words import _, stop

VARIABLE = "TADBIR_DATABASE_URL"


def add_word(parser: ArgumentParser) -> None:
    """Give a command its `--database-url`."""
    text = _("empty PostgreSQL database: postgresql://user:password@host:port/name (TADBIR_DATABASE_URL, else SQLite)")
    parser.add_argument("--database-url", default=os.environ.get(VARIABLE, ""), help=text)


def choose(url: str) -> None:
    """Work with this database, in this process and its children; nothing means SQLite. Before Django is loaded."""
    if url and not _is_named(url):
        stop(_("a database is named as postgresql://user:password@host:port/name"))
    os.environ.pop(VARIABLE, None)
    if url:
        os.environ[VARIABLE] = url


def _is_named(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1 and parts.port != 0
    except ValueError:
        return False


@contextmanager
def left_empty_on_failure() -> Iterator[None]:
    """Refuse a PostgreSQL database that is not empty; empty it again when the work inside fails.

    Raises SystemExit with one clear sentence.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    _refuse()
    try:
        yield
    except BaseException:
        connection.close()  # whatever was half done is rolled back
        _empty()
        raise


def _refuse() -> None:
    from django.db import DatabaseError, connection

    from tadbir.database.rowsecurity import role_passes_walls

    try:
        role, tables = role_passes_walls(), connection.introspection.table_names()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_encoding'), current_setting('server_version_num')::int")
            encoding, version = cursor.fetchone()
    except DatabaseError as error:
        stop(_("the database does not answer: %(why)s") % {"why": why(error)})
    if role:
        text = _("“%(role)s” passes the wall between councils: name a role without SUPERUSER, BYPASSRLS")
        stop(text % {"role": role})
    if tables:
        text = _("the database is not empty (%(tables)s…): make a new one")
        stop(text % {"tables": ", ".join(sorted(tables)[:3])})
    if encoding != "UTF8":
        stop(_("the database is in %(encoding)s: make one with --encoding UTF8") % {"encoding": encoding})
    if version < OLDEST:
        values = {"version": version // 10000, "oldest": OLDEST // 10000}
        stop(_("PostgreSQL %(version)s is too old: %(oldest)s or later") % values)


#: The oldest PostgreSQL that the Django in use supports.
OLDEST = 140000


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(name) for name in connection.introspection.table_names())
        if names:
            cursor.execute(f"DROP TABLE {names} CASCADE")
        cursor.execute("DROP FUNCTION IF EXISTS tadbir_refuse()")
