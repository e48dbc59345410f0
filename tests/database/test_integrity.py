"""A reference to nothing is told, on either engine, and what PostgreSQL alone may hold: a constraint never looked at.

A broken index of SQLite is told by `check` (tests/operations/test_prove.py): it takes a file of its own.
"""

import pytest
from django.db import connection, transaction

from tadbir.councils.models import Unit
from tadbir.database.integrity import problems
from tests.factories import Office

NOWHERE = 999_999


@pytest.mark.postgres
def test_a_reference_to_nothing_is_told_and_a_sound_one_is_not(office: Office) -> None:
    assert problems() == []
    with transaction.atomic():  # the engine itself looks at the end, which never comes
        Unit.objects.filter(pk=office.unit.pk).update(parent_id=NOWHERE)
        assert problems() == [f"councils_unit {office.unit.pk} refers to a row of councils_unit that is not there"]
        transaction.set_rollback(True)
    assert problems() == []


@pytest.mark.postgres
def test_three_of_one_kind_are_told(office: Office) -> None:
    with transaction.atomic():
        more = [Unit(council=office.council, code=f"u{rank}", name_ar="قسم", name_fr="Service") for rank in range(5)]
        for unit in more:
            unit.parent_id = NOWHERE
        Unit.objects.bulk_create(more)
        assert len(problems()) == 3
        transaction.set_rollback(True)


@pytest.mark.postgres_only
def test_a_constraint_that_was_never_validated_is_told(office: Office) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the council was made with is looked at before
        cursor.execute("ALTER TABLE councils_unit ADD CONSTRAINT doubted CHECK (id > 0) NOT VALID")
        assert problems() == ["councils_unit: the constraint doubted was never validated"]
        cursor.execute("ALTER TABLE councils_unit VALIDATE CONSTRAINT doubted")
        assert problems() == []
        transaction.set_rollback(True)
