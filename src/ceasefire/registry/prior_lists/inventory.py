"""What lists of an earlier programme leave here."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.people.inventory import PEOPLE, SAID
from ceasefire.registry.prior_lists.models import ListNaming, PriorList, PriorRow

describe(
    PriorList,
    {
        "id": "row number",
        "feed": "which feed",
        "batch": "which file",
        "keeper": "whose analysts loaded it",
        "loaded_by": staff("who loaded it"),
        "loaded_at": "when",
        "rows": "how many rows waited",
        "attested": "how many were attested",
        "refused": "how many were not taken in",
        "destroyed": "how many were destroyed because nobody attested them in time",
    },
    what="One file of a list of an earlier programme, without a name.",
    room=Room.INVESTIGATIVE,
    data_class=DataClass.MACHINERY,
    whose="nobody",
    source="the software",
    kept=Kept.LOADING,
)
describe(
    PriorRow,
    KEPT_FIELDS,
    {
        "id": "row number",
        "prior_list": "of which list",
        "keeper": "whose analysts loaded it",
        "row_number": "which row of the file",
        "record_key": "keyed digest of all that says who it is",
        "said": "who it is, until it is decided; 30 days at most",
        "outcome": "waits, attested, not taken in",
        "decided_by": staff("who decided"),
        "decided_at": "when",
    },
    what="One row of such a list, until somebody attests it.",
    **PEOPLE,
)
describe(
    ListNaming,
    KEPT_FIELDS,
    SAID,
    {
        "on": "date of the list",
        "document": "from which document",
        "number": "its number",
        "basis": "on what basis, in words",
        "purpose": "what it is for",
        "review_by": "by when it is reviewed, or gone",
        "attested_by": staff("who attested this one row"),
        "attested_at": "when",
    },
    what="That an earlier list of an agency named somebody.",
    **PEOPLE,
)
