"""Rows that were kept cannot be changed, deleted, replaced or emptied away, on either engine."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from tadbir.database import triggers
from tadbir.database.checks import check_triggers, refuse_unsafe_start

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def run(*statements: str) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    config = apps.get_app_config("database")
    monkeypatch.setattr(config, "append_only_tables", ("keep_log", "keep_absent"), raising=False)
    monkeypatch.setattr(config, "frozen_columns", {"keep_act": ("number", "sha")}, raising=False)
    run(
        "CREATE TABLE keep_log (id INTEGER PRIMARY KEY, word TEXT UNIQUE)",
        "CREATE TABLE keep_act (id INTEGER PRIMARY KEY, number TEXT, sha TEXT, status TEXT)",
        "INSERT INTO keep_log VALUES (1, 'one')",
        "INSERT INTO keep_act VALUES (1, 'A-1', NULL, 'draft')",
    )
    triggers.install()
    yield
    run("DROP TABLE keep_log", "DROP TABLE keep_act")


@pytest.mark.usefixtures("tables")
def test_an_append_only_table_takes_rows_and_never_gives_them_up() -> None:
    run("INSERT INTO keep_log VALUES (2, 'two')")
    forbidden = ["UPDATE keep_log SET word = 'x'", "DELETE FROM keep_log WHERE id = 1"]
    if connection.vendor == "sqlite":
        forbidden += [
            "INSERT OR REPLACE INTO keep_log VALUES (1, 'x')",
            "INSERT OR REPLACE INTO keep_log VALUES (9, 'one')",
            "UPDATE OR REPLACE keep_log SET word = 'two' WHERE id = 1",
        ]
    else:
        forbidden += ["TRUNCATE keep_log", "TRUNCATE keep_log CASCADE"]
    forbidden.append("INSERT INTO keep_log VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET word = 'x'")
    for statement in forbidden:
        with pytest.raises(DatabaseError, match="keep_log is append-only"):
            run(statement)
    assert run("SELECT id, word FROM keep_log ORDER BY id") == [(1, "one"), (2, "two")]


@pytest.mark.usefixtures("tables")
def test_frozen_columns_stay_while_the_others_move() -> None:
    run("UPDATE keep_act SET status = 'signed', number = 'A-1'")  # writing the same value is no change
    for change in ("number = 'A-2'", "number = NULL", "sha = 'ff'"):
        with pytest.raises(DatabaseError, match="number, sha cannot change"):
            run(f"UPDATE keep_act SET {change}")
    with pytest.raises(DatabaseError, match="cannot be deleted"):
        run("DELETE FROM keep_act")
    assert run("SELECT number, sha, status FROM keep_act") == [("A-1", None, "signed")]


@pytest.mark.usefixtures("tables")
def test_start_is_refused_while_a_trigger_is_missing() -> None:
    assert triggers.missing() == []
    assert check_triggers(databases=["default"]) == []
    name = "tadbir_keep_keep_log_delete"
    on = " ON keep_log" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER {name}{on}")
    assert triggers.missing() == [name]
    with pytest.raises(ImproperlyConfigured, match=rf"tadbir\.E008: .*{name}"):
        refuse_unsafe_start()
    triggers.install()  # what post_migrate does
    assert triggers.missing() == []


@pytest.mark.usefixtures("tables")
def test_a_disabled_trigger_counts_as_missing() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot disable a trigger")
    run("ALTER TABLE keep_log DISABLE TRIGGER tadbir_keep_keep_log_update")
    assert triggers.missing() == ["tadbir_keep_keep_log_update"]
    run("ALTER TABLE keep_log ENABLE TRIGGER tadbir_keep_keep_log_update")


@pytest.mark.usefixtures("tables")
def test_a_trigger_that_was_emptied_counts_as_missing() -> None:
    name = "tadbir_keep_keep_log_update"
    if connection.vendor == "postgresql":
        run(
            f"DROP TRIGGER {name} ON keep_log",
            f"CREATE TRIGGER {name} BEFORE UPDATE ON keep_log FOR EACH ROW WHEN (false) "
            "EXECUTE FUNCTION tadbir_refuse('keep_log is append-only')",
        )
    else:
        refusal = "BEGIN SELECT RAISE(ABORT, 'keep_log is append-only'); END"
        run(f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} BEFORE UPDATE ON keep_log WHEN 0 {refusal}")
    run("UPDATE keep_log SET word = 'other'")  # nothing refuses it
    assert triggers.missing() == [name]
    triggers.install()
    assert triggers.missing() == []
    with pytest.raises(DatabaseError, match="append-only"):
        run("UPDATE keep_log SET word = 'again'")


@pytest.mark.usefixtures("tables")
def test_a_function_that_refuses_nothing_any_more_is_found() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no functions of its own")
    run("CREATE OR REPLACE FUNCTION tadbir_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
    assert "tadbir_keep_keep_log_update" in triggers.missing()
    triggers.install()
    assert triggers.missing() == []


@pytest.mark.usefixtures("tables")
def test_a_trigger_of_somebody_else_is_named() -> None:
    assert triggers.strange() == []
    if connection.vendor == "postgresql":
        run(
            "CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "CREATE TRIGGER evil AFTER INSERT ON keep_log FOR EACH ROW EXECUTE FUNCTION evil()",
        )
    else:
        run("CREATE TRIGGER evil AFTER INSERT ON keep_log BEGIN UPDATE keep_act SET status = 'x'; END")
    assert triggers.strange() == ["evil"]
    with pytest.raises(ImproperlyConfigured, match=r"tadbir\.E011: .*evil"):
        refuse_unsafe_start()
    run("DROP TRIGGER evil" + (" ON keep_log" if connection.vendor == "postgresql" else ""))
    assert check_triggers(databases=["default"]) == []


@pytest.mark.usefixtures("tables")
def test_a_lifted_guard_comes_back() -> None:
    with triggers.lifted():
        run("UPDATE keep_log SET word = 'mended'")
    with pytest.raises(DatabaseError, match="append-only"):
        run("UPDATE keep_log SET word = 'again'")


def test_the_tables_that_the_house_declares_are_guarded_after_migration() -> None:
    declared = triggers.declared(connection.vendor)
    assert "register_entry" in declared
    assert "dossiers_fact" in declared
    assert triggers.missing() == []
    assert set(declared) <= set(connection.introspection.table_names()), "a declared table does not exist"


@pytest.mark.usefixtures("tables")
def test_a_column_that_a_migration_has_yet_to_add_does_not_stop_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`tadbir migrate` of an upgraded program puts the triggers back before the tables are as it declares them."""
    frozen = {"keep_act": ("number", "sha", "signed_by")}
    monkeypatch.setattr(apps.get_app_config("database"), "frozen_columns", frozen)
    triggers.install()
    run("UPDATE keep_act SET status = 'signed'")
    run("ALTER TABLE keep_log RENAME TO keep_other", "ALTER TABLE keep_other RENAME TO keep_log")  # as SQLite alters
    with pytest.raises(DatabaseError, match="number, sha cannot change"):
        run("UPDATE keep_act SET number = 'A-2'")
    run("ALTER TABLE keep_act ADD COLUMN signed_by TEXT")
    triggers.install()
    with pytest.raises(DatabaseError, match="number, sha, signed_by cannot change"):
        run("UPDATE keep_act SET signed_by = 'x'")


@pytest.mark.usefixtures("tables")
def test_what_an_older_program_left_is_told_from_what_somebody_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    on_log, on_act = (f" ON {table}" if connection.vendor == "postgresql" else "" for table in ("keep_log", "keep_act"))
    frozen = {"keep_act": ("number", "sha", "status")}
    monkeypatch.setattr(apps.get_app_config("database"), "frozen_columns", frozen)
    update, delete = "tadbir_keep_keep_act_update", "tadbir_keep_keep_act_delete"
    assert (triggers.missing(), triggers.meddled()) == ([update], ([], []))  # it froze two columns: no change
    run(f"DROP TRIGGER {delete}{on_act}")
    assert triggers.meddled() == ([delete], [])  # it made both
    made = triggers.append_only("keep_log", connection.vendor)
    for name in made:
        run(f"DROP TRIGGER {name}{on_log}")
    assert triggers.meddled() == ([delete], ["keep_log"])  # as one that was stopped leaves it, or that had none
    for name, statement in made.items():
        run(statement if name.endswith("update") else statement.replace("is append-only", "is mine"))
    changed = [name for name in made if not name.endswith("update")]
    assert triggers.meddled() == (sorted([delete, *changed]), [])
    triggers.install()
    assert (triggers.missing(), triggers.meddled()) == ([], ([], []))
