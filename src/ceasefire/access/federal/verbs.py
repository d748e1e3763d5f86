"""What the log says of attestations and immigration requests."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("federal.attested", _("attested about immigration enforcement"))
audit.verb("federal.marked", _("marked an agency with immigration authority"))
audit.verb("federal.requested", _("recorded a request by an immigration authority"))
audit.verb("federal.reported", _("took the year's report of immigration requests"))
