"""What the log says of purposes."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("purpose.asked", _("was asked for a purpose"))
audit.verb("purpose.stated", _("stated a purpose"))
audit.verb("purpose.ended", _("ended a purpose"))
