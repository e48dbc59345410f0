"""The index itself: FTS5 on SQLite, a stored tsvector with GIN on PostgreSQL."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE textsearch_fts USING fts5("
    "stems, content='', contentless_delete=1, detail=none, prefix='2 3', tokenize=\"ascii tokenchars '@#'\")"
)
POSTGRESQL = (
    "ALTER TABLE textsearch_searchentry ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(stems, ' '))) STORED",
    "CREATE INDEX searchentry_words ON textsearch_searchentry USING gin (words)",
)


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(SQLITE)
    else:
        for statement in POSTGRESQL:
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE textsearch_fts")
    else:
        schema_editor.execute("ALTER TABLE textsearch_searchentry DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("textsearch", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
