from tests.registry.people.conftest import (  # noqa: F401
    bring,
    county,
    involve,
    keys,
    shootings,
)
