"""What declared interests keep."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.interests.models import DeclaredInterest, InterestFlag, InterestToken
from ceasefire.access.partitions import Room

STAFF = {
    "room": Room.AGGREGATE,
    "data_class": DataClass.ACCOUNTS,
    "kept": Kept.ACCOUNT,
}
describe(
    DeclaredInterest,
    {
        "id": "row number",
        "sealed_with": "binds the sealed values to this row",
        "record_key": "the key that seals them",
        "account": staff("who declared"),
        "relation": "who the person is to that account",
        "name": "the person's name",
        "address": "the person's address",
        "words": "how many words the name has",
        "declared_at": "when",
    },
    what="Somebody whom an account may not look up. Only that account reads it.",
    whose="a relative or friend of staff",
    source="the account itself",
    **STAFF,
)
describe(
    InterestToken,
    {
        "id": "row number",
        "record_key": "the declaration's key, with which it goes",
        "quiet": "not used: a declaration is never silenced",
        "token": "keyed hash of a word, of what is like it, or of the address",
        "interest": "of which declaration",
        "account": staff("who declared"),
        "word": "which word of the name",
        "near": "the same, like it, or the address",
    },
    what="Keyed hashes by which a declaration meets a record. Only that account reads them.",
    whose="a relative or friend of staff",
    source="the software",
    **STAFF,
)
describe(
    InterestFlag,
    {
        "id": "row number",
        "account": "which account",
        "record": "which record, by its key",
        "found": "what they have in common, without the name",
        "made_at": "when",
        "decision": "whether the account may open the record",
        "decided_by": "the reviewer",
        "decided_at": "when",
        "because": "why",
    },
    what="An account came near a record that may be of somebody it declared.",
    whose="staff",
    source="the software, or a reviewer",
    **STAFF,
)
