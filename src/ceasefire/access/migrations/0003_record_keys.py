import uuid

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [("access", "0002_roles_of_the_matrix")]

    operations = [
        migrations.CreateModel(
            name="RecordKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("room", models.CharField(choices=[("investigative", "Law enforcement"), ("shared", "Shared"), ("services", "Services (confidential)"), ("aggregate", "Statistics only"), ("account", "Your account")], max_length=13)),
                ("wrapped", models.BinaryField(help_text="Empty once it has been destroyed.", null=True)),
                ("wrapped_by", models.PositiveIntegerField(help_text="The number of the room's key.")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                ("destroyed_by", models.CharField(default="", max_length=120)),
                ("destroyed_because", models.TextField(default="")),
            ],
            options={
                "indexes": [models.Index(fields=["room", "wrapped_by"], name="record_keys_to_wrap_again")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(Q(("destroyed_at", None), ("wrapped__isnull", False)), Q(("destroyed_at__isnull", False), ("wrapped", None)), _connector="OR"),
                        name="record_key_is_held_or_destroyed",
                    ),
                    models.CheckConstraint(
                        condition=Q(("destroyed_at", None), Q(("destroyed_because", ""), _negated=True), _connector="OR"),
                        name="destroyed_record_key_says_why",
                    ),
                ],
            },
        ),
    ]
