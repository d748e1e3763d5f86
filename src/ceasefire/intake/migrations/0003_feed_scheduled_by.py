import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("intake", "0002_unlogged_staging"),
    ]

    operations = [
        migrations.AddField(
            model_name="feed",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                help_text="In whose name the folder or the portal is looked at on schedule.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scheduled_feeds",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
