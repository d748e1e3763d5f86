"""What the log says of agreements, roles and names."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("names.read", _("read names"))
audit.verb("names.compared", _("had names compared, and was shown none"))
audit.verb("access.agreement_recorded", _("recorded an agency's agreement"))
audit.verb("access.agreement_ended", _("ended an agency's agreement at once"))
audit.verb("access.membership_opened", _("opened a role for somebody"))
audit.verb("access.membership_certified", _("certified somebody's role for a year"))
audit.verb("access.membership_ended", _("ended somebody's role"))
audit.verb("access.account_woken", _("opened a sleeping account again"))
