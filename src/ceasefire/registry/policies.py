"""Who reads the register of shootings: police and analysts; review partners through its packet."""

from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import STANDINGS, Role, standings
from ceasefire.registry.models import (
    Boundary,
    BoundaryLayer,
    City,
    Correction,
    Definition,
    Incident,
    SourceRecord,
    Victim,
)

ANALYSTS = standings(Role.ANALYST, at="police")
REGISTER = Policy(
    Room.INVESTIGATIVE,
    full=standings(*LAW_ENFORCEMENT_REVIEW),
    change=ANALYSTS,
)
for model in (Incident, Victim, SourceRecord, Correction):
    declare(model, REGISTER)

# The city's name, its definitions and its map are no secret.
PLACES = Policy(Room.AGGREGATE, full=frozenset(STANDINGS), change=ANALYSTS)
for model in (City, Definition, BoundaryLayer, Boundary):
    declare(model, PLACES)
