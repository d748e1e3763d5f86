"""Who reads the register of shootings: police and analysts; review partners through its packet."""

from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role
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

REGISTER = Policy(
    Room.INVESTIGATIVE,
    full=LAW_ENFORCEMENT_REVIEW,
    change=frozenset({Role.ANALYST}),
)
for model in (Incident, Victim, SourceRecord, Correction):
    declare(model, REGISTER)

# The city's name, its definitions and its map are no secret.
PLACES = Policy(Room.AGGREGATE, full=frozenset(Role), change=frozenset({Role.ANALYST}))
for model in (City, Definition, BoundaryLayer, Boundary):
    declare(model, PLACES)
