"""What the log says of ties."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("ties.drafted", _("drafted a tie of a person"))
audit.verb("ties.stepped", _("took a step of a tie"))
audit.verb("ties.cited", _("cited a source for a tie"))
audit.verb("ties.uncited", _("took back a source of a tie"))
