"""Which later text of the catalogue a council looked at and did not take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.AddField(
            "sheet", "settled_sha256", models.CharField(max_length=64, blank=True, default=""), preserve_default=False
        )
    ]
