"""The adopted version serves until the next one is adopted: a draft waits beside it, and says who wrote it.

A correction used to take the adopted version out of force. Where one still waits for its adoption, the last version
that was adopted is in force again.
"""

from django.db import migrations, models
from django.db.models import Q


def put_back_in_force(apps, schema_editor):
    sheets = apps.get_model("procedures", "Sheet")._base_manager.using(schema_editor.connection.alias)
    for draft in sheets.filter(status="draft", version__gt=1).order_by("pk"):
        adopted = sheets.filter(council_id=draft.council_id, code=draft.code, adopted_on__isnull=False)
        last = adopted.order_by("-version").first()
        if last is not None:
            sheets.filter(pk=last.pk).update(status="adopted")


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_initial"), ("procedures", "0002_sheet_settled")]

    operations = [
        migrations.AddField(
            "sheet",
            "written_by",
            models.ForeignKey("councils.person", models.PROTECT, null=True, blank=True, related_name="+"),
        ),
        migrations.AddField("sheet", "written_at", models.DateTimeField(null=True, blank=True)),
        migrations.RemoveConstraint("sheet", "sheet_current"),
        migrations.RunPython(put_back_in_force, migrations.RunPython.noop),
        migrations.AddConstraint(
            "sheet",
            models.UniqueConstraint(fields=["council", "code"], name="sheet_in_force", condition=Q(status="adopted")),
        ),
        migrations.AddConstraint(
            "sheet",
            models.UniqueConstraint(fields=["council", "code"], name="sheet_draft", condition=Q(status="draft")),
        ),
    ]
