"""Tables that the database itself keeps from being rewritten.

An app declares on its AppConfig
    append_only_tables = ("register_entry",)              rows are never updated or deleted
    frozen_columns = {"acts_act": ("number", "sha256")}   these columns never change, the row never goes
and the triggers are put back after every migration, because SQLite remakes a table to alter it.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "tadbir_keep_"
_FUNCTION = """
CREATE OR REPLACE FUNCTION tadbir_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def append_only(table: str, vendor: str) -> dict[str, str]:
    """SQL by trigger name that forbids update and delete (and truncate, and replace) of a table's rows."""
    message = f"{table} is append-only"
    return {
        **_trigger(table, "update", "UPDATE", "", message, vendor),
        **_trigger(table, "delete", "DELETE", "", message, vendor),
        **_truncate(table, message, vendor),
    }


def frozen_columns(table: str, columns: Sequence[str], vendor: str) -> dict[str, str]:
    """SQL by trigger name that forbids changing some columns, and deleting the row that holds them."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    when = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)
    message = f"{table}: {', '.join(columns)} cannot change"
    return {
        **_trigger(table, "update", "UPDATE", when, message, vendor),
        **_trigger(table, "delete", "DELETE", "", f"{table}: a row cannot be deleted", vendor),
        **_truncate(table, message, vendor),
    }


def _trigger(table: str, what: str, event: str, when: str, message: str, vendor: str) -> dict[str, str]:
    name = f"{PREFIX}{table}_{what}"
    condition = f" WHEN ({when})" if when else ""
    if vendor == "sqlite":
        body = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return {name: f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"{condition} {body}'}
    call = f"EXECUTE FUNCTION tadbir_refuse('{message}')"
    return {name: f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW{condition} {call}'}


def _truncate(table: str, message: str, vendor: str) -> dict[str, str]:
    if vendor == "sqlite":
        return {}
    name = f"{PREFIX}{table}_truncate"
    call = f"EXECUTE FUNCTION tadbir_refuse('{message}')"
    return {name: f'CREATE TRIGGER "{name}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}'}


def declared(vendor: str, columns: Callable[[str], Container[str]] | None = None) -> dict[str, dict[str, str]]:
    """Per table, the triggers that the installed apps ask for; with `columns`, of those that a table has today."""
    wanted: dict[str, dict[str, str]] = {}
    for config in apps.get_app_configs():
        for table in getattr(config, "append_only_tables", ()):
            wanted.setdefault(table, {}).update(append_only(table, vendor))
        for table, frozen in getattr(config, "frozen_columns", {}).items():
            has = frozen if columns is None else columns(table)
            here = [name for name in frozen if name in has]
            if here:
                wanted.setdefault(table, {}).update(frozen_columns(table, here, vendor))
    return wanted


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Triggers of ours in the database: name -> table. A disabled PostgreSQL trigger counts as absent."""
    if connection.vendor == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND n.nspname = current_schema()"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    return set(connection.introspection.table_names())


def _wanted(connection: BaseDatabaseWrapper) -> dict[str, dict[str, str]]:
    """Per table that exists, the triggers that it must have today: those of the columns that it has."""
    existing = _tables(connection)

    def columns(table: str) -> Container[str]:
        if table not in existing:
            return ()
        with connection.cursor() as cursor:  # Django's description of a table parses all its SQL, for each of them
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} LIMIT 0")  # noqa: S608
            return {column[0] for column in cursor.description}

    return {table: made for table, made in declared(connection.vendor, columns).items() if table in existing}


def install(using: str = "default") -> None:
    """Put every declared trigger on its table; one that is there already is made again, as declared now.

    A table that a migration has not changed yet keeps the columns it has: a trigger that named another would stop
    that very migration.
    """
    connection = connections[using]
    if connection.vendor not in ("sqlite", "postgresql"):
        return
    wanted = _wanted(connection)
    remove(using, only=wanted)
    with connection.cursor() as cursor:
        if wanted and connection.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for made in wanted.values():
            for statement in made.values():
                cursor.execute(statement)


def remove(using: str = "default", only: Iterable[str] | None = None) -> None:
    """Take our triggers away (from some tables, or all). For `install`, a rewriting migration and tests."""
    connection = connections[using]
    tables = None if only is None else set(only)
    present = _present(connection) if connection.vendor == "sqlite" else _any_state(connection)
    with connection.cursor() as cursor:
        for name, table in present.items():
            if tables is None or table in tables:
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')


def _any_state(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgname LIKE %s",
            [PREFIX.replace("_", r"\_") + "%"],
        )
        return dict(cursor.fetchall())


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Work without the triggers: for a migration that must rewrite history and says why. Puts them back."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str = "default") -> list[str]:
    """Names of declared triggers that are not on their (existing) table, or do there something else than declared."""
    connection = connections[using]
    if connection.vendor not in ("sqlite", "postgresql"):
        return []
    present, found = _present(connection), _found(connection)
    return sorted(
        name
        for table, made in _wanted(connection).items()
        for name, statement in made.items()
        if present.get(name) != table or found.get(name) != _says(connection, statement)
    )


def meddled(using: str = "default") -> tuple[list[str], list[str]]:
    """Of those missing, what no upgrade explains; and the tables that have none at all, as a stopped one leaves them.

    An older program wrote whole sets of triggers, in the words of this one, over other columns.
    """
    names = set(missing(using))
    if not names:
        return [], []
    connection = connections[using]
    present, found = _present(connection), _found(connection)
    changed, bare = [], []
    for table, made in _wanted(connection).items():
        if not any(present.get(name) == table for name in made):
            bare.append(table)
            continue
        older = frozen_columns(table, _columns_kept(table, found), connection.vendor)
        sets = (append_only(table, connection.vendor), older)
        for name in names & set(made):
            known = {_says(connection, one[name]) for one in sets if name in one}
            if present.get(name) != table or found.get(name) not in known:
                changed.append(name)
    return sorted(changed), sorted(bare)


Says = tuple[object, ...]


def _found(connection: BaseDatabaseWrapper) -> dict[str, Says]:
    """What each trigger of the database does: the name alone refuses nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return {name: (statement,) for name, statement in cursor}
        cursor.execute(
            "SELECT t.tgname, p.proname, p.prosrc, t.tgqual IS NOT NULL, t.tgargs FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
        return {name: (called, body.strip(), when, bytes(words)) for name, called, body, when, words in cursor}


def _says(connection: BaseDatabaseWrapper, statement: str) -> Says:
    """What a trigger of this statement does, as `_found` tells it."""
    if connection.vendor == "sqlite":
        return (statement,)
    told = statement.partition("tadbir_refuse('")[2].partition("')")[0].encode() + b"\0"
    return ("tadbir_refuse", _FUNCTION.split("$$")[1].strip(), " WHEN (" in statement, told)


def _columns_kept(table: str, found: dict[str, Says]) -> list[str]:
    """The columns that the trigger of a table names in its refusal."""
    last = found.get(f"{PREFIX}{table}_update", ("",))[-1]
    words = last.decode(errors="replace") if isinstance(last, bytes) else str(last)
    return words.partition(f"{table}: ")[2].partition(" cannot change")[0].split(", ")


def strange(using: str = "default") -> list[str]:
    """Triggers in the database that no program of ours made: they write behind its back."""
    connection = connections[using]
    if connection.vendor not in ("sqlite", "postgresql"):
        return []
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
    ours = {name for made in declared(connection.vendor).values() for name in made}
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted({name for (name,) in cursor.fetchall()} - ours)
