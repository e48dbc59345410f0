"""Bodies are kept compressed and given back as they were; a conversion that stopped goes on; text stands as text."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tadbir.database import packed
from tadbir.database.packed import convert, pack, unpack
from tadbir.dossiers.models import Fact
from tadbir.register.actions import commitment_of, keep_content
from tadbir.register.models import Content
from tests.factories import Office

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
BODY = {"subject": "طلب استعمال القاعة المغطاة " * 20, "answers": {"days": 2, "place": "Tata"}, "empty": None}


def test_a_body_comes_back_as_it_was_and_its_commitment_holds(office: Office) -> None:
    kept = keep_content(BODY)
    found = Content.objects.get(pk=kept.pk)
    assert found.body == BODY
    assert commitment_of(found.salt, found.body) == commitment_of(kept.salt, BODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(body) FROM register_content WHERE id = %s", [kept.pk])
        assert cursor.fetchone()[0] < 200
    Content.objects.filter(pk=kept.pk).update(body=None)
    assert Content.objects.get(pk=kept.pk).body is None
    assert Content.objects.filter(body__isnull=True).count() == 1


def test_what_nobody_packed_is_no_crash_and_no_body(office: Office) -> None:
    kept = keep_content(BODY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_content SET body = %s WHERE id = %s", [b"{}", kept.pk])
    assert Content.objects.get(pk=kept.pk).body == packed.UNREADABLE


def test_other_json_is_kept_as_text_on_sqlite(office: Office) -> None:
    field = Fact._meta.get_field("data")
    assert field.get_db_prep_value({"a": "ملف"}, connection, False) is not None
    if connection.vendor == "sqlite":
        assert field.get_db_prep_value({"a": "ملف"}, connection, False) == '{"a": "ملف"}'


@pytest.fixture
def two_columns() -> Iterator[None]:
    kind = ("TEXT", "BLOB") if connection.vendor == "sqlite" else ("jsonb", "bytea")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE packing (id integer PRIMARY KEY, body {kind[0]}, packed {kind[1]})")
        yield
        cursor.execute("DROP TABLE packing")


def test_a_conversion_that_stopped_goes_on(two_columns: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT packed FROM packing ORDER BY id")
            return [row[0] and unpack(row[0]) for row in cursor.fetchall()]

    values: list[Any] = [{"n": 1, "w": "قاعة"}, None, {"n": 3}, [], {"n": 5}, {"n": 6}, {"n": 7}]
    with connection.cursor() as cursor:
        told = [(key, None if value is None else packed.json.dumps(value)) for key, value in enumerate(values, 1)]
        cursor.executemany("INSERT INTO packing (id, body) VALUES (%s, %s)", told)
    monkeypatch.setattr(packed, "BATCH", 2)
    made = iter(range(5))

    def stopping(value: Any) -> bytes:
        next(made)
        return pack(value)

    monkeypatch.setattr(packed, "pack", stopping)
    with pytest.raises((StopIteration, RuntimeError)):
        convert(connection, "packing", "body", "packed")
    assert rows() == [*values[:5], None, None]  # two whole batches; the third was taken back
    monkeypatch.setattr(packed, "pack", pack)
    convert(connection, "packing", "body", "packed")
    assert rows() == values
