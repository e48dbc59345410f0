"""PostgreSQL's second wall between councils: a query without a council sees no row.

The first wall is the scoped manager. Row-level security is forced, so it binds the owner of the tables as
well; it does not bind a superuser or a BYPASSRLS role, hence the check that refuses to run as one.
`council_scope` gives each connection its council ('tadbir.council'); `everywhere()` opens the wall for
`tick`, backup, checks and migrations.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

POLICY = "tadbir_council"
COUNCIL = "tadbir.council"
EVERYWHERE = "tadbir.everywhere"
_OPEN = f"current_setting('{EVERYWHERE}', true) = 'on'"
_MINE = f"council_id = NULLIF(current_setting('{COUNCIL}', true), '')::bigint"


def scoped_tables() -> dict[str, bool]:
    """Tables that carry a council: name -> whether a row may belong to none (shared by all councils)."""
    found: dict[str, bool] = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if field.column == "council_id" and model._meta.managed and not model._meta.proxy:
                found[model._meta.db_table] = bool(field.null)
    return found


def install(using: str = "default") -> None:
    """Force row-level security with one policy on every table that has a council."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, may_be_shared in scoped_tables().items():
            if table not in existing:
                continue
            rule = f"({_MINE}{' OR council_id IS NULL' if may_be_shared else ''} OR {_OPEN})"
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            cursor.execute(f'DROP POLICY IF EXISTS {POLICY} ON "{table}"')
            cursor.execute(f'CREATE POLICY {POLICY} ON "{table}" USING {rule} WITH CHECK {rule}')


def missing(using: str = "default") -> list[str]:
    """Tables with a council whose wall is down."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s "
            "WHERE n.nspname = current_schema() AND c.relrowsecurity AND c.relforcerowsecurity",
            [POLICY],
        )
        walled = {row[0] for row in cursor.fetchall()}
    return sorted(set(scoped_tables()) & set(connection.introspection.table_names()) - walled)


def role_passes_walls(using: str = "default") -> str:
    """The name of the connected role when it is not bound by row-level security, else an empty string."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def open_wall(connection: BaseDatabaseWrapper, value: str) -> None:
    """Tell this connection whether it may see every council ('on') or not ('')."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [EVERYWHERE, value])


@contextmanager
def everywhere(using: str = "default") -> Iterator[None]:
    """See the rows of every council inside the block: only `tick`, backup, checks and migrations."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [EVERYWHERE])
        before = cursor.fetchone()[0] or ""
    open_wall(connection, "on")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            open_wall(connection, before)
