from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("councils", "0007_power_change")]

    operations = [
        migrations.AlterField(
            model_name="powerchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("role_given", "a role is given"),
                    ("role_ended", "a role ends"),
                    ("delegation_recorded", "an order of the president is recorded"),
                    ("delegation_ended", "an order of the president ends"),
                    ("email_corrected", "the e-mail to sign in is corrected"),
                ],
                max_length=24,
            ),
        )
    ]
