"""What the log says of people who were merged or parted."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("people.merged", _("merged two people into one"))
audit.verb("people.parted", _("took two people apart"))
