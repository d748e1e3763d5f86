"""Who reads the pages of oversight."""

from ceasefire.access.roles import Role

AUDITOR = frozenset({Role.AUDITOR})
# Reads what concerns the own agency: the database gives no other row.
PRIVACY = frozenset({Role.PRIVACY_OFFICER})
# Reads the log without the persons in it.
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
PER_PAGE = 50
