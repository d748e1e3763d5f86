"""Releases of information: who lets whom know what, for what, until when, and the taking back.

    consent.scope("attendance", _("..."))                  # what may be shared, declared once
    consent.allows("outreach.client:12", "attendance", discloser=3, recipient=7)
    Policy(..., opened=(Consented("attendance", to=..., kind="outreach.client", person="client"),))

Asked at each request, never remembered. No service waits for one, and a refusal has no other
consequence than that nothing is shared.
"""

from ceasefire.access.consent.checking import allows
from ceasefire.access.consent.narrowing import Consented
from ceasefire.access.consent.scopes import UnknownScope, scope

__all__ = ["Consented", "UnknownScope", "allows", "scope"]
