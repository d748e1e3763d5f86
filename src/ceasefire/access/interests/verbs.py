"""What the log says of declared interests."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("interests.met", _("came near a record that may be of a declared person"))
audit.verb("interests.declared", _("declared somebody not to be looked up"))
audit.verb("interests.take_back", _("asked to take a declaration back"))
audit.verb("interests.decided", _("decided whether an account may open a record"))
