from tests.access.conftest import at_the_owner_s_desk, log  # noqa: F401
