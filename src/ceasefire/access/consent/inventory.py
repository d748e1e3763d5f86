"""What consents keep."""

from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS

SERVICES = {
    "room": Room.SERVICES,
    "data_class": DataClass.CASE_PLAN,
    "whose": "the client",
    "source": "the client, through a worker",
    "kept": Kept.CLASS,
}
describe(
    Consent,
    KEPT_FIELDS,
    {
        "id": "row number",
        "sealed_with": "binds the sealed values to this row",
        "record_key": "the key that seals them",
        "person_key": "whose file",
        "discloser": "the organisation that would tell",
        "recipient": "the agency that would be told",
        "recipient_outside": "or the person or organisation outside",
        "scopes": "what may be told",
        "purpose": "what for",
        "answer": "agreed or declined",
        "voice": "the person, or a parent or guardian",
        "guardian_needed": "whether the person is under 18, so that two must agree",
        "given_on": "the day on which it was said",
        "expires_on": "its last day",
        "method": "how it was signed",
        "signature": "the name that was signed",
        "witness": "who heard it",
        "recorded_by": staff("who recorded it"),
        "recorded_at": "when",
        "revoked_at": "when it was taken back",
        "revoked_by": staff("who recorded that"),
        "revoked_how": "how the person told it",
    },
    what="What a person said about telling one recipient something: yes until a day, or no.",
    **SERVICES,
)
describe(
    ConsentNotice,
    {
        "id": "row number",
        "consent": "which consent was taken back",
        "agency": "whose people are told",
        "made_at": "when",
        "seen_at": "when somebody saw it",
        "seen_by": staff("who saw it"),
    },
    what="Tells the discloser's people that a consent was taken back.",
    **SERVICES,
)
