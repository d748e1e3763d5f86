"""What the log says of matching."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("linkage.decided", _("decided whether two records are one person's"))
