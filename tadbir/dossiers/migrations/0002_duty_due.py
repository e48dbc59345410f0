"""Indexes for the list that every agent opens first, and for the dossiers that wait for a person."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

from tadbir.dossiers.models import Never


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_initial"), ("dossiers", "0001_initial")]

    operations = [
        migrations.AddIndex(
            "duty",
            models.Index(
                models.F("council"),
                Coalesce("do_by", Never()),
                models.F("id"),
                name="duty_due",
                condition=models.Q(over_on__isnull=True, type="duty"),
            ),
        ),
        migrations.AddIndex(
            "duty",
            models.Index(
                fields=["council", "dossier"],
                name="duty_suspended",
                condition=models.Q(over_on__isnull=True, is_suspended=True),
            ),
        ),
    ]
