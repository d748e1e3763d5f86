"""The same city as for ties, and people at its pages."""

from tests.registry.affiliations.conftest import (  # noqa: F401
    being,
    ben,
    group,
    keys,
    policy,
    staff,
    standing,
    why,
)
from tests.registry.groups.pages import at  # noqa: F401
