"""What every model about people inherits.

    class Suspect(Kept):
        name = NameField()
        record_classes = (RecordClass.INTELLIGENCE,)

The database refuses a row whose dates break its class's rule, an edit of those dates, and a
DELETE (see `functions.sql`); the wall adds that to every such table by itself.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.quiet import Quiet


class PurgeDateField(models.DateField):
    """The day by which the row is gone; where nobody chose one, the last that the rule allows."""

    def pre_save(self, model_instance, add):
        chosen = getattr(model_instance, self.attname)
        if chosen is None and add and model_instance.basis_on:
            from ceasefire.access.retention.rules import latest_purge

            chosen = latest_purge(model_instance.record_class, model_instance.basis_on)
            setattr(model_instance, self.attname, chosen)
        return chosen


class Kept(Quiet):
    """A row about a person.

    record_classes: those that its rows may be of. told_by: columns that name the person, besides
    those behind the names door; copies of such a name are looked for in a purge. reached_by:
    columns whose values the purge's reaches need, such as the name of a stored file. redacts:
    column -> what stands in it once an order has redacted the row; a model without it can only
    be destroyed.
    """

    record_class = models.CharField(max_length=24, choices=RecordClass.choices)
    basis_on = models.DateField(help_text=_("The day of the newest qualifying fact."))
    purge_on = PurgeDateField(blank=True, help_text=_("The day by which the row is gone."))
    trace = models.UUIDField(
        default=uuid.uuid4, editable=False, help_text=_("Names the row in the purge ledger.")
    )

    record_classes: ClassVar[tuple[RecordClass, ...]] = ()
    told_by: ClassVar[tuple[str, ...]] = ()
    reached_by: ClassVar[tuple[str, ...]] = ()
    redacts: ClassVar[dict[str, str | None]] = {}

    class Meta:
        abstract = True
