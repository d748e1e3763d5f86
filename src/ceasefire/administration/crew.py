"""How many people it takes to keep every rule that one person alone cannot keep.

A part that adds such a rule adds a line here; the page of roles states them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.access.roles import Role
from ceasefire.administration.selectors import Person
from ceasefire.kit.tables import Words


@dataclass(frozen=True)
class Rule:
    """What takes several people, how many and of which roles; no roles: wherever it is done."""

    what: Promise
    people: int
    roles: frozenset[Role]
    why: Words


KEEPING = Rule(
    _("Opening a role, and certifying it each year"),
    3,
    frozenset({Role.DIRECTOR, Role.ADMINISTRATOR}),
    _(
        "Nobody certifies a role that they have or have opened. Of two people one has opened the "
        "other's role, and nobody is left to certify it a year later."
    ),
)
AUDITING = Rule(
    _("Reviewing what was opened in an emergency, and approving that old lines of the log go"),
    1,
    frozenset({Role.AUDITOR}),
    _("An auditor approves what somebody else has opened or asked for."),
)
HOLDING = Rule(
    _("Holding records, and certifying that a court's order was carried out"),
    2,
    frozenset(),
    _("Somebody who answers for the agency's records approves what somebody else has asked for."),
)
EXPORTING = Rule(
    _("Taking out a table of many rows about people"),
    2,
    frozenset(),
    _("Somebody else with the right to the same table approves it."),
)
RULES = (KEEPING, AUDITING, HOLDING, EXPORTING)


def here_now(rule: Rule, everybody: Iterable[Person]) -> int:
    """How many people with access today could keep the rule."""
    return sum(person.has_access and person.held.role in rule.roles for person in everybody)


def missing(everybody: Iterable[Person]) -> int:
    """How many more people are needed to keep accounts, so that no certificate lapses."""
    return max(KEEPING.people - here_now(KEEPING, everybody), 0)
