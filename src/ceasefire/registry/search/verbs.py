"""What the log says of searches; what was typed is sealed."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("people.searched", _("searched for somebody"))
audit.verb("people.search_rebuilt", _("made the search of people anew"))
