"""The body of a draft is kept compressed: a column beside the old one (0004 fills it, 0005 drops the old one)."""

from django.db import migrations

from tadbir.database.packed import PackedJSON


class Migration(migrations.Migration):
    dependencies = [("acts", "0002_signature_states")]

    operations = [migrations.AddField(model_name="draft", name="packed", field=PackedJSON(null=True))]
