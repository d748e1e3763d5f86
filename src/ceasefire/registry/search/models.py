"""The numbers under which records are found."""

from django.db import models

from ceasefire.access.policies import PolicyManager
from ceasefire.access.retention.quiet import FollowsRecord
from ceasefire.rights.contestable import Contestable


class RecordToken(Contestable, FollowsRecord):
    """One keyed number of one record. It shows and hides with its record, and goes with it: the
    database's own triggers see to that, whoever changes the record."""

    token = models.BigIntegerField(db_index=True)
    of_record = models.BigIntegerField(db_index=True)
    agency = models.ForeignKey(
        "access.Agency", on_delete=models.PROTECT, related_name="+", db_constraint=False,
        db_index=False,
    )  # fmt: skip
    hidden = models.BooleanField(default=False)

    objects = PolicyManager()

    def __str__(self):
        return f"{self.of_record}"
