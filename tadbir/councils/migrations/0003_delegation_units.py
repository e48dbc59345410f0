from django.db import migrations, models


class Migration(migrations.Migration):
    """A delegation may be limited to units; those recorded before have no limit."""

    dependencies = [("councils", "0002_council_stamp")]

    operations = [migrations.AddField("delegation", "units", models.JSONField(default=list))]
