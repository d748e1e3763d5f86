"""What the log says of breaches."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("breach.opened", _("opened the record of a suspected breach"))
audit.verb("breach.words_set", _("wrote what a breach's letters say"))
audit.verb("breach.stepped", _("noted a step that was taken about a breach"))
audit.verb("breach.scope_shown", _("looked at what a suspected account or agency saw"))
audit.verb("breach.letter_made", _("made a breach's letter"))
