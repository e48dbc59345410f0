"""A scan of the signed pages of a register may be taken away; it bears the moment of its link."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from tadbir.database import triggers


def moments(apps: Any, schema_editor: Any) -> None:
    """The moment of the link, a few thousandths of a second after that of the row: the two are compared from now on."""
    alias = schema_editor.connection.alias
    scans = apps.get_model("ledgers", "RegisterScan")._base_manager.using(alias)
    links = apps.get_model("register", "Entry")._base_manager.using(alias).filter(kind="register_signed_off")
    with triggers.lifted(alias):
        for link in links.order_by("council_id", "seq"):
            kept = scans.filter(council_id=link.council_id, printed__act__number=link.fields["number"])
            kept.filter(file__sha256=link.fields["sha256"]).update(added_at=link.at)


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0007_power_change"),
        ("ledgers", "0001_initial"),
        ("acts", "0008_scans"),
        ("register", "0006_content_body"),
    ]

    operations = [
        migrations.AddField(model_name="registerscan", name="recognised", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="registerscan", name="withdrawn_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="registerscan",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
            ),
        ),
        migrations.AddField(
            model_name="registerscan", name="withdrawn_reason", field=models.CharField(blank=True, max_length=300)
        ),
        migrations.AlterField(
            model_name="registerscan",
            name="added_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="councils.person"
            ),
        ),
        migrations.RunPython(moments, migrations.RunPython.noop),
    ]
