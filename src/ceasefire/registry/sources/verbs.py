"""What the log says of sources."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("sources.recorded", _("recorded a source"))
audit.verb("sources.one_origin", _("said that two sources go back to one origin"))
