"""Indexes of what waits, for the trays and lists that agents open first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("councils", "0004_numbering_epoch"), ("notify", "0002_ways")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(models.Q(("status", "sent"), _negated=True), ("erased_at__isnull", True)),
                fields=["council", "erased_at"],
                name="notice_unsent",
            ),
        )
    ]
