"""A draft that a signatory sent back does not wait for a signature."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("acts", "0008_scans")]

    operations = [migrations.AddField(model_name="draft", name="sent_back_at", field=models.DateTimeField(null=True))]
