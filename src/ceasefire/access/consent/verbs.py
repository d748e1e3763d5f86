"""What the log says of consents."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access import audit

audit.verb("consent.recorded", _("recorded a consent or a refusal"))
audit.verb("consent.revoked", _("recorded that a consent was taken back"))
audit.verb("consent.notice_seen", _("saw that a consent was taken back"))
audit.verb("consent.shown", _("looked at consents"))
