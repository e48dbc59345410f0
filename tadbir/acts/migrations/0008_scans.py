"""Every scan of a signed paper has a row, those of before too; a draft keeps the digest that its printed code bears."""

from typing import Any

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

from tadbir.acts.documents.canonical import digest


def rows_of_scans(apps: Any, schema_editor: Any) -> None:
    """One row for each scan that the register says was kept, as of its link."""

    def of(app: str, model: str) -> Any:
        return apps.get_model(app, model)._base_manager.using(schema_editor.connection.alias)

    scans, acts, files, people = (
        of("acts", "Scan"),
        of("acts", "Act"),
        of("register", "StoredFile"),
        of("councils", "Person"),
    )
    links = of("register", "Entry").filter(kind__in=("act_issued", "act_scanned")).order_by("council_id", "seq")
    for link in links.iterator(chunk_size=500):
        signed = link.fields.get("signed") or {}
        at_seal = link.kind == "act_issued"
        sha256 = link.fields.get("file" if at_seal else "sha256", "")
        if not sha256 or (at_seal and signed.get("means") != "wet_ink"):
            continue
        council = {"council_id": link.council_id}
        act = acts.filter(**council, number=link.fields["number"]).first()
        file = files.filter(**council, sha256=sha256).first()
        if act is None or file is None or scans.filter(act=act, file=file).exists():
            continue
        by = signed.get("recorded_by") if at_seal else link.fields.get("by")
        scans.create(
            **council,
            act=act,
            file=file,
            recognised=link.fields.get("recognised", False),
            at_seal=at_seal,
            added_by=people.filter(**council, pk=by).first(),
            added_at=link.at,
        )


def printed_texts(apps: Any, schema_editor: Any) -> None:
    """What the code of every paper says that was printed to be signed and whose text is still there."""
    drafts = apps.get_model("acts", "Draft")._base_manager.using(schema_editor.connection.alias)
    for draft in drafts.filter(printed__isnull=False).select_related("council").iterator(chunk_size=200):
        if draft.body:
            told = {"council": draft.council.code, "draft": str(draft.pk), "kind": draft.kind, "body": draft.body}
            drafts.filter(pk=draft.pk).update(printed_text=digest(told).hex())


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0007_scans_awaited"),
        ("councils", "0007_power_change"),
        ("register", "0006_content_body"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recognised", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("at_seal", models.BooleanField(default=False)),
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
        migrations.AddField(model_name="draft", name="printed_text", field=models.CharField(blank=True, max_length=64)),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(
                condition=models.Q(("printed_text", ""), _negated=True),
                fields=["council", "printed_text"],
                name="draft_printed",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="act",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="acts.act"),
        ),
        migrations.AddField(
            model_name="scan",
            name="added_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="council",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.council"
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(fields=("council", "act", "file"), name="scan_of_act_once"),
        ),
        migrations.RunPython(rows_of_scans, migrations.RunPython.noop),
        migrations.RunPython(printed_texts, migrations.RunPython.noop),
    ]
