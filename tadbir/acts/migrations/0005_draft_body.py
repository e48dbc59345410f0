"""The compressed body is the body."""

from django.db import migrations

from tadbir.database.packed import PackedJSON


class Migration(migrations.Migration):
    dependencies = [("acts", "0004_draft_packing")]

    operations = [
        migrations.RemoveField(model_name="draft", name="body"),
        migrations.RenameField(model_name="draft", old_name="packed", new_name="body"),
        migrations.AlterField(model_name="draft", name="body", field=PackedJSON()),
    ]
