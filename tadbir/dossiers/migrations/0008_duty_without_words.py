"""The words of a duty are made when they are read: their copies go. Papers already given keep their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_duty_filling")]

    operations = [
        migrations.RemoveField(model_name="duty", name="explanation"),
        migrations.RemoveIndex(model_name="duty", name="duty_suspended"),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(condition=models.Q(("waits", True)), fields=["council", "dossier"], name="duty_waits"),
        ),
    ]
