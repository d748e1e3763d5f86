"""What is kept of a merge."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.registry.merging.models import Merge

describe(
    Merge,
    {
        "id": "row number",
        "kept": "the person who stands",
        "gone": "the person whose rows were moved",
        "reason": "why",
        "moved": "the numbers of the rows that were moved",
        "made_by": staff("who did it"),
        "made_at": "when",
        "undone_by": staff("who took it back"),
        "undone_at": "when it was taken back",
        "undone_because": "why it was taken back",
    },
    what="Two people who turned out to be one.",
    room=Room.INVESTIGATIVE,
    data_class=DataClass.INTELLIGENCE,
    whose="the person",
    source="the analyst",
    kept=Kept.WITH_RECORD,
)
