"""What budgets and alerts keep."""

from ceasefire.access.budgets.models import ReadingAlert, ReadingBudget
from ceasefire.access.describing import DataClass, Kept, describe
from ceasefire.access.partitions import Room

describe(
    ReadingBudget,
    {
        "id": "row number",
        "role": "for which role",
        "an_hour": "how many persons in an hour",
        "a_day": "how many in a day",
        "after_step_up": "how many more after a second step",
    },
    what="How many different persons somebody in a role may be shown.",
    room=Room.AGGREGATE,
    data_class=DataClass.SETTINGS,
    whose="nobody",
    source="an auditor",
    kept=Kept.SETTING,
)
describe(
    ReadingAlert,
    {
        "id": "row number",
        "user": "whose account met its budget",
        "agency": "of which agency",
        "span": "the budget of an hour or of a day",
        "allowed": "how many persons it allowed",
        "at": "when for the first time",
        "last_at": "when for the last time",
        "times": "how many readings were refused",
        "seen_by": "who looked into it",
        "seen_at": "when",
        "words": "what it was",
    },
    what="An account that asked for more persons than its budget allows.",
    room=Room.AGGREGATE,
    data_class=DataClass.AUDIT_LOG,
    whose="staff",
    source="the software",
    kept=Kept.DISCLOSURE,
)
