"""Fills the compressed bodies in small transactions; a stopped one goes on where it was."""

from typing import Any

from django.db import migrations

from tadbir.database.packed import convert


def fill(apps: Any, schema_editor: Any) -> None:
    """Every body that has no compressed form yet."""
    convert(schema_editor.connection, "acts_draft", "body", "packed")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("acts", "0003_draft_packed")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
