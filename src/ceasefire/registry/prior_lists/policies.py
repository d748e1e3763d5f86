"""Waiting rows are read by the analysts who loaded them; what was attested, as any record."""

from ceasefire.access.narrowing import OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.registry.people.policies import (
    ANALYSTS,
    OF_A_PERSON,
    PARTNERS,
    POLICE,
    WRITTEN,
)
from ceasefire.registry.prior_lists.models import ListNaming, PriorList, PriorRow

KEEPERS = {"limited": ANALYSTS, "by": OwnAgency("keeper"), "change": ANALYSTS}
declare(
    PriorList,
    Policy(
        Room.INVESTIGATIVE, **KEEPERS, stays=True, stamped=("loaded_by", "loaded_at"),
        fixed=tuple(one.name for one in PriorList._meta.concrete_fields),
    ),
)  # fmt: skip
declare(
    PriorRow,
    Policy(
        Room.INVESTIGATIVE, **KEEPERS, also=(WithPurpose(),), named={"said": ANALYSTS},
        fixed=("prior_list", "keeper", "row_number", "record_key", "decided_by", "decided_at"),
    ),
)  # fmt: skip
WORDS = ("on", "document", "number", "basis", "purpose", "review_by", "attested_by", "attested_at")
declare(
    ListNaming,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=PARTNERS, by=OwnAgency(), change=ANALYSTS,
        also=OF_A_PERSON, fixed=(*WRITTEN, *WORDS),
    ),
)  # fmt: skip
for link in ("person", "record"):
    hangs(ListNaming, link, Falls.WITH)
