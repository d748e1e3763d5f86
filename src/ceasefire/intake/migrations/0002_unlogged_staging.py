from django.db import migrations


class Migration(migrations.Migration):
    """Staged rows can be read again from their file, so they are not worth a write-ahead log."""

    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE intake_stagedrow SET UNLOGGED", "ALTER TABLE intake_stagedrow SET LOGGED"
        )
    ]
