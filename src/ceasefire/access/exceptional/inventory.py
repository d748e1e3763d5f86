"""What an opening of a hidden record keeps."""

from ceasefire.access.describing import DataClass, Kept, describe, describe_table, staff
from ceasefire.access.exceptional.models import Holiday, Opening
from ceasefire.access.partitions import Room

describe(
    Opening,
    {
        "id": "row number",
        "model": "kind of record",
        "record": "number of the record",
        "room": "the room that it stands in",
        "owner": "the agency that owns it",
        "opened_by": staff("to whom it was opened"),
        "session": staff("in which session"),
        "reason": "why it could not wait",
        "stepped_up_at": staff("when the second factor was shown again"),
        "opened_at": "from when",
        "ends_at": "until when at most",
        "closed_at": "when it was closed",
        "seen_by": staff("who of the owner's read the alert"),
        "seen_at": "when that was",
        "review_due": "by when an auditor judges it",
        "reviewed_by": staff("the auditor"),
        "reviewed_at": "when that was",
        "justified": "whether it was right",
        "review_words": "what the auditor found",
    },
    what="One hidden record, opened to one person in an emergency, and what an auditor said of it.",
    room=Room.AGGREGATE,
    data_class=DataClass.AUDIT_LOG,
    whose="the record's subject",
    source="whoever opened it, and an auditor",
    kept=Kept.DISCLOSURE,
)
describe(
    Holiday,
    {"day": "which day", "name": "what it is called"},
    what="Days on which the city's offices are closed.",
    room=Room.AGGREGATE,
    data_class=DataClass.SETTINGS,
    whose="nobody",
    source="the system administrator",
    kept=Kept.SETTING,
)
describe_table("wall.glass_model", "Kinds of record that may be opened, by whom and in which room.")
describe_table("wall.glass_step", "Second factors that were shown again and have served.")
describe_table("wall.purpose_stated", "What people said they looked for; gone after ninety days.")
