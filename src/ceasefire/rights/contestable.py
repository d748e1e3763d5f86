"""Rows about a person that the person may contest: an overdue one is shown to nobody.

The database sets `contested_until` when a contest is opened and when it is decided; no page and no
job does. On the day after it the row is hidden by the clock alone, without anybody's doing.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg import sql

from ceasefire.access.retention.quiet import NotQuiet


class NotOverdue:
    """Narrows every reader, the operator too, to rows of which no contest is overdue."""

    words = _("A contested entry that nobody has decided in time is shown to nobody.")

    def rows(self, actor) -> Q:
        return Q(contested_until=None) | Q(contested_until__gte=timezone.localdate())

    def condition(self, model: type[models.Model]) -> sql.Composable:
        return sql.SQL("wall.undecided(contested_until, (SELECT wall.today()))")


class Contestable(models.Model):
    """An entry that can be contested. Its policy keeps `contested_until` fixed."""

    contested_until = models.DateField(
        null=True,
        editable=False,
        help_text=_("The last day on which it is shown undecided; empty where nobody contests it."),
    )

    narrowed_by = (NotQuiet(), NotOverdue())

    class Meta:
        abstract = True
