"""Analysts merge and split; whoever reads people may see that it was done."""

from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.people.policies import ANALYSTS, POLICE

declare(
    Merge,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS, also=(WithPurpose(),),
        fixed=("kept", "gone", "reason", "moved"), stamped=("made_by", "made_at"), stays=True,
    ),
)  # fmt: skip
for side in ("kept", "gone"):
    hangs(Merge, side, Falls.WITH)
