"""The analyst loads files; nobody else sees feeds or batches."""

from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.roles import Role
from ceasefire.intake.models import Batch, Feed, FeedMapping, RowFault, StagedRow

LOADING = Policy(
    Room.INVESTIGATIVE,
    full=frozenset({Role.ANALYST}),
    change=frozenset({Role.ANALYST}),
)
for model in (Feed, FeedMapping, Batch, StagedRow, RowFault):
    declare(model, LOADING)
