"""Registers on paper go to ledgers, with their rows: the tables are renamed, nothing is copied."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("services", "0002_registers_on_paper")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("registerprint", "ledgers_registerprint"),
                migrations.AlterModelTable("registerscan", "ledgers_registerscan"),
            ],
            state_operations=[migrations.DeleteModel("RegisterScan"), migrations.DeleteModel("RegisterPrint")],
        )
    ]
