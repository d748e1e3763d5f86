"""What the register keeps of sources."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.sources.models import Source

describe(
    Source,
    KEPT_FIELDS,
    {
        "id": "row number",
        "agency": "whose document it is",
        "hidden": "whether that agency keeps from every other that it is there",
        "form": "report, interview, court document and so on",
        "number": "the document's own number",
        "on": "its date",
        "incident": "the shooting that it is about",
        "origin": "random or keyed; the same for all that go back to one tip, call or report",
        "reliability": "how far who says it can be trusted",
        "content": "how far what is said can be",
        "words": "what it says, without opinions, beliefs or origin",
        "lawful": "that it was obtained lawfully",
        "made_by": staff("who entered it"),
        "made_at": "when it was entered",
    },
    what="A document from which somebody knows something of a group, a tie or a conflict.",
    room=Room.INVESTIGATIVE,
    data_class=DataClass.INTELLIGENCE,
    whose="the people whom it names",
    source="a police analyst or supervisor",
    kept=Kept.CLASS,
)
