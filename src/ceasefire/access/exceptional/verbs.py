"""What the log says of openings in an emergency."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("glass.opened", _("opened a hidden record in an emergency"))
audit.verb("glass.refused", _("asked for a hidden record and was refused"))
audit.verb("glass.looked", _("looked at a hidden record"))
audit.verb("glass.closed", _("closed a hidden record"))
audit.verb("glass.seen", _("read the alert of an opened record"))
audit.verb("glass.reviewed", _("reviewed the opening of a hidden record"))
audit.verb("glass.holidays", _("changed the list of holidays"))
