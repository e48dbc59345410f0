"""An installation of before the registers had an app of their own: migrated in place, nothing is lost."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import translation

from tadbir.councils.clock import simulated
from tadbir.councils.scope import council_scope
from tadbir.database import rowsecurity, triggers
from tadbir.ledgers.models import RegisterPrint
from tadbir.ledgers.periods import Period
from tadbir.operations import rows
from tadbir.operations.start import refuse_other_tables
from tadbir.procedures.models import Sheet
from tadbir.register.queries import breaks_of_chain
from tadbir.services import actions as services
from tests.at_once import print_register
from tests.conftest import at
from tests.factories import Office, adopted_loan, loan_filing, make_office
from tests.ledgers.test_registers import scan_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
OLD = {"services_registerprint", "services_registerscan"}
#: What a scan got since, when it could be taken away.
LATER = {"recognised", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason"}
NEW = {"ledgers_registerprint", "ledgers_registerscan"}


@pytest.fixture
def bureau(transactional_db: None) -> Iterator[Office]:
    with simulated(at("2026-12-01 10:00")):
        yield make_office()
        call_command("migrate", verbosity=0, interactive=False)


def migrate(*words: str) -> None:
    call_command("migrate", *words, verbosity=0, interactive=False)


def back_to_the_old_tables() -> None:
    """The tables as an earlier program left them: their names, and the triggers under its names."""
    migrate("dossiers", "0003")
    migrate("services", "0002")
    assert set(connection.introspection.table_names()) & (OLD | NEW) == OLD
    triggers.remove(only=OLD)
    with connection.cursor() as cursor:
        for table in sorted(OLD):
            for statement in triggers.append_only(table, connection.vendor).values():
                cursor.execute(statement)


def held(tables: set[str]) -> list[list[dict[str, Any]]]:
    """Every row of the tables, as the database gives them."""
    found = []
    with rowsecurity.everywhere(), connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            names = [column[0] for column in cursor.description]  # their order is another where SQLite remade a table
            rows_there = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found.append([{name: row[name] for name in row if name not in LATER} for row in rows_there])
    return found


@pytest.fixture
def printed(bureau: Office) -> RegisterPrint:
    """A register that was printed, signed by hand and scanned before the upgrade."""
    with council_scope(bureau.council):
        services.file_request(loan_filing(adopted_loan(bureau)))
        made = print_register(bureau.director, "requests", Period(2026, "m12"))[0]
        scan_of(made, bureau.director, bureau.director)
    return made


def test_old_prints_and_their_scans_are_read_back_and_go_on(bureau: Office, printed: RegisterPrint) -> None:
    before = held(NEW)
    assert all(before)
    back_to_the_old_tables()
    assert (held(OLD), rows.tables_are_older()) == (before, True)
    migrate()
    assert (held(NEW), rows.tables_are_older()) == (before, False)
    with council_scope(bureau.council):
        scan = RegisterPrint.objects.get(act=printed.act).scans.get()
        assert (scan.printed, scan.signed_by, scan.file.path.exists()) == (printed, bureau.director, True)
        with simulated(at("2026-12-02 10:00")):
            services.file_request(loan_filing(Sheet.objects.get(status="adopted")))
            later = print_register(bureau.director, "requests", Period(2026, "m12"))[0]
        assert (later.pk > printed.pk, later.last_line) == (True, 2)  # the counting of rows came with the table
        assert list(breaks_of_chain()) == []


def test_the_moved_tables_are_behind_their_triggers_and_walls_again(printed: RegisterPrint) -> None:
    back_to_the_old_tables()
    migrate()
    assert triggers.missing() == rowsecurity.missing() == []
    names = [name for name, table in triggers._present(connection).items() if table in NEW]
    assert all("_ledgers_" in name for name in names)
    for table in sorted(NEW):
        for said in (f"UPDATE {table} SET council_id = council_id + 1", f"DELETE FROM {table}"):
            refused = pytest.raises(DatabaseError, match=f"{table}( is append-only|: )")
            with rowsecurity.everywhere(), refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(said)
    if connection.vendor == "postgresql":
        assert RegisterPrint.everywhere.count() == 0
        with council_scope(printed.council):
            assert RegisterPrint.everywhere.count() == 1


def test_a_migration_stopped_half_way_goes_on(printed: RegisterPrint) -> None:
    before = held(NEW)
    back_to_the_old_tables()
    migrate("services", "0003")  # killed after the tables had their new names
    assert rows.tables_are_older()
    with pytest.raises(ImproperlyConfigured, match="tadbir migrate"):
        refuse_other_tables()
    migrate()
    assert (held(NEW), triggers.missing()) == (before, [])


def test_an_old_database_is_looked_after_in_words(printed: RegisterPrint, tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    for name in ("tadbir.toml", "secret.key"):
        (tmp_path / name).touch()
    back_to_the_old_tables()
    said = io.StringIO()
    with pytest.raises(CommandError, match="NO"):
        call_command("check", language="fr", stdout=said)
    assert "tadbir migrate" in said.getvalue()
    with pytest.raises(ImproperlyConfigured, match="tadbir migrate"):  # before every command that reads them
        refuse_other_tables()
    with pytest.raises(rows.OldTables, match="pg_dump"):
        rows.dump(tmp_path / "rows")
    assert not (tmp_path / "rows").exists()


def test_an_older_program_refuses_the_tables_of_a_newer_one(bureau: Office) -> None:
    with connection.cursor() as cursor:
        recorder = MigrationRecorder(connection)
        recorder.record_applied("dossiers", "9999_of_a_later_version")
        recorder.record_applied("a_domain_that_was_taken_out", "0001_initial")
        try:
            with translation.override("en"), pytest.raises(ImproperlyConfigured, match="newer version") as refused:
                refuse_other_tables()
        finally:
            cursor.execute("DELETE FROM django_migrations WHERE app LIKE 'a_domain%' OR name LIKE '9999%'")
    assert "dossiers.9999_of_a_later_version" in str(refused.value)
    assert "a_domain" not in str(refused.value)
    refuse_other_tables()


def test_a_migration_killed_before_its_triggers_is_run_again(bureau: Office) -> None:
    triggers.remove()
    assert triggers.missing()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    assert triggers.missing() == rowsecurity.missing() == []
