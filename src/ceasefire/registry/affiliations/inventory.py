"""What the register keeps of ties."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep

TIES = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.AFFILIATION,
    "whose": "the person",
    "source": "a police analyst, on stored sources",
    "kept": Kept.CLASS,
}
PART = TIES | {"kept": Kept.WITH_RECORD}

describe(
    Affiliation,
    KEPT_FIELDS,
    {
        "id": "row number",
        "agency": "which agency says so",
        "hidden": "whether that agency keeps from every other that it is there",
        "person": "whose tie",
        "group": "to which group",
        "side": "or to which side of a conflict",
        "role": "member, associate, in the past, or party to a conflict",
        "confidence": "low, moderate or high",
        "suspicion": "the reasonable suspicion that it stands on",
        "drafted_by": staff("who drafted it"),
        "drafted_at": "when",
        "review_due": "half of its time",
        "grounds": "how many independent qualifying sources it has",
        "attested_by": staff("the supervisor who attested"),
        "attested_at": "when",
        "notified_on": "when the person was told",
        "delayed_until": "until when that may wait, by approval",
        "reviewed_on": "when it was last looked at",
        "contest_due": "by when a contest must be decided",
    },
    what="A tie of a person to a group or to a side of a conflict.",
    **TIES,
)
describe(
    Citation,
    {
        "id": "row number",
        "affiliation": "for which tie",
        "source": "which source",
        "criterion": "what the source shows",
        "made_by": staff("who cited it"),
        "made_at": "when",
    },
    what="A source that a tie stands on.",
    **PART,
)
describe(
    TieStep,
    {
        "id": "row number",
        "affiliation": "of which tie",
        "kind": "attested, notice, delay, review, contest, end",
        "on": "when notice was given",
        "until": "until when a delay or a contest runs",
        "way": "how notice was given",
        "to_guardian": "whether it was given to a guardian",
        "answers": "the delay that an approval answers",
        "words": "the reasons",
        "by": staff("who took the step"),
        "at": "when",
    },
    what="A step in the life of a tie.",
    **PART,
)
