"""The compressed body is the body."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("register", "0005_content_packing")]

    operations = [
        migrations.RemoveField(model_name="content", name="body"),
        migrations.RenameField(model_name="content", old_name="packed", new_name="body"),
    ]
