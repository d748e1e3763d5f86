"""Rows that nobody is shown: held for a court, or under an order to be destroyed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg import sql


class NotQuiet:
    """Narrows every reader, the operator too, to rows that are neither held nor under an order."""

    words = _("A record that is held, or under an order, is shown to nobody.")

    def rows(self, actor) -> Q:
        return Q(quiet=False)

    def condition(self, model: type[models.Model]) -> sql.Composable:
        return sql.SQL("NOT quiet")


class Quiet(models.Model):
    """A row that can be silenced. Only the database's own functions set `quiet`."""

    quiet = models.BooleanField(
        default=False, editable=False, help_text=_("Held, or under an order: shown to nobody.")
    )

    narrowed_by = (NotQuiet(),)

    class Meta:
        abstract = True


class FollowsRecord(Quiet):
    """A row that shows, hides and goes with its record.

    Triggers on the record's own table see to that, whoever changes the record: it hangs by no link
    that a purge would have to walk, and no row of it is looked up when one is added.
    """

    class Meta:
        abstract = True
