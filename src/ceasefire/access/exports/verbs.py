"""What the log says of exports."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("export.asked", _("asked for an export"))
audit.verb("export.approved", _("approved somebody else's export"))
audit.verb("export.taken", _("took an export"))
audit.verb("export.expired", _("let an export lapse, which nobody took in time"))
