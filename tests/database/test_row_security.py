"""The second wall: on PostgreSQL a query without a council sees nothing, whoever wrote it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from tadbir.councils.models import Council, Unit
from tadbir.councils.scope import council_scope
from tadbir.database import checks, rowsecurity
from tests.factories import a_council

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def codes() -> list[str]:
    """What SQL written by hand, without any manager, sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM councils_unit ORDER BY code")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def two() -> tuple[Council, Council]:
    north, south = a_council("north"), a_council("south")
    for council in (north, south):
        with council_scope(council):
            Unit.objects.create(code=f"bureau-{council.slug}", name_ar="مكتب", name_fr="Bureau")
    return north, south


def test_no_council_no_rows(two: tuple[Council, Council]) -> None:
    north, south = two
    assert codes() == []
    assert Unit.everywhere.count() == 0
    with council_scope(north):
        assert codes() == ["bureau-north"]
        with council_scope(south):
            assert codes() == ["bureau-south"]
        assert codes() == ["bureau-north"]
    assert codes() == []
    with rowsecurity.everywhere():
        assert codes() == ["bureau-north", "bureau-south"]
    assert codes() == []


def test_a_row_of_another_council_can_be_neither_written_nor_touched(two: tuple[Council, Council]) -> None:
    north, south = two
    with council_scope(north):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Unit.everywhere.bulk_create([Unit(council=south, code="x", name_ar="x", name_fr="x")])
        assert Unit.everywhere.filter(code="bureau-south").update(name_fr="Pris") == 0
        assert Unit.everywhere.all().delete()[0] == 1
    with council_scope(south):
        assert codes() == ["bureau-south"]


def test_every_table_of_a_council_is_behind_the_wall() -> None:
    assert "councils_unit" in rowsecurity.scoped_tables()
    assert rowsecurity.missing() == []
    assert checks.check_walls(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE councils_unit NO FORCE ROW LEVEL SECURITY")
    assert rowsecurity.missing() == ["councils_unit"]
    assert [error.id for error in checks.check_walls(databases=["default"])] == ["tadbir.E009"]
    rowsecurity.install()
    assert rowsecurity.missing() == []


def test_a_role_that_passes_through_walls_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rowsecurity.role_passes_walls() == ""
    monkeypatch.setattr(rowsecurity, "role_passes_walls", lambda alias: "postgres")
    assert [error.id for error in checks.check_walls(databases=["default"])] == ["tadbir.E010"]


@pytest.mark.django_db(transaction=True)
def test_a_connection_from_the_pool_remembers_nobody_and_learns_whom_it_serves() -> None:
    council = a_council("north")
    with council_scope(council):
        Unit.objects.create(code="bureau-north", name_ar="مكتب", name_fr="Bureau")
        connection.close()  # as when the server or the pool takes a connection back in the middle of work
        assert codes() == ["bureau-north"]
    rowsecurity.open_wall(connection, "on")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tadbir.council', %s, false)", [str(council.pk)])
    assert codes() == ["bureau-north"]
    connection.close()
    assert codes() == []
