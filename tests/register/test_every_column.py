"""Every column of every table of a council: changed behind the program's back, it is named, or here stands why not.

The models are walked, so that a new column is decided on when it comes: proved by a link of the chain, or not, and
why that harms nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from tadbir.councils import actions as councils
from tadbir.councils.models import Council
from tadbir.councils.scope import CouncilModel
from tadbir.database import rowsecurity, triggers
from tests.desk.erased import bureau, lived
from tests.factories import Office
from tests.register.tampering import as_json, proved

__all__ = ["bureau"]  # the fixture of this file

pytestmark = [pytest.mark.django_db(transaction=True)]

UNPROVED: dict[str, dict[str, str]] = {}


class Undone(Exception):
    """Ends a transaction whose changes are not wanted."""


@contextmanager
def undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def another(field: Any, value: Any) -> Any:
    """A value of the same type that is not this one, as SQL takes it."""
    if isinstance(field, models.ForeignKey):
        others = field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True)
        return others.order_by("pk").first() or (None if value is not None else 987654)
    if isinstance(field, models.JSONField):
        return as_json({"another": 1})
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.DateField):  # and DateTimeField
        return value + timedelta(days=1) if value else date(2026, 11, 1)
    if isinstance(field, models.BinaryField):
        return bytes(value or b"") + b"\n"
    return f"{value or ''}x"


def test_every_column_is_proved_or_says_why_not(bureau: Office) -> None:
    councils.delegate(bureau.president, bureau.head, ["letter"], "3/2026", date(2026, 12, 1))
    lived(bureau)
    assert proved() == []
    silent, empty = {}, []
    with triggers.lifted(), rowsecurity.everywhere():
        for model in apps.get_models():
            if model._meta.proxy or not issubclass(model, CouncilModel | Council):
                continue
            rows = model._base_manager.order_by("pk")
            if not rows.exists():
                empty.append(model._meta.label)
                continue
            for field in model._meta.concrete_fields:
                if field.primary_key or field.name == "council":
                    continue
                filled = next((row for row in rows if getattr(row, field.attname) not in (None, "")), rows[0])
                value = another(field, getattr(filled, field.attname))
                with undone():
                    try:
                      with connection.cursor() as cursor:
                        cursor.execute(
                            f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s WHERE "{model._meta.pk.column}" = %s',
                            [value, filled.pk],
                        )
                    except Exception as error:
                        print("REFUSED", model._meta.label, field.name, error)
                        continue
                    try:
                        found = proved()
                    except Exception as error:
                        found = [f"RAISED {error!r}"]
                        print(model._meta.label, field.name, found)
                    if not found:
                        silent.setdefault(model._meta.label, []).append(field.name)
    print("EMPTY", empty)
    for label, names in silent.items():
        print(label, names)
    raise AssertionError
