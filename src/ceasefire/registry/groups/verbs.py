"""What the log says of groups."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("groups.policy_recorded", _("recorded the city's policy on groups"))
audit.verb("groups.policy_ended", _("ended the city's policy on groups"))
audit.verb("groups.opened", _("entered a group"))
audit.verb("groups.stated", _("entered a statement about a group"))
audit.verb("groups.withdrawn", _("took back a statement about a group"))
