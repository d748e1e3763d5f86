"""For which meeting, case or referral somebody looks at what is sensitive.

A part registers its kind of reference (`kind`); a page declares `@gate(..., purpose=True)`, a model
`also=(WithPurpose(),)`. The database keeps what was stated and gives no row without it.
"""

from ceasefire.access.purposes.binding import Purpose, current
from ceasefire.access.purposes.kinds import Kind, NoSuchReference, Reference, kind

__all__ = ["Kind", "NoSuchReference", "Purpose", "Reference", "current", "kind"]
