"""What the items are read from: people's files and groups, in a city with its staff."""

from tests.registry.affiliations.conftest import (  # noqa: F401
    being,
    ben,
    group,
    policy,
    staff,
    standing,
    why,
)
from tests.registry.conftest import feed, rivermouth, shoot  # noqa: F401
from tests.registry.people.conftest import bring, involve, keys, shootings  # noqa: F401
