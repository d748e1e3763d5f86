"""Ballistic leads: two shootings whose casings say the same weapon. They name no one."""

from datetime import datetime

from django.db import transaction

from ceasefire.access.policies import require_change
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import BallisticLead
from ceasefire.registry.people.told import Row


@transaction.atomic
def leads_take_in(
    *, rows: list[Row], feed_id: int, batch_id: int, agency_id: int, as_of: datetime
) -> dict:
    """Record leads between shootings of the register. A hit outweighs the lead before it.

    Returns the counts of the batch, and how many rows name a shooting that the register lacks.
    """
    require_change(BallisticLead)
    numbers = _numbers(rows, agency_id)
    leads = [one for row in rows if (one := _lead(row, numbers, feed_id, batch_id, as_of))]
    counts = {"added": 0, "changed": 0, "unchanged": 0, "vanished": 0}
    for lead in leads:
        counts[_recorded(lead)] += 1
    return counts | {"report": {"unplaced": len(rows) - len(leads)}}


def _numbers(rows: list[Row], agency_id: int) -> dict[str, int]:
    named = {
        row.facts[name] for row in rows for name in ("incident_number", "other_incident_number")
    }
    found = Incident.objects.filter(agency_id=agency_id, incident_number__in=named).order_by()
    return dict(found.values_list("incident_number", "pk"))


def _lead(row: Row, numbers: dict[str, int], feed_id, batch_id, as_of) -> BallisticLead | None:
    facts = dict(row.facts)
    ends = [numbers.get(facts.pop(name)) for name in ("incident_number", "other_incident_number")]
    if None in ends or ends[0] == ends[1]:
        return None
    first, second = sorted(ends)
    return BallisticLead(
        first_id=first, second_id=second, feed_id=feed_id, batch_id=batch_id, known_from=as_of,
        **facts,
    )  # fmt: skip


def _recorded(lead: BallisticLead) -> str:
    """added, changed or unchanged."""
    known = BallisticLead.objects.filter(first=lead.first_id, second=lead.second_id).first()
    if known is None:
        lead.save()
        return "added"
    told = ("number", "strength", "on")
    weaker = known.strength == lead.Strength.HIT and lead.strength == lead.Strength.LEAD
    if weaker or all(getattr(known, name) == getattr(lead, name) for name in told):
        return "unchanged"
    for name in told:
        setattr(known, name, getattr(lead, name))
    known.save(update_fields=told)
    return "changed"
