"""What the log says of conflicts and disputes."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("conflicts.opened", _("entered a conflict"))
audit.verb("conflicts.changed", _("changed a conflict"))
audit.verb("conflicts.disputed", _("wrote down a dispute"))
audit.verb("conflicts.reviewed", _("reviewed a dispute"))
