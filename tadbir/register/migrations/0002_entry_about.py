"""A link says in a column, with an index, which row it speaks of: older links too, where their fields name one."""

from typing import Any

from django.db import migrations, models

from tadbir.database import triggers

#: Kinds of link (SQL pattern), the noun of their row, the field that names it; as this program knew them by then.
NAMED = (
    ("act\\_%", "act", "number"),
    ("seal\\_key\\_%", "seal_key", "kid"),
    ("content\\_erased", "content", "content"),
    ("role\\_ended", "role", "role"),
    ("delegation\\_ended", "delegation", "delegation"),
    ("absence\\_%", "person", "person"),
    ("document\\_scanned", "document", "document"),
    ("register\\_%", "print", "number"),
    ("paper\\_block", "block", "block"),
    ("paper\\_number\\_closed", "paper", "number"),
)


def name_rows(apps: Any, schema_editor: Any) -> None:
    """Fill the column. It is no part of a link's hash: nothing of the chain is rewritten."""
    connection = schema_editor.connection
    told = "json_extract(fields, '$.{key}')" if connection.vendor == "sqlite" else "(fields ->> '{key}')"
    with triggers.lifted(connection.alias), connection.cursor() as cursor:
        for kinds, noun, key in NAMED:
            field = told.format(key=key)
            cursor.execute(
                f"UPDATE register_entry SET about = %s || {field}"  # noqa: S608 - both are ours
                f" WHERE kind LIKE %s ESCAPE '\\' AND {field} IS NOT NULL",
                [f"{noun}:", kinds],
            )


class Migration(migrations.Migration):
    dependencies = [("councils", "0002_council_stamp"), ("register", "0001_initial")]

    operations = [
        migrations.AddField(model_name="entry", name="about", field=models.CharField(blank=True, max_length=100)),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("about", ""), _negated=True), fields=["council", "about"], name="entry_about"
            ),
        ),
        migrations.RunPython(name_rows, migrations.RunPython.noop),
    ]
