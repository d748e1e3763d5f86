"""What the log says of earlier lists."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("prior_lists.loaded", _("let the rows of an earlier list wait"))
audit.verb("prior_lists.attested", _("attested a row of an earlier list"))
audit.verb("prior_lists.refused", _("did not take in a row of an earlier list"))
