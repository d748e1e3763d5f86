"""What rules, reviews, holds, orders and certificates keep, and the words of every kept row."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.models import (
    CourtCopy,
    Frozen,
    Hold,
    LogRemoval,
    Order,
    PurgeRun,
    PurgeTally,
    RetentionReview,
    RetentionRule,
)

# For the inventories of later parts: what a model has by inheriting `Kept`, or `Quiet`.
QUIET_FIELDS = {"quiet": "whether a hold or an order silences it"}
KEPT_FIELDS = QUIET_FIELDS | {
    "record_class": "its record class, which has a rule",
    "basis_on": "the day of the newest qualifying fact",
    "purge_on": "the day by which it is gone",
    "trace": "random; names the row in the purge ledger, hashed",
}

_AGENCY = {"id": "row number", "agency": staff("of which agency"), "room": "in which room"}
_SEALED = {"sealed_with": "binds the sealed values to this row", "record_key": "its data key"}
_RECORD = {"label": "the record's table", "number": "the record's row number"}
_OWN = {
    "room": Room.AGGREGATE,
    "data_class": DataClass.AUDIT_LOG,
    "whose": "the record's subject",
    "source": "who keeps the records of a room",
}
_NAMELESS = _OWN | {"whose": "nobody", "kept": Kept.OVERSIGHT}

describe(
    RetentionRule,
    {
        "id": "row number",
        "record_class": "which class of records",
        "effective_from": "from which day",
        "least_months": "kept at least so long",
        "most_months": "kept at most so long",
        "basis": "the law or policy, and where it is published",
        "set_by": staff("who published it"),
        "set_at": "when",
    },
    what="How long the city keeps one class of records.",
    room=Room.AGGREGATE,
    data_class=DataClass.SETTINGS,
    whose="the city",
    source="the city's published policy",
    kept=Kept.SETTING,
)
describe(
    RetentionReview,
    _AGENCY,
    _SEALED,
    _RECORD,
    {
        "fact_on": "the day of the newer fact",
        "fact": "the newer fact",
        "reason": "why the record is kept",
        "purge_on": "the new day, where one was chosen",
        "old_basis_on": "the basis before",
        "old_purge_on": "the purge date before",
        "reviewed_by": staff("the named reviewer"),
        "reviewed_at": "when",
    },
    what="Why one record was kept longer.",
    **_OWN,
    kept=Kept.WITH_RECORD,
)
describe(
    Hold,
    _AGENCY,
    _SEALED,
    {
        "cause": "a case, a request or an inquiry",
        "matter": "which one; destroyed when the hold ends",
        "requested_by": staff("who asked"),
        "requested_at": "when",
        "approved_by": staff("who approved or renewed it last"),
        "reviewed_on": "when it was asked for or approved last",
        "review_on": "the day after which it lapses",
        "ended_at": "when it ended",
    },
    what="A legal hold on named records.",
    **_OWN,
    kept=Kept.OVERSIGHT,
)
describe(
    Order,
    _AGENCY,
    _SEALED,
    {
        "kind": "expunction or setting aside",
        "court": "which court",
        "reference": "the court's number and whom it names; destroyed with the return",
        "received_on": "the day it came in; the clock's first",
        "state": "the step that it has reached",
        "received_by": staff("who took it in"),
        "sealed_at": "when its search was finished",
        "carried_out_at": "when it was carried out",
        "run": "its certificate",
        "certified_by": staff("who certified or withdrew it"),
        "returned_at": "when",
        "return_text": "the return: counts and dates, no name",
        "return_hash": "digest of the return",
        "signature": "this home's signature of the return",
        "alarmed_at": "when day 45 was told",
        "breached_at": "when day 60 had passed",
    },
    what="A court's order to expunge or set aside.",
    **_OWN,
    kept=Kept.OVERSIGHT,
)
describe(
    Frozen,
    _AGENCY,
    _RECORD,
    {
        "hold": "under which hold",
        "order": "under which order",
        "root": "whether it was named itself",
        "way": "to destroy or to redact",
        "done": "whether it has been redacted",
    },
    what="A record that a hold or an order silences.",
    **_OWN,
    kept=Kept.WITH_RECORD,
)
describe(
    CourtCopy,
    _AGENCY,
    _SEALED,
    _RECORD,
    {
        "hold": "under which hold",
        "words": "the text that was recalled; destroyed when the hold ends",
        "kept_by": staff("who kept it"),
        "kept_at": "when",
    },
    what="Recalled text, for counsel and the court alone.",
    **_OWN,
    kept=Kept.WITH_RECORD,
)
describe(
    PurgeRun,
    {
        "id": "number of the certificate",
        "kind": "what was due, an order, or again after a restore",
        "ran_by": staff("who ran it; empty for the nightly one"),
        "begun_at": "when it began",
        "finished_at": "when it was finished",
        "previous": "hash of the certificate before",
        "hash": "hash of this one",
    },
    what="The certificate of a purge.",
    **_NAMELESS,
)
describe(
    PurgeTally,
    {
        "id": "row number",
        "run": "of which certificate",
        "what": "which table, or which kind of copy",
        "record_class": "of which class; empty for copies",
        "rule": "under which rule or order",
        "way": "destroyed or redacted",
        "rows": "how many",
    },
    what="A count of a certificate.",
    **_NAMELESS,
)
describe(
    LogRemoval,
    {
        "id": "row number",
        "older_than": "rows before this day",
        "asked_by": staff("who asked"),
        "asked_on": "when",
        "approved_by": staff("who approved"),
        "done_at": "when it was done",
        "rows": "how many rows went",
        "last_batch": "the last seal that it reached",
        "root": "that seal's root",
        "signature": "this home's signature",
    },
    what="A removal of the oldest part of the audit log.",
    **_NAMELESS,
)
