"""What the register keeps of groups."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.groups.models import Group, GroupPolicy, GroupStatement

GROUPS = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.INTELLIGENCE,
    "whose": "the group",
    "source": "a police analyst",
    "kept": Kept.CLASS,
}
MADE = {"made_by": staff("who entered it"), "made_at": "when it was entered"}

describe(
    GroupPolicy,
    {
        "id": "row number",
        "document": "title and number",
        "published_at": "where anybody can read it",
        "published_on": "since when",
        "approved_by": "who approved it: name and office",
        "effective_from": "from when it is in force",
        "recorded_by": staff("who recorded it"),
        "recorded_at": "when it was recorded",
        "ended_at": "when it was ended; from then on there are no groups",
        "ended_by": staff("who ended it"),
        "ended_because": "why",
    },
    what="The city's published policy on groups and affiliations.",
    room=Room.AGGREGATE,
    data_class=DataClass.SETTINGS,
    whose="nobody",
    source="the system administrator, from the published document",
    kept=Kept.SETTING,
)
describe(
    Group,
    KEPT_FIELDS,
    {
        "id": "row number",
        "agency": "which agency speaks of it",
        "hidden": "whether that agency keeps from every other that it is there",
        **MADE,
    },
    what="A group, without a value of its own.",
    **GROUPS,
)
describe(
    GroupStatement,
    KEPT_FIELDS,
    {
        "id": "row number",
        "group": "of which group",
        "agency": "whose word it is",
        "hidden": "whether that agency keeps from every other that it is there",
        "about": "name, alias, kind, size, violence, territory, alliance or rivalry",
        "name": "a name or alias",
        "kind": "gang, set, crew or clique",
        "low": "members, at least",
        "high": "members, at most",
        "activity": "how much violence",
        "area": "a polygon on the map",
        "other": "the other group",
        "source": "which document says so",
        "withdrawn_at": "when it was taken back",
        "withdrawn_because": "why",
        **MADE,
    },
    what="One thing that one source says of a group.",
    **GROUPS,
)
