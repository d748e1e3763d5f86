"""The same agreement, sent twice, is recorded once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0023_quiet_interest_tokens")]

    operations = [
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("agency", "document", "starts", "ends"),
                name="agreement_is_recorded_once",
            ),
        ),
    ]
