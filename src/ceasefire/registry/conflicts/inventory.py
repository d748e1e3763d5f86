"""What the register keeps of conflicts."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.conflicts.models import (
    Conflict,
    ConflictEvent,
    ConflictShooting,
    Dispute,
    GroupParty,
    Side,
)

CONFLICTS = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.INTELLIGENCE,
    "whose": "the two sides",
    "source": "a police analyst",
    "kept": Kept.CLASS,
}
PART = CONFLICTS | {"kept": Kept.WITH_RECORD}
MADE = {"made_by": staff("who entered it"), "made_at": "when it was entered"}
AGENCY = {
    "agency": "whose word it is",
    "hidden": "whether that agency keeps from every other that it is there",
}

describe(
    Conflict,
    KEPT_FIELDS,
    AGENCY,
    {
        "id": "row number",
        "name": "what it is called; no person's name",
        "kind": "feud, alliance, truce or split",
        "state": "simmering, active, cooling and so on",
        "began_on": "since when",
        "cause": "what it is about",
        **MADE,
    },
    what="A conflict between two sides.",
    **CONFLICTS,
)
describe(
    Side,
    {
        "id": "row number",
        "conflict": "of which conflict",
        "place": "one side or the other",
        "name": "what the side is called; no person's name",
    },
    what="One side of a conflict.",
    **PART,
)
describe(
    GroupParty,
    {
        "id": "row number",
        "side": "on which side",
        "group": "which group",
        "source": "which document says so",
        **MADE,
    },
    what="A group on one side of a conflict.",
    **PART,
)
describe(
    ConflictShooting,
    {
        "id": "row number",
        "conflict": "to which conflict",
        "incident": "which shooting",
        "by_side": "which side is thought to have fired",
        "began_it": "whether it began the conflict",
        "reason": "why it belongs there",
        **MADE,
    },
    what="A shooting in a conflict.",
    **PART,
)
describe(
    ConflictEvent,
    {
        "id": "row number",
        "conflict": "in which conflict",
        "on": "when",
        "kind": "threat, truce, release, funeral and so on",
        "side": "by or for which side",
        "state": "to which state the conflict came",
        "words": "what happened; no person's name",
        **MADE,
    },
    what="What happened in a conflict, or a day to watch.",
    **PART,
)
describe(
    Dispute,
    KEPT_FIELDS,
    AGENCY,
    {
        "id": "row number",
        "on": "when it was heard of",
        "place": "where",
        "case_numbers": "numbers of reports",
        "one_side": "who is on one side, without names",
        "other_side": "who is on the other, without names",
        "risks": "immediate, ongoing, long-term",
        "why": "why violence is expected",
        "learned": "how it was learned",
        "cause": "what it is about",
        "done": "what has been done",
        "author": staff("who wrote it"),
        "made_at": "when it was written",
        "reviewed_by": staff("the supervisor who looked"),
        "reviewed_at": "when",
        "outcome": "what came of it",
        "review_words": "why",
        "conflict": "the conflict that it belongs to",
    },
    what="The intake form of a dispute.",
    **CONFLICTS | {"source": "whoever of the police heard of it"},
)
