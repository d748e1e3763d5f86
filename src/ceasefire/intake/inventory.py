"""What the intake keeps of feeds, files and rows."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.intake.models import Batch, Feed, FeedMapping, RowFault, StagedRow
from ceasefire.registry.inventory import INCIDENT_FACTS, PLACE_FOUND, VICTIM, VICTIM_FACTS

LOADING = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.INCIDENT_FACTS,
    "whose": "the publisher",
    "source": "the analyst",
    "kept": Kept.LOADING,
}

describe(
    Feed,
    {
        "id": "row number",
        "name": "short name",
        "title": "its name, as pages show it",
        "kind": "what a row tells: shootings, people in them, arrests",
        "agency": "whom it speaks for",
        "coverage": "everything, the last days, this year",
        "rolling_days": "how many days",
        "watched_folder": "the folder that is looked at",
        "portal": "the open-data address that is looked at",
        "scheduled_by": staff("in whose name that is done"),
        "created_at": "when it was added",
    },
    what="One publisher's layout.",
    **LOADING,
)
describe(
    FeedMapping,
    {
        "id": "row number",
        "feed": "of which feed",
        "version": "which version",
        "mapping": "which column is which fact",
        "by_default": "questions that the default settled",
        "confirmed_by": staff("who confirmed it"),
        "confirmed_at": "when",
    },
    what="A confirmed mapping of a feed's columns.",
    **LOADING,
)
describe(
    Batch,
    {
        "id": "row number",
        "feed": "of which feed",
        "mapping": "read by which mapping",
        "file_name": "the file's name",
        "sha256": "digest of the file",
        "size": "its size",
        "as_of": "when the publisher knew what it says",
        "state": "how far it is",
        "refusal": "why it was refused",
        "rows": "rows read",
        "added": "new rows",
        "changed": "changed rows",
        "unchanged": "rows as before",
        "vanished": "rows that are gone",
        "rejected": "rows that could not be taken",
        "progress": "share done",
        "doing": "what is being done",
        "report": "counts and alarms",
        "loaded_by": staff("who loaded it"),
        "received_by": staff("whose account sent it"),
        "started_at": "when it arrived",
        "applied_at": "when it was applied",
    },
    what="One file of a feed and what it changed.",
    **LOADING,
)
describe(
    StagedRow,
    INCIDENT_FACTS,
    VICTIM_FACTS,
    PLACE_FOUND,
    {
        "id": "row number",
        "batch": "of which file",
        "row_number": "which row of the file",
        "incident_key": "what makes it the same shooting in the next publication",
        "content_key": "digest of what identifies the row",
        "rest_key": "digest of the rest of the row",
    },
    what="A row that has been read and waits to be compared with what is known.",
    **LOADING
    | {
        "whose": f"the shooting; {VICTIM}",
        "source": "the police agency's publication",
        "kept": Kept.STAGING,
    },
)
describe(
    RowFault,
    {
        "id": "row number",
        "batch": "of which file",
        "row_number": "which row of the file",
        "column": "which column",
        "reason": "why it could not be taken, with the first letters of the value",
        "remedy": "what to do",
        "rejected": "whether the row was left out",
    },
    what="Why a row was rejected, or what in it was left empty.",
    **LOADING | {"whose": "the shooting", "source": "the software"},
)
