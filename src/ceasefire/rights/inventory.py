"""What requests about somebody's own records, answers, contests and corrections keep."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.rights.models import ANSWERS, Contest, Correction, Due, Request

SEALED = {
    "id": "row number",
    "sealed_with": "binds the sealed values to this row",
    "record_key": "the key that seals them",
}
ASKER = {"whose": "whoever asks", "source": "whoever asks"}
OFFICE = {"room": Room.AGGREGATE, "data_class": DataClass.AUDIT_LOG}

describe(
    Request,
    KEPT_FIELDS,
    SEALED,
    {
        "kind": "whether something is held, to be corrected, or contested",
        "means": "on the public page, on paper or at a counter",
        "language": "in which language the letters are",
        "name": "the name of whoever asks",
        "born": "the date of birth",
        "contact": "where the letters go",
        "words": "what is wrong, in the own words",
        "token": "random, of the form: sent twice it is one request",
        "code_hash": "hash of the code by which its state is asked",
        "received_at": "when it came",
        "taken_by": staff("which clerk took it in; nobody on the public page"),
        "agency": staff("at which agency's counter"),
        "identity_on": "the day on which it was shown who asks",
        "identity_by": staff("who saw that"),
        "identity_how": "by what it was shown",
        "closed_at": "when it was closed unanswered",
        "closed_by": staff("by whom"),
        "closed_because": "why",
    },
    what="What one person asks about the own records.",
    **OFFICE,
    **ASKER,
    kept=Kept.CLASS,
)
describe(
    Due,
    {
        "id": "row number",
        "request": "which request",
        "agency": "which holder owes an answer",
        "due_on": "by which day",
        "done_at": "when it answered; never what",
        "review_asked_at": "when the person asked that the answers be reviewed",
    },
    what="That a holder owes a request an answer. Every holder owes every request one.",
    **OFFICE,
    whose="whoever asks",
    source="the software",
    kept=Kept.WITH_RECORD,
)
for room, model in ANSWERS.items():
    describe(
        model,
        SEALED,
        {
            "request": "which request",
            "agency": "which holder answers",
            "outcome": "that it tells what is held, or that it cannot confirm",
            "told": "what it tells",
            "because": "why something is not told, for whoever reviews it",
            "answered_by": staff("who answered"),
            "answered_at": "when",
            "round": "which answer it is, where a reviewer asked for another",
            "review_asked_at": "when the person asked that it be reviewed",
            "review_outcome": "what the reviewer found",
            "review_words": "why",
            "reviewed_by": staff("the reviewer"),
            "reviewed_at": "when",
        },
        what="One holder's answer, in its own room.",
        room=room,
        # What a holder outside law enforcement writes is written to be told.
        data_class=DataClass.INTELLIGENCE if room is Room.INVESTIGATIVE else DataClass.RELEASE,
        whose="whoever asks",
        source="the holder",
        kept=Kept.WITH_RECORD,
    )
describe(
    Contest,
    SEALED,
    {
        "request": "which request",
        "entry": "which entry is contested",
        "subject": "who contests it",
        "known_as": "under which keys readers were shown that person",
        "agency": "which agency wrote the entry",
        "entered_by": staff("who entered it"),
        "language": "in which language the letters are",
        "says": "what the entry says",
        "words": "what its person says",
        "opened_by": staff("who laid it before somebody else"),
        "opened_at": "when",
        "due_on": "the last day on which it is shown undecided",
        "outcome": "whether it stands or is taken out",
        "reasons": "why",
        "decided_by": staff("who decided, of another agency"),
        "decided_agency": staff("which agency that is"),
        "decided_at": "when",
        "appealed_at": "when its person took it to an outsider",
        "appeal_due_on": "by which day that is decided",
        "appeal_words": "what its person says to the decision",
        "appeal_outcome": "what the outsider decided",
        "appeal_reasons": "why",
        "appeal_by": staff("the outsider"),
        "appeal_agency": staff("of which agency"),
        "appeal_decided_at": "when",
    },
    what="An entry that its person contests, its decision and its appeal.",
    room=Room.INVESTIGATIVE,
    data_class=DataClass.INTELLIGENCE,
    whose="whoever contests it",
    source="whoever contests it, and who decides",
    kept=Kept.WITH_RECORD,
)
describe(
    Correction,
    {
        "id": "row number",
        "entry": "which entry was taken out",
        "subject": "of which person, as a number",
        "agency": "which agency received it",
        "last_received_at": "when it received it last",
        "made_at": "when it was told",
        "due_on": "by which day its copies are put right",
        "done_at": "when it said so",
        "done_by": staff("who said so"),
        "done_how": "what was done",
    },
    what="Tells an agency that something it received has been taken out.",
    **OFFICE,
    whose="whoever contested it",
    source="the software",
    kept=Kept.WITH_RECORD,
)
