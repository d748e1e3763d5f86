"""What the breach kit keeps."""

from ceasefire.access.breach.models import Breach, BreachRule, BreachStep
from ceasefire.access.describing import DataClass, Kept, describe
from ceasefire.access.partitions import Room

BREACH = {
    "room": Room.AGGREGATE,
    "data_class": DataClass.AUDIT_LOG,
    "whose": "staff",
    "source": "an auditor",
    "kept": Kept.DISCLOSURE,
}
describe(
    BreachRule,
    {
        "id": "row number",
        "duty": "who must be told",
        "days": "within how many days of finding the breach",
        "more_than": "only if it reached more than so many people",
        "effective_from": "from which day on",
        "source": "the law that says so",
    },
    what="How fast a breach must be told to whom.",
    **BREACH | {"data_class": DataClass.SETTINGS, "whose": "nobody", "kept": Kept.SETTING},
)
describe(
    Breach,
    {
        "id": "row number",
        "account": "which account is suspected; none means the whole agency",
        "agency": "which agency's",
        "since": "from when on",
        "until": "until when",
        "found_on": "day on which it was found",
        "found_by": "who found it",
        "reported_on": "day on which oversight was told",
        "suspicion": "what is suspected",
        "for_letters": "what happened, as letters say it in English",
        "for_letters_es": "the same in Spanish",
        "contact": "which office answers questions about the letters",
        "opened_by": "who opened the record",
        "opened_at": "when",
    },
    what="An account or an agency that somebody else may have used, or that misused what it saw.",
    **BREACH,
)
describe(
    BreachStep,
    {
        "id": "row number",
        "breach": "about which breach",
        "kind": "which step",
        "by": "who noted it",
        "at": "when",
        "words": "what was done",
    },
    what="What was done about a breach.",
    **BREACH,
)
