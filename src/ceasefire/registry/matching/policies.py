"""The city's analysts decide whose record it is; whoever reads people may see why."""

from ceasefire.access.narrowing import NotHidden
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.retention.dependencies import Falls, hangs
from ceasefire.registry.matching.models import LinkageModel, LinkagePair, LinkageRun, WaitingRecord
from ceasefire.registry.people.policies import ANALYSTS, POLICE

for model in (LinkageModel, LinkageRun):
    declare(model, Policy(Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS))
declare(
    WaitingRecord,
    Policy(
        Room.INVESTIGATIVE, full=ANALYSTS, change=ANALYSTS, also=(NotHidden(), WithPurpose()),
        named={"said": ANALYSTS}, fixed=("agency", "feed", "record_key"),
    ),
)  # fmt: skip
declare(
    LinkagePair,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, change=ANALYSTS, also=(WithPurpose(),),
        fixed=("run", "record", "other", "waiting", "match_weight", "why"),
    ),
)  # fmt: skip
for link in ("record", "other", "waiting"):
    hangs(LinkagePair, link, Falls.WITH)
