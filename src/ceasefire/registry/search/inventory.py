"""What search keeps."""

from ceasefire.access.describing import DataClass, Kept, describe
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import QUIET_FIELDS
from ceasefire.registry.people.inventory import CONTESTED
from ceasefire.registry.search.models import RecordToken

describe(
    RecordToken,
    QUIET_FIELDS,
    CONTESTED,
    {
        "id": "row number",
        "token": "keyed digest of a name, two together, a birth date, a case number or a plate",
        "of_record": "of which record",
        "agency": "whose record that is",
        "hidden": "whether that agency keeps from every other that it is there",
    },
    what="A number under which a record of somebody is found.",
    room=Room.INVESTIGATIVE,
    data_class=DataClass.INTELLIGENCE,
    whose="the person",
    source="the record",
    kept=Kept.WITH_RECORD,
)
