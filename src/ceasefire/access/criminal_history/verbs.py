"""What the log says of certificates for criminal-history data."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("history.certified", _("certified for criminal-history data"))
audit.verb("history.ended", _("ended a certificate for criminal-history data"))
audit.verb("history.masked", _("was not shown criminal-history data: no certificate stands"))
