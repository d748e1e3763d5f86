"""Starts one throw-away PostgreSQL for a test run, before Django reads its settings.

Loaded with `-p`, because the settings name the database and are read before any conftest.
`DATABASE_URL` names another server instead; parallel workers inherit the one that is running.
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

_running = ExitStack()


def _start() -> None:
    if "CEASEFIRE_TEST_HOME" not in os.environ:
        home = _running.enter_context(tempfile.TemporaryDirectory(prefix="ceasefire-test-"))
        Path(home).chmod(0o711)
        os.environ["CEASEFIRE_HOME"] = os.environ["CEASEFIRE_TEST_HOME"] = home
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # Workers have databases of their own, so they must not share files either.
        os.environ["CEASEFIRE_HOME"] = str(Path(os.environ["CEASEFIRE_TEST_HOME"]) / worker)
    if "DATABASE_URL" not in os.environ:
        from ceasefire.config.home import Home
        from ceasefire.config.running import database

        os.environ["DATABASE_URL"] = _running.enter_context(database(Home.at(), durable=False))
    if "DATABASE_WEB_URL" not in os.environ:
        # The web role is the whole server's, so parallel workers share its password.
        from psycopg.conninfo import make_conninfo

        from ceasefire.access.walls.names import WEB
        from ceasefire.config.home import Home

        password = Home.at(os.environ["CEASEFIRE_TEST_HOME"]).secret("web")
        os.environ["DATABASE_WEB_URL"] = make_conninfo(
            os.environ["DATABASE_URL"], user=WEB, password=password
        )


_start()


def pytest_unconfigure(config):
    _running.close()
