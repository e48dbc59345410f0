"""The body of a content is kept compressed: a column beside the old one (0005 fills it, 0006 drops the old one)."""

from django.db import migrations

from tadbir.database.packed import PackedJSON


class Migration(migrations.Migration):
    dependencies = [("register", "0003_numbering_epoch")]

    operations = [migrations.AddField(model_name="content", name="packed", field=PackedJSON(null=True))]
