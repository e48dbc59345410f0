"""Which open dossiers no duty runs in: kept with each, so that a list may show them."""

from typing import Any

from django.db import migrations, models

#: Who is of the house, as the law named them by then.
HOUSE = "('administration', 'president', 'designated_officer', 'head', 'controller', 'unit', 'council', 'bureau')"


def fill(apps: Any, schema_editor: Any) -> None:
    """Only what is open is looked at; done twice it does the same."""
    owed = f"(waits OR (over_on IS NULL AND type = 'duty' AND owner IN {HOUSE}))"
    runs = f"EXISTS (SELECT 1 FROM dossiers_duty WHERE dossier_id = dossiers_dossier.id AND {owed})"  # noqa: S608 - ours
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"UPDATE dossiers_dossier SET idle = NOT {runs} WHERE closed_at IS NULL")  # noqa: S608 - ours


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_waiting_indexes")]

    operations = [
        migrations.AddField("dossier", "idle", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "dossier", models.Index(fields=["council"], name="dossier_idle", condition=models.Q(("idle", True)))
        ),
    ]
