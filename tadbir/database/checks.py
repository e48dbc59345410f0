"""What the program refuses to start without: a safe SQLite, a local disk, right hours, triggers and walls.

They are Django system checks with the `database` tag: `migrate` and `check --database default` run them,
and `refuse_unsafe_start()` runs them before the server and the queue take work.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from tadbir.database import filesystem, rowsecurity, timezone, triggers

Messages = list[checks.CheckMessage]


def sqlite_is_safe(version: Sequence[int]) -> bool:
    """Whether a SQLite release has the repair of the WAL-reset defect (3.51.3, 3.50.7, 3.44.6)."""
    release = tuple(version[:3])
    if release >= (3, 51, 3):
        return True
    return (3, 50, 7) <= release < (3, 51) or (3, 44, 6) <= release < (3, 45)


def _sqlite(databases: Iterable[str] | None) -> list[tuple[str, BaseDatabaseWrapper]]:
    return [(alias, connections[alias]) for alias in databases or [] if connections[alias].vendor == "sqlite"]


def _postgres(databases: Iterable[str] | None) -> list[str]:
    return [alias for alias in databases or [] if connections[alias].vendor == "postgresql"]


def _one_value(connection: BaseDatabaseWrapper, query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


@checks.register(checks.Tags.database)
def check_sqlite_version(databases: Iterable[str] | None = None, **kwargs: Any) -> Messages:
    """The version is asked of the connection that will write, not of an imported module."""
    found: Messages = []
    for alias, connection in _sqlite(databases):
        version = str(_one_value(connection, "SELECT sqlite_version()"))
        if not sqlite_is_safe([int(part) for part in version.split(".")]):
            text = _("Database “%(alias)s” runs on SQLite %(version)s, which can corrupt the register.")
            hint = _("Install the package pysqlite3 (SQLite 3.51.3 or later) and start Tadbir by its own command.")
            found.append(checks.Error(text % {"alias": alias, "version": version}, hint=hint, id="tadbir.E001"))
    return found


@checks.register(checks.Tags.database)
def check_sqlite_disk(databases: Iterable[str] | None = None, **kwargs: Any) -> Messages:
    """SQLite's locks are only safe on a disk of this machine."""
    found: Messages = []
    for _alias, connection in _sqlite(databases):
        if connection.is_in_memory_db():  # type: ignore[attr-defined]
            continue
        path = Path(str(connection.settings_dict["NAME"]))
        kind = filesystem.kind_of(path)
        if kind is None:
            text = _("The kind of disk of “%(path)s” could not be read; it must be a disk of this machine.")
            found.append(checks.Warning(text % {"path": path}, id="tadbir.W002"))
        elif filesystem.is_network(kind):
            text = _("“%(path)s” is on a network disk (%(kind)s), where the register can be corrupted.")
            hint = _("Move the folder of Tadbir to a disk of this machine, or use PostgreSQL.")
            found.append(checks.Error(text % {"path": path, "kind": kind}, hint=hint, id="tadbir.E002"))
    return found


@checks.register(checks.Tags.database)
def check_sqlite_durability(databases: Iterable[str] | None = None, **kwargs: Any) -> Messages:
    """Whoever holds a receipt must find his dossier after a power cut: WAL with synchronous=FULL."""
    found: Messages = []
    for alias, connection in _sqlite(databases):
        if connection.is_in_memory_db():  # type: ignore[attr-defined]
            continue
        mode = str(_one_value(connection, "PRAGMA journal_mode")).lower()
        level = int(_one_value(connection, "PRAGMA synchronous"))
        if mode != "wal" or level < 2:
            text = _("Database “%(alias)s” does not keep every record through a power cut (%(mode)s, %(level)s).")
            hint = _("Keep journal_mode=WAL and synchronous=FULL in init_command.")
            values = {"alias": alias, "mode": mode, "level": level}
            found.append(checks.Error(text % values, hint=hint, id="tadbir.E003"))
    return found


@checks.register(checks.Tags.database)
def check_one_alias_per_file(databases: Iterable[str] | None = None, **kwargs: Any) -> Messages:
    """Two aliases of one SQLite file would wait for each other's turn to write."""
    seen: dict[str, str] = {}
    found: Messages = []
    for alias in connections:
        connection = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
            continue
        path = os.path.realpath(str(connection.settings_dict["NAME"]))
        if path in seen:
            text = _("Databases “%(first)s” and “%(second)s” are the same SQLite file.")
            values = {"first": seen[path], "second": alias}
            found.append(checks.Error(text % values, id="tadbir.E004"))
        seen[path] = alias
    return found


@checks.register(checks.Tags.database)
def check_time_zone(**kwargs: Any) -> Messages:
    """Casablanca has been on UTC+0 since 20 September 2026; stale zone files shift every hour limit."""
    hint = _("Upgrade the package tzdata (2026.3 or later).")
    if timezone.release() < timezone.OLDEST_RELEASE:
        text = _("The packaged time zones (%(release)s) are older than 2026.3.")
        values = {"release": ".".join(map(str, timezone.release()))}
        return [checks.Error(text % values, hint=hint, id="tadbir.E005")]
    if not timezone.is_packaged_first():
        text = _("The system's time zones are read before the packaged ones.")
        return [checks.Error(text, hint=_("Start Tadbir by its own command."), id="tadbir.E006")]
    wrong = [moment for moment in timezone.PROBES if timezone.casablanca_offset(moment) != timedelta(0)]
    if wrong:
        text = _("Casablanca is not on UTC+0 on %(date)s in the time zones in use.")
        return [checks.Error(text % {"date": wrong[0].date().isoformat()}, hint=hint, id="tadbir.E007")]
    return []


@checks.register(checks.Tags.database)
def check_triggers(databases: Iterable[str] | None = None, **kwargs: Any) -> Messages:
    """The register's tables must be kept from rewriting. Tables that do not exist yet are not missed."""
    found: Messages = []
    for alias in databases or []:
        names = triggers.missing(alias)
        if names:
            text = _("The register is not protected: triggers are missing or were changed (%(names)s).")
            hint = _("Run “tadbir migrate”, then find out who removed them.")
            found.append(checks.Error(text % {"names": ", ".join(names)}, hint=hint, id="tadbir.E008"))
        if names := triggers.strange(alias):
            text = _("Triggers that are not Tadbir’s write in the database (%(names)s).")
            hint = _("Find out who put them there, and remove them; then run “tadbir prove”.")
            found.append(checks.Error(text % {"names": ", ".join(names)}, hint=hint, id="tadbir.E011"))
    return found


@checks.register(checks.Tags.database)
def check_walls(databases: Iterable[str] | None = None, **kwargs: Any) -> Messages:
    """On PostgreSQL every table of a council is behind row-level security, and our role is bound by it."""
    found: Messages = []
    for alias in _postgres(databases):
        names = rowsecurity.missing(alias)
        if names:
            text = _("The wall between councils is down on: %(names)s.")
            hint = _("Run “tadbir migrate”.")
            found.append(checks.Error(text % {"names": ", ".join(names)}, hint=hint, id="tadbir.E009"))
        role = rowsecurity.role_passes_walls(alias)
        if role:
            text = _("The PostgreSQL role “%(role)s” passes through the wall between councils.")
            hint = _("Connect as a role without SUPERUSER and BYPASSRLS.")
            found.append(checks.Error(text % {"role": role}, hint=hint, id="tadbir.E010"))
    return found


def refuse_unsafe_start(databases: Sequence[str] = ("default",)) -> None:
    """Run every check above on the live connections. Raises ImproperlyConfigured naming what is wrong."""
    found = checks.run_checks(tags=[checks.Tags.database], databases=databases)
    errors = [message for message in found if message.level >= checks.ERROR]
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.id}: {error.msg} {error.hint or ''}" for error in errors))
