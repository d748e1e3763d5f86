"""What the register of people keeps."""

from ceasefire.access.describing import DataClass, Kept, describe
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.people.models import (
    BallisticLead,
    Contact,
    CourtDisposition,
    Involvement,
    Person,
    PersonRecord,
    SupervisionTerm,
)

PEOPLE = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.INTELLIGENCE,
    "whose": "the person",
    "source": "the agency's file",
    "kept": Kept.CLASS,
}
CONTESTED = {"contested_until": "the last day on which it is shown, where it is contested"}
SAID = CONTESTED | {
    "id": "row number",
    "record": "the record in which the agency has written the person",
    "person": "the person, as the record has it",
    "agency": "whose word it is",
    "hidden": "whether that agency keeps from every other that it is there",
    "feed": "which feed",
    "batch": "which file",
    "row_number": "which row of the file",
    "row_key": "keyed digest of what makes it the same row in the next file",
    "content_key": "keyed digest of all that the row says",
    "known_from": "since when it was the latest word",
    "known_to": "until when",
    "withheld_at": "when the agency dropped it",
    "review_due": "until when somebody decides on that",
}

describe(
    Person,
    KEPT_FIELDS,
    {
        "id": "row number",
        "agency": "whose record told of the person first",
        "hidden": "whether that agency keeps from every other that the person is there",
        "entered_by": "why the person is here: a shooting, supervision, a predicate, a list",
        "entered_at": "since when",
        "merged_into": "whose records the person's are now",
    },
    what="Somebody whom records are about, without a value of its own.",
    **PEOPLE,
)
describe(
    PersonRecord,
    KEPT_FIELDS,
    CONTESTED,
    {
        "id": "row number",
        "agency": "who wrote it",
        "feed": "which feed",
        "person": "whose record it is",
        "hidden": "whether that agency keeps from every other that it is there",
        "number_key": "keyed digest of the agency's number of the person",
        "content_key": "keyed digest of all that the record says",
        "number": "the agency's number of the person",
        "given": "given name",
        "middle": "middle name",
        "family": "family name",
        "alias": "other names",
        "born": "date of birth",
        "address": "last known address",
        "phone": "telephone",
        "plate": "number plate of a vehicle that the person was in",
        "state_number": "number in the state's criminal-history files",
        "sex": "sex, as written",
        "race": "race, as written",
        "died_on": "date of death",
        "first_said": "as of when the agency first wrote it",
        "last_said": "as of when it last did",
    },
    what="One way in which an agency has written somebody.",
    **PEOPLE,
)
describe(
    Involvement,
    KEPT_FIELDS,
    SAID,
    {
        "incident": "in which shooting",
        "role": "victim, witness, suspect: each apart",
        "age": "age at the event",
    },
    what="A person's part in a shooting, as an agency tells it.",
    **PEOPLE,
)
describe(
    Contact,
    KEPT_FIELDS,
    SAID,
    {
        "kind": "arrest, police contact, booking, release",
        "number": "the report's number",
        "event": "the agency's number of the event in which several may have been arrested",
        "on": "when",
        "incident": "the shooting that it was about",
        "charge": "charge or reason, in the agency's words",
        "charge_class": "class of the charge",
        "place": "where",
    },
    what="An arrest, a police contact, a booking or a release.",
    **PEOPLE,
)
describe(
    SupervisionTerm,
    KEPT_FIELDS,
    SAID,
    {
        "status": "probation, parole, pre-trial",
        "officer": "the supervising officer",
        "office": "which office",
        "starts": "from when",
        "ends": "until when",
    },
    what="Who supervises somebody, from when until when.",
    **PEOPLE | {"data_class": DataClass.SUPERVISION},
)
describe(
    CourtDisposition,
    KEPT_FIELDS,
    SAID,
    {
        "on": "when",
        "cause": "the court's number",
        "charge": "charge",
        "disposition": "what the court decided",
        "court": "which court",
    },
    what="What a court decided.",
    **PEOPLE | {"data_class": DataClass.CRIMINAL_HISTORY},
)
describe(
    BallisticLead,
    {
        "id": "row number",
        "feed": "which feed",
        "batch": "which file",
        "number": "the laboratory's number",
        "first": "one shooting",
        "second": "the other",
        "strength": "a lead, or confirmed by an examiner",
        "on": "when",
        "known_from": "as of when it was first known",
    },
    what="Two shootings whose casings say the same weapon.",
    **PEOPLE | {"data_class": DataClass.INCIDENT_FACTS, "whose": "the shooting"},
)
