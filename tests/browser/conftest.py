"""A real Chromium on a live server: what a person meets, wide and narrow, light and dark."""

import os

import pytest

from ceasefire.config.development import chromium

# Playwright keeps an event loop in this thread; the tests' own queries are not inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "The browser tests need Chromium. Debian or Ubuntu: apt-get install -y chromium. Elsewhere: "
    "install it and set CHROMIUM to its path. To leave them out: -m 'not browser'."
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = chromium()
    if path is None:
        pytest.fail(MISSING)
    return {"executable_path": path, "args": FLAGS}


@pytest.fixture
def enter(live_server, new_context, account, client, settings):
    """Open a browser as a role (None: signed in as nobody): enter(Role.ANALYST, **context)."""
    known = {}

    def opened(role, **context_arguments):
        context = new_context(base_url=live_server.url, **context_arguments)
        if role is not None:
            if role not in known:
                known[role] = account(role)
            client.force_login(known[role])
            name = settings.SESSION_COOKIE_NAME
            value = client.cookies[name].value
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context

    return opened
