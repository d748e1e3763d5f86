"""Declared interests: the people whom somebody on the staff may not look up.

    if not interests.may_open(record, names=[person.name], address=person.address): raise Http404
    Policy(..., also=(NotOwnInterest("registry.person"),))

Everyone declares alone; no colleague ever sees whom. Whether a record is of such a person is found
by keyed hashes, without opening a declaration.
"""

from ceasefire.access.interests.meeting import may_open
from ceasefire.access.interests.narrowing import NotOwnInterest

__all__ = ["NotOwnInterest", "may_open"]
