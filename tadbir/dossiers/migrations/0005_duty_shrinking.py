"""Takes the copied words out of each duty, in small transactions: SQLite writes the table anew for each column that
0006 adds, and shall not write them again and again. A stopped one goes on."""

from typing import Any

from django.db import migrations, transaction

#: Rows in one transaction.
BATCH = 2000
_VALUES = "json_object('limit', json_extract(explanation, '$.limit'), 'unit', json_extract(explanation, '$.unit'))"


def shrink(apps: Any, schema_editor: Any) -> None:
    """Leave the two values that are no words; PostgreSQL adds and drops columns without rewriting."""
    connection = schema_editor.connection
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM dossiers_duty")
        first, last = cursor.fetchone()
    for start in range(first, last + 1, BATCH) if first is not None else ():
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE dossiers_duty SET explanation = {_VALUES}"  # noqa: S608 - ours
                f" WHERE id BETWEEN {start} AND {start + BATCH - 1}"
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("dossiers", "0004_redating")]

    operations = [migrations.RunPython(shrink, migrations.RunPython.noop)]
