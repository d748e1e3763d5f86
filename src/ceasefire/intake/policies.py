"""The analyst loads files; whoever reads a shooting reads which file of which feed it came from,
and how that file was read."""

from dataclasses import replace

from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role, standings
from ceasefire.intake.models import Batch, Feed, FeedMapping, RowFault, StagedRow

ANALYSTS = standings(Role.ANALYST, at="police")
SOURCES = Policy(Room.INVESTIGATIVE, full=standings(*LAW_ENFORCEMENT_REVIEW), change=ANALYSTS)
LOADING = Policy(Room.INVESTIGATIVE, full=ANALYSTS, change=ANALYSTS)
for model in (Feed, FeedMapping):
    declare(model, SOURCES)
declare(Batch, replace(SOURCES, stamped=("received_by",)))
for model in (StagedRow, RowFault):
    declare(model, LOADING)
