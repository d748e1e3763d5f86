"""What the log says of studies."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("study.planned", _("planned a study"))
audit.verb("study.built", _("built an edition of a study"))
audit.verb("study.frozen", _("froze an edition of a study"))
audit.verb("study.published", _("published an edition of a study"))
audit.verb("study.found", _("wrote a finding or a recommendation of a study"))
audit.verb("study.referred", _("loaded figures from outside for studies"))
