"""What the log says of reading in bulk."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("reading.refused", _("was refused more persons than the budget allows"))
audit.verb("reading.stepped_up", _("showed the second step again, to read on"))
audit.verb("reading.alert_closed", _("closed an alert of reading in bulk"))
audit.verb("reading.budget_set", _("set how many persons a role may read"))
