"""What the matching of records keeps."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.access.retention.inventory import KEPT_FIELDS
from ceasefire.registry.matching.models import LinkageModel, LinkagePair, LinkageRun, WaitingRecord

MATCHING = {
    "room": Room.INVESTIGATIVE,
    "data_class": DataClass.INTELLIGENCE,
    "whose": "the person",
    "source": "the software",
    "kept": Kept.WITH_RECORD,
}

describe(
    LinkageModel,
    {
        "id": "row number",
        "settings": "what is compared, and what each agreement weighs",
        "records": "how many records taught it",
        "home": "with which weight two records of one home begin",
        "learnt_at": "when",
    },
    what="What linkage learnt from the register's records.",
    **MATCHING | {"kept": Kept.DERIVED, "whose": "nobody", "data_class": DataClass.MACHINERY},
)
describe(
    LinkageRun,
    {
        "id": "row number",
        "model": "by what it compared",
        "batch": "for which file",
        "engine": "DuckDB or Spark",
        "joined_from": "weight from which records are joined",
        "reviewed_from": "weight from which somebody looks",
        "compared": "records of the register",
        "fresh": "new records",
        "joined": "pairs joined",
        "asked": "pairs for somebody to decide",
        "new_people": "people who are new",
        "dropped": "rows of nobody known, which were not kept",
        "ran_at": "when",
        "seconds": "how long it took",
    },
    what="One comparing of new records with the register.",
    **MATCHING | {"kept": Kept.LOADING, "whose": "nobody", "data_class": DataClass.MACHINERY},
)
describe(
    WaitingRecord,
    KEPT_FIELDS,
    {
        "id": "row number",
        "agency": "whose word it is",
        "feed": "which feed",
        "batch": "which file",
        "hidden": "whether that agency keeps from every other that it is there",
        "record_key": "keyed digest of all that says who it is",
        "as_of": "when the agency knew it",
        "said": "the record and its rows, until it is decided",
        "decided_at": "when it was decided",
    },
    what="Somebody in a file who may be known, until somebody decides.",
    **MATCHING | {"source": "the agency's file", "kept": Kept.CLASS},
)
describe(
    LinkagePair,
    {
        "id": "row number",
        "run": "which run found it",
        "record": "one record",
        "other": "the other",
        "waiting": "or the record that waits",
        "match_weight": "the weight of evidence that they are one person's",
        "why": "what each field weighs, without the values",
        "outcome": "joined, asked, decided",
        "reason": "why it was decided so",
        "decided_by": staff("who decided"),
        "decided_at": "when",
    },
    what="Two records that were found alike, and what became of it.",
    **MATCHING,
)
