"""The codes of drafts are digits: what is kept of one is keyed, so that a stolen database does not give it away.

What was kept before is keyed as it stands; a code that was given goes on opening its draft for its 14 days.
"""

from django.db import migrations, models
from django.utils.crypto import salted_hmac


def key_them(apps, schema_editor):
    drafts = apps.get_model("services", "Draft")._base_manager.using(schema_editor.connection.alias)
    for pk, kept in drafts.values_list("pk", "code_digest"):
        keyed = salted_hmac("tadbir.draft-code", kept, algorithm="sha256").hexdigest()
        drafts.filter(pk=pk).update(code_digest=keyed)


class Migration(migrations.Migration):
    dependencies = [("services", "0003_registers_to_ledgers")]

    operations = [
        migrations.RemoveConstraint("draft", "draft_code"),
        migrations.RenameField("draft", "code_sha256", "code_digest"),
        migrations.RunPython(key_them, migrations.RunPython.noop),
        migrations.AddConstraint(
            "draft", models.UniqueConstraint(fields=["council", "code_digest"], name="draft_code")
        ),
    ]
