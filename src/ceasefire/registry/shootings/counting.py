"""Which incidents are counted, and why the others are left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from ceasefire.registry.models import Definition, Incident
from ceasefire.registry.shootings.shooting import Shooting

HELD, UNFOUNDED = Incident.Verification.HOLD.value, Incident.Verification.UNFOUNDED.value
WITHHELD, OUTSIDE, NOT_MEANT = "withheld", "outside", "not_meant"
REASONS = (HELD, UNFOUNDED, WITHHELD, OUTSIDE, NOT_MEANT)


# What a definition may exclude besides words of the offence as the source states it.
OFFICER_INVOLVED = "officer-involved"


@dataclass(frozen=True)
class Rule:
    """The city's definition of a verified shooting.

    `kinds` says which kinds count. `excludes` holds words: an incident whose stated offence has
    one of them is left out, and "officer-involved" leaves out those marked so.
    """

    words: str
    kinds: frozenset[str] = field(default=frozenset(Incident.Kind.values))
    excludes: frozenset[str] = frozenset()

    def counts(self, row: Shooting) -> bool:
        return self.left_out(row) is None

    def left_out(self, row: Shooting) -> str | None:
        """Why an incident is not counted, or None for one that is."""
        if row.withheld_at is not None:
            return WITHHELD
        if row.verification != Incident.Verification.VERIFIED:
            return row.verification
        if row.in_city is False:
            return OUTSIDE
        return None if self._meant(row) else NOT_MEANT

    def _meant(self, row: Shooting) -> bool:
        if row.officer_involved and OFFICER_INVOLVED in self.excludes:
            return False
        offence = row.offence.casefold()
        return row.kind in self.kinds and not any(word in offence for word in self.excludes)


def rules() -> Callable[[date], Rule]:
    """The rule of any window: the definition in effect on its last day, read once for all."""
    found = definitions(Definition.Kind.VERIFIED_SHOOTING)

    def of(end: date) -> Rule:
        return _rule(next((one for one in found if one.effective_from <= end), None))

    return of


def definitions(kind: str) -> list[Definition]:
    """Every definition of a kind, the latest first."""
    return list(Definition.objects.filter(kind=kind).order_by("-effective_from"))


def _rule(found: Definition | None) -> Rule:
    """Without a definition, every verified shooting inside the city."""
    if found is None:
        return Rule(_("Every incident in the register that is verified, inside the city."))
    value = found.value if isinstance(found.value, dict) else {}
    return Rule(
        found.words,
        frozenset(value.get("kinds", Incident.Kind.values)),
        frozenset(word.casefold() for word in value.get("excludes", ())),
    )
