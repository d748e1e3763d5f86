"""What attestations and the register of requests keep."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.federal.models import (
    DelegatedAuthority,
    FederalAttestation,
    ImmigrationRequest,
)
from ceasefire.access.partitions import Room

describe(
    DelegatedAuthority,
    {
        "id": "row number",
        "agency": "which agency",
        "since": "from which day",
        "ended_on": "until which day",
        "source": "where it is written",
        "marked_by": staff("who marked it"),
    },
    what="An agency that was delegated immigration authority; its people attest each quarter.",
    room=Room.AGGREGATE,
    data_class=DataClass.ACCOUNTS,
    whose="the agency",
    source="oversight",
    kept=Kept.SETTING,
)
describe(
    FederalAttestation,
    {
        "id": "row number",
        "account": "who attested",
        "agency": "for which agency",
        "answer": "no duty in immigration enforcement, or detailed to it",
        "attested_at": "when",
        "ends_at": "until when it counts: the quarter's last midnight in the city",
    },
    what="What a person of a federal agency said about immigration enforcement.",
    room=Room.AGGREGATE,
    data_class=DataClass.ACCOUNTS,
    whose="staff",
    source="the person",
    kept=Kept.ACCOUNT,
)
describe(
    ImmigrationRequest,
    {
        "id": "row number",
        "sealed_with": "binds the sealed values to this row",
        "record_key": "the key that seals them",
        "received_at": "when it came",
        "body": "which authority asked",
        "official": "the official's name",
        "means": "by which means",
        "about": "what was asked for",
        "words": "what was said, which may name a person",
        "answer": "refused, or a judge's warrant to the city attorney",
        "warrant": "court and number of the warrant",
        "attorney_on": "when the city attorney got it",
        "recorded_by": staff("who recorded it"),
        "recorded_at": "when",
    },
    what="A request for information by an immigration authority, and its answer.",
    room=Room.AGGREGATE,
    data_class=DataClass.AUDIT_LOG,
    whose="the person asked about",
    source="whoever was asked",
    kept=Kept.DISCLOSURE,
)
