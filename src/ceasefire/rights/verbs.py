"""What the log says of people's requests about their own records."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("rights.asked", _("took in a request about somebody's own records"))
audit.verb("rights.identified", _("confirmed who asks about the own records"))
audit.verb("rights.closed", _("closed a request about somebody's own records"))
audit.verb("rights.answered", _("answered a request about somebody's own records"))
audit.verb("rights.letter", _("took a letter that answers a request"))
audit.verb("rights.review_asked", _("asked that answers to a request be reviewed"))
audit.verb("rights.reviewed", _("reviewed an answer to a request"))
audit.verb("rights.contested", _("laid a contested entry before somebody else"))
audit.verb("rights.decided", _("decided a contested entry"))
audit.verb("rights.appealed", _("laid a decision before an outsider"))
audit.verb("rights.appeal_decided", _("decided an appeal"))
audit.verb("rights.corrected", _("said that received copies were put right"))
