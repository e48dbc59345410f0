"""The prints of registers and their scans, which the services kept before: their tables came under these names."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("acts", "0001_initial"),
        ("councils", "0001_initial"),
        ("register", "0001_initial"),
        ("services", "0003_registers_to_ledgers"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="RegisterPrint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("register", models.CharField(max_length=12)),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        ("until", models.DateField()),
                        ("part", models.PositiveSmallIntegerField()),
                        ("first_line", models.PositiveIntegerField()),
                        ("last_line", models.PositiveIntegerField()),
                        ("first_number", models.CharField(max_length=60)),
                        ("last_number", models.CharField(max_length=60)),
                        ("lines_sha256", models.CharField(max_length=64)),
                        ("printed_at", models.DateTimeField()),
                        (
                            "act",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="register_print",
                                to="acts.act",
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
                            "previous",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledgers.registerprint",
                            ),
                        ),
                        (
                            "printed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
                            ),
                        ),
                    ],
                    options={"abstract": False, "base_manager_name": "everywhere", "default_manager_name": "objects"},
                    managers=[
                        ("objects", django.db.models.manager.Manager()),
                        ("everywhere", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.CreateModel(
                    name="RegisterScan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "signed_quality",
                            models.CharField(
                                choices=[
                                    ("president", "president of the council"),
                                    ("vice_president", "vice-president"),
                                    ("secretary", "secretary of the council"),
                                    ("director", "director general of services"),
                                    ("head", "head of division or service"),
                                    ("officer", "officer"),
                                    ("clerk", "counter clerk"),
                                    ("information_officer", "officer for access to information"),
                                    ("admin", "administrator of the system"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("signed_on", models.DateField()),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
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
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.storedfile"
                            ),
                        ),
                        (
                            "printed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scans",
                                to="ledgers.registerprint",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "abstract": False,
                        "base_manager_name": "everywhere",
                        "default_manager_name": "objects",
                    },
                    managers=[
                        ("objects", django.db.models.manager.Manager()),
                        ("everywhere", django.db.models.manager.Manager()),
                    ],
                ),
                migrations.AddIndex(
                    model_name="registerprint",
                    index=models.Index(fields=["council", "register", "starts_on"], name="print_period"),
                ),
                migrations.AddConstraint(
                    model_name="registerscan",
                    constraint=models.UniqueConstraint(
                        fields=("council", "printed", "file"), name="scan_of_print_once"
                    ),
                ),
            ]
        ),
        migrations.AlterField("registerprint", "register", models.CharField(max_length=24)),
    ]
