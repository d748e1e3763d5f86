"""What the register of shootings keeps."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.registry.affiliations import inventory as _affiliations  # noqa: F401
from ceasefire.registry.conflicts import inventory as _conflicts  # noqa: F401
from ceasefire.registry.groups import inventory as _groups  # noqa: F401
from ceasefire.registry.matching import inventory as _matching  # noqa: F401
from ceasefire.registry.merging import inventory as _merging  # noqa: F401
from ceasefire.registry.models import (
    Boundary,
    BoundaryLayer,
    City,
    Correction,
    Definition,
    Incident,
    SourceRecord,
    Victim,
)
from ceasefire.registry.people import inventory as _people  # noqa: F401
from ceasefire.registry.prior_lists import inventory as _prior_lists  # noqa: F401
from ceasefire.registry.search import inventory as _search  # noqa: F401
from ceasefire.registry.sources import inventory as _sources  # noqa: F401

INCIDENT_FACTS = {
    "incident_number": "the agency's number of the shooting",
    "occurred_from": "when it happened, or the earliest it can have",
    "occurred_to": "the latest it can have happened",
    "occurred_precision": "how exactly the time is known",
    "occurred_on": "the city's date of it",
    "reported_on": "when it was reported",
    "latitude": "where, as published",
    "longitude": "where, as published",
    "address": "where, in the publisher's words",
    "district_stated": "district, as published",
    "neighbourhood_stated": "neighbourhood, as published",
    "jurisdiction": "whose jurisdiction",
    "offence": "the offence, in the publisher's words",
    "weapon": "the weapon, in the publisher's words",
    "premises": "kind of place",
    "setting": "inside or outside",
    "verification_stated": "whether verified, as published",
    "officer_involved": "whether an officer fired or was hit",
    "injured": "whether anybody was injured",
    "victims": "how many were hit",
    "killed": "how many died",
    "wounded": "how many lived",
}
VICTIM = "the victim, without a name"
VICTIM_FACTS = {
    "fatal": "whether the victim died",
    "age": "age in years",
    "age_low": "lowest age of the stated band",
    "age_high": "highest age of the stated band",
    "sex": "sex, as published",
    "race": "race, as published",
    "ethnicity": "ethnicity, as published",
    "wound": "where the victim was hit",
}
PLACE_FOUND = {
    "x_m": "metres east in the city's projection",
    "y_m": "metres north in the city's projection",
    "district_found": "district by the city's boundaries",
    "neighbourhood_found": "neighbourhood by the city's boundaries",
    "in_city": "whether inside the city limits",
}
REGISTER = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.INCIDENT_FACTS,
    "whose": "the shooting",
    "source": "the police agency's publication, or the analyst",
    "kept": Kept.SHOOTING,
}
PLACES = {
    "room": Room.AGGREGATE,
    "data_class": DataClass.SETTINGS,
    "whose": "the city",
    "source": "the analyst",
    "kept": Kept.SETTING,
}

describe(
    Incident,
    INCIDENT_FACTS,
    PLACE_FOUND,
    {
        "id": "row number",
        "agency": "whose shooting",
        "feed": "whose values lead",
        "incident_key": "what makes it the same shooting in the next publication",
        "kind": "fatal, injury, without injury",
        "verification": "verified, on hold, unfounded",
        "verification_reason": "why it is on hold or unfounded",
        "first_known": "as of when it was first known",
        "last_changed": "as of when it last changed",
        "withheld_at": "when the publisher dropped it",
        "review_due": "until when somebody decides on that",
    },
    what="One shooting, with the values that stand today.",
    **REGISTER,
)
describe(
    SourceRecord,
    INCIDENT_FACTS,
    VICTIM_FACTS,
    PLACE_FOUND,
    {
        "id": "row number",
        "feed": "which feed",
        "batch": "which file",
        "row_number": "which row of the file",
        "incident": "the shooting that it tells of",
        "content_key": "digest of what identifies the row",
        "rest_key": "digest of the rest of the row",
        "known_from": "since when it was the latest word",
        "known_to": "until when",
        "withheld_at": "when the publisher dropped it",
        "follows": "the record whose place it took",
    },
    what="What one row of one publication said, and from when until when.",
    **REGISTER | {"whose": f"the shooting; {VICTIM}"},
)
describe(
    Victim,
    VICTIM_FACTS,
    {"id": "row number", "incident": "in which shooting", "record": "the published row"},
    what="A person hit in a shooting, without a name.",
    **REGISTER | {"whose": VICTIM},
)
describe(
    Correction,
    {
        "id": "row number",
        "incident": "of which shooting",
        "field": "which fact",
        "value": "the value that stands",
        "reason": "why",
        "made_by": staff("who corrected it"),
        "made_at": "when",
        "withdrawn_at": "when it was withdrawn",
        "withdrawn_by": staff("who withdrew it"),
    },
    what="A fact set by hand, beside what the source says.",
    **REGISTER | {"source": "the analyst"},
)
describe(
    City,
    {
        "id": "always 1",
        "name": "its name",
        "time_zone": "its time zone",
        "projected_system": "its projection, by EPSG number",
        "review_weekday": "day of the weekly review",
    },
    what="The city that this installation serves.",
    **PLACES,
)
describe(
    Definition,
    {
        "id": "row number",
        "kind": "what it defines",
        "effective_from": "from which day",
        "value": "the definition, for the software",
        "words": "the definition, for readers",
    },
    what="A local definition, from the day it takes effect.",
    **PLACES,
)
describe(
    BoundaryLayer,
    {
        "id": "row number",
        "kind": "city limits, districts, neighbourhoods",
        "effective_from": "from which day",
        "file_name": "the city's file",
        "sha256": "digest of the file",
        "name_property": "where the file has the names",
        "report": "what was repaired",
    },
    what="One of the city's boundary files.",
    **PLACES,
)
describe(
    Boundary,
    {"id": "row number", "layer": "of which file", "name": "its name", "geometry": "its outline"},
    what="One area of a boundary file.",
    **PLACES,
)
