"""Indexes of what waits, for the trays and lists that agents open first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0005_draft_body"),
        ("councils", "0004_numbering_epoch"),
        ("register", "0006_content_body"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("notified_on__isnull", True), ("signed_on__isnull", False)),
                fields=["council", "kind", "status", "dossier_ref"],
                name="act_to_notify",
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(
                condition=models.Q(("scan_recognised", False), ("signed_on__isnull", False)),
                fields=["council", "signed_means", "status", "dossier_ref"],
                name="act_to_scan",
            ),
        ),
    ]
