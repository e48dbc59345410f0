"""What a council changes in the rules and wordings that are shipped."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("councils", "0001_initial"), ("dossiers", "0002_duty_due")]

    operations = [
        migrations.CreateModel(
            name="DefinitionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(choices=[("rule", "rule"), ("wording", "wording of a notice")], max_length=8),
                ),
                ("code", models.CharField(max_length=40)),
                ("corrects", models.CharField(max_length=40)),
                ("shipped", models.TextField()),
                ("off", models.BooleanField(default=False)),
                ("keys", models.JSONField(default=dict)),
                ("reason_ar", models.CharField(max_length=300)),
                ("reason_fr", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=300)),
                ("since", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("over_from", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
                    ),
                ),
                (
                    "council",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.council",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="councils.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "everywhere",
                "default_manager_name": "objects",
                "indexes": [models.Index(fields=["council", "subject", "code", "-id"], name="definition_history")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("over_from__isnull", True)),
                        fields=("council", "subject", "code"),
                        name="definition_one_at_a_time",
                    )
                ],
            },
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("everywhere", django.db.models.manager.Manager()),
            ],
        )
    ]
