"""A number is read by whoever reads its record, and by nobody else."""

from ceasefire.access.narrowing import NotHidden, OwnAgency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declare
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.registry.people.policies import ANALYSTS, PARTNERS, POLICE
from ceasefire.registry.search.models import RecordToken

declare(
    RecordToken,
    Policy(
        Room.INVESTIGATIVE, full=POLICE, limited=PARTNERS, by=OwnAgency(), change=ANALYSTS,
        also=(NotHidden(), WithPurpose()),
        fixed=tuple(one.name for one in RecordToken._meta.concrete_fields),
    ),
)  # fmt: skip
