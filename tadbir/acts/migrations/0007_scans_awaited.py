"""Indexes of the papers whose scan is awaited, and of those whose scan is of another paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0006_waiting_indexes"),
        ("councils", "0006_enrolment_second"),
        ("register", "0006_content_body"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="act", name="act_to_scan"),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("scan_recognised", False), ("signed_on__isnull", False)),
                fields=["council", "signed_means", "status", "signed_file"],
                name="act_to_scan",
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("recorded_by__isnull", False), ("scan_recognised", False)),
                fields=["council", "signed_means", "status", "recorded_by"],
                name="act_said",
            ),
        ),
    ]
