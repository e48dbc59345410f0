"""Indexes of what waits, for the trays and lists that agents open first."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

from tadbir.dossiers.models import Never


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0004_numbering_epoch"),
        ("dossiers", "0010_document_withdrawn"),
        ("procedures", "0003_sheet_in_force"),
        ("register", "0006_content_body"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="duty", name="duty_open"),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("file__isnull", True), ("replaced_by__isnull", True)),
                fields=["council", "file", "replaced_by", "dossier"],
                name="document_to_scan",
            ),
        ),
        migrations.AddIndex(model_name="fact", index=models.Index(fields=["council", "kind"], name="fact_kind")),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["council", "kind"], name="dossier_open"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["council", "officer"], name="dossier_charge"
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("officer__isnull", True)),
                fields=["council", "unit"],
                name="dossier_nobodys",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                models.F("council"),
                models.F("unit"),
                Coalesce("do_by", Never()),
                models.F("id"),
                condition=models.Q(("over_on__isnull", True), ("type", "duty")),
                name="duty_unit_due",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                models.F("council"),
                models.F("officer"),
                Coalesce("do_by", Never()),
                models.F("id"),
                condition=models.Q(("over_on__isnull", True), ("type", "duty")),
                name="duty_officer_due",
            ),
        ),
    ]
