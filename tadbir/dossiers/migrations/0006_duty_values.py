"""A duty keeps values, not words: how long, and whether it waits for the person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_duty_shrinking")]

    operations = [
        migrations.AddField(model_name="duty", name="length", field=models.PositiveSmallIntegerField(null=True)),
        migrations.AddField(model_name="duty", name="length_unit", field=models.CharField(blank=True, max_length=16)),
        migrations.AddField(model_name="duty", name="waits", field=models.BooleanField(default=False)),
    ]
