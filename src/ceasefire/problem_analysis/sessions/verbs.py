"""What the log says of sessions."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("sessions.planned", _("planned a session of the problem analysis"))
audit.verb("sessions.opened", _("opened a session of the problem analysis"))
audit.verb("sessions.closed", _("closed a session of the problem analysis"))
audit.verb("sessions.attended", _("entered who attended a session"))
audit.verb("sessions.coded", _("coded a shooting"))
audit.verb("sessions.contested", _("contested the code of a shooting"))
audit.verb("sessions.settled", _("settled the code of a shooting"))
audit.verb("sessions.walked", _("went through a group in an audit"))
