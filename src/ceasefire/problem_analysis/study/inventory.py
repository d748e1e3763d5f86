"""What studies keep."""

from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.study.models import (
    Edition,
    Finding,
    PublicEdition,
    Reference,
    Study,
)

OF = {"room": Room.INVESTIGATIVE, "data_class": DataClass.INCIDENT_FACTS, "kept": Kept.DERIVED}
ALL = "all shootings of its days together"
MADE = {"made_by": staff("who entered it"), "made_at": "when"}
describe(
    Study,
    {
        "id": "row number",
        "title": "its title",
        "starts": "from which day its shootings are",
        "ends": "to which day",
        "kinds": "which kinds of shooting",
        "exclude": "words of an offence that leave a shooting out",
        "as_known": "the register as it was known then",
        "progress": "how far its building has come",
        "trouble": "why the last building stopped",
        **MADE,
    },
    what="What a problem analysis is of.",
    whose=ALL,
    source="whoever plans it",
    **OF,
)
BUILT = {
    "items": "its tables and figures: counts, no person",
    "content_hash": "fingerprint of them",
    "as_of": "the newest change of the register that it knows",
}
describe(
    Edition,
    {
        "id": "row number",
        "study": "of which study",
        "state": "draft or frozen",
        "plan": "days, kinds, exclusions and the definition in force",
        **BUILT,
        "data_hash": "fingerprint of all that was read",
        "code_version": "the software that built it",
        "built_at": "when",
        "built_by": staff("who built it"),
        "seconds": "how long that took",
        "frozen_at": "when it was frozen",
        "frozen_by": staff("who froze it"),
    },
    what="A study as it was built once. Groups stand by their number; no person does.",
    whose=ALL,
    source="the software, from the register",
    **OF,
)
describe(
    Finding,
    {
        "id": "row number",
        "study": "of which study",
        "kind": "finding or recommendation",
        "words": "in words",
        "stands_on": "the tables that it stands on",
        "owner": staff("whose it is"),
        "due": "until when",
        "state": "open, done or dropped",
        "public": "whether the public edition has it",
        **MADE,
    },
    what="What a study found, and what it recommends.",
    whose=ALL,
    source="whoever writes it",
    **OF,
)
describe(
    Reference,
    {
        "id": "row number",
        "kind": "residents, other cities' rates, costs",
        "rows": "the figures as loaded",
        "source": "where they are published",
        "file_name": "name of the file",
        "loaded_by": staff("who loaded it"),
        "loaded_at": "when",
    },
    what="Published figures from outside that some tables need.",
    whose="nobody: published figures",
    source="a file that somebody loads",
    **OF,
)
describe(
    PublicEdition,
    {
        "id": "row number",
        "edition": "number of the edition that it was made from",
        "title": "its title",
        "city": "of which city",
        "starts": "from which day",
        "ends": "to which day",
        **BUILT,
        "published_at": "when",
        "published_by": staff("who published it"),
    },
    what="What everybody may read of a study: no group, no small cell of people.",
    whose=ALL,
    source="the software, from a frozen edition",
    **(OF | {"room": Room.AGGREGATE, "data_class": DataClass.PUBLISHED}),
)
