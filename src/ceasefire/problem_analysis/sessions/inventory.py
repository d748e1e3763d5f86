"""What sessions keep."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.problem_analysis.sessions.models import (
    Attendee,
    Code,
    Contest,
    Guest,
    Listed,
    Session,
    Settlement,
    Walked,
)

OF = {"room": Room.INVESTIGATIVE, "data_class": DataClass.INTELLIGENCE}
WITH = {"kept": Kept.CLASS}
CODED = {
    "involvement": "whether a group was involved: confirmed, suspected, not, undetermined",
    "basis": "whose group: the victim's, the suspect's or both",
    "motivated": "whether it was for a group's sake, coded apart",
    "circumstance": "the circumstance",
    "circumstance_2": "a second circumstance",
}
describe(
    Session,
    KEPT_FIELDS,
    {
        "id": "row number",
        "agency": "whose session it is",
        "kind": "incident review or group audit",
        "title": "its title",
        "on": "its day",
        "window_start": "from which day its shootings are",
        "window_end": "to which day",
        "agenda": "agenda, in words",
        "chair": staff("who chairs it"),
        "state": "planned, open or closed",
        "share": "per cent of its shootings that a second coder codes too",
        "seed": "number from which that share is drawn",
        "made_by": staff("who planned it"),
        "made_at": "when it was planned",
        "opened_at": "when it was opened",
        "closed_at": "when it was closed",
        "closed_by": staff("who closed it"),
        "closing_words": "why it was closed with something left",
        "minutes": "numbers of rows and counts at its end; no name",
    },
    what="A session of the problem analysis.",
    whose="nobody",
    source="the police analyst or captain who plans it",
    kept=Kept.CLASS,
    **OF,
)
describe(
    Attendee,
    {
        "id": "row number",
        "session": "which session",
        "account": staff("who attended"),
        "agency": "of which agency, as the database knows it",
        "made_by": staff("who entered it"),
        "made_at": "when it was entered",
    },
    what="Somebody of law enforcement who attended, by account.",
    whose="the member of staff",
    source="a police analyst or captain",
    **WITH,
    **OF,
)
describe(
    Guest,
    KEPT_FIELDS,
    {
        "id": "row number",
        "session": "which session",
        "agency": "of which agency",
        "name": staff("the name, sealed"),
        "token": "random; of the form, so that it is sent once",
        "sealed_with": "random; binds the sealed name to this row",
        "record_key": "which key opens the name",
        "attested_by": staff("the chair, who attests it"),
        "attested_at": "when it was attested",
    },
    what="Somebody of law enforcement who attended without an account.",
    whose="the member of staff",
    source="the chair of the session",
    kept=Kept.CLASS,
    **OF,
)
describe(
    Listed,
    KEPT_FIELDS,
    {
        "id": "row number",
        "session": "which session",
        "incident": "which shooting",
        "second_due": "whether a second coder codes it too",
        "codes_in": "how many codes are in",
        "contested": "whether something is contested and not settled",
    },
    what="A shooting on the list of a session. Its clock began on the day of the shooting.",
    whose="the people in the shooting, none of whom is named",
    source="the software, from the register",
    kept=Kept.CLASS,
    **OF,
)
describe(
    Code,
    CODED,
    {
        "id": "row number",
        "listed": "which shooting of which session",
        "coder": staff("who coded it"),
        "nth": "first or second code",
        "blind": "whether it is its coder's alone, because the second is to come",
        "confidence": "confirmed, probable or possible",
        "words": "why, in words without names",
        "rests_on": "number of the source or report that it rests on",
        "source": "that source, where it is recorded",
        "coded_at": "when it was coded",
    },
    what="What one coder says of a shooting.",
    whose="the people in the shooting, none of whom is named",
    source="a police analyst, captain or officer",
    **WITH,
    **OF,
)
describe(
    Contest,
    {
        "id": "row number",
        "listed": "which shooting of which session",
        "reason": "why its code is wrong, without names",
        "contested_by": staff("who says so"),
        "contested_at": "when",
    },
    what="That somebody contests the code of a shooting.",
    whose="the people in the shooting, none of whom is named",
    source="a police analyst, captain or officer",
    **WITH,
    **OF,
)
describe(
    Settlement,
    CODED,
    {
        "id": "row number",
        "listed": "which shooting of which session",
        "words": "why, in words without names",
        "settled_by": staff("who settled it, neither of its coders"),
        "settled_at": "when",
    },
    what="What a session settled of a contested shooting.",
    whose="the people in the shooting, none of whom is named",
    source="a police analyst, captain or officer",
    **WITH,
    **OF,
)
describe(
    Walked,
    {
        "id": "row number",
        "session": "which session",
        "group": "which group",
        "unchanged": "whether all that stood was confirmed",
        "last_violence_on": "when the group was last violent",
        "made_by": staff("who entered it"),
        "made_at": "when it was entered",
    },
    what="That a group audit went through a group.",
    whose="the group",
    source="a police analyst",
    **WITH,
    **OF,
)
