from tests.access.conftest import log  # noqa: F401
