"""The reference of the decision that adopted a sheet, for who reads French; what was typed before stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_sheet_in_force")]

    operations = [
        migrations.AddField(
            "sheet",
            "adopted_reference_fr",
            models.CharField(max_length=120, blank=True, default=""),
            preserve_default=False,
        )
    ]
