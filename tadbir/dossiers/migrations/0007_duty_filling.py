"""Fills the values of duties from what was written into each, in small transactions; a stopped one goes on."""

from typing import Any

from django.db import migrations, transaction

#: Rows in one transaction.
BATCH = 2000
#: Who is not of the house, as the law named them by then.
PERSONS = "('petitioner', 'plaintiff', 'user', 'member', 'requester')"
_WAITS = f"over_on IS NULL AND (is_suspended OR (type = 'duty' AND owner IN {PERSONS}))"


def fill(apps: Any, schema_editor: Any) -> None:
    """How long, where a number says it, and whether it waits for the person. Done twice it does the same."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        length, unit = "json_extract(explanation, '$.limit')", "json_extract(explanation, '$.unit')"
    else:
        length, unit = "(explanation ->> 'limit')::smallint", "explanation ->> 'unit'"
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM dossiers_duty")
        first, last = cursor.fetchone()
    for start in range(first, last + 1, BATCH) if first is not None else ():
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE dossiers_duty SET length = {length}, length_unit = COALESCE({unit}, ''), waits = ({_WAITS})"  # noqa: S608 - ours
                f" WHERE id BETWEEN {start} AND {start + BATCH - 1}"
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("dossiers", "0006_duty_values")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
