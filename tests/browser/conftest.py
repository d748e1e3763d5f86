"""A real Chromium on a live server: what a person meets, wide and narrow, light and dark."""

import os

import pytest
from django.core.cache import cache

from ceasefire.config.development import chromium
from tests.conftest import PASSWORD, code_now

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


def sign_in(context, username):
    # A code works once, and several sign-ins of a test fall into one half minute.
    cache.clear()
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Accept and sign in", exact=True).click()
    page.get_by_label("Code").fill(code_now())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="This week", exact=True).wait_for()
    page.close()


@pytest.fixture
def enter(live_server, new_context, account, client, settings):
    """Open a browser as a role (None: signed in as nobody): enter(Role.ANALYST, **context).

    The session is begun without the form, which `sign_in` fills as a person does: it takes seconds.
    """
    secrets = {}

    def opened(role, **context_arguments):
        context = new_context(base_url=live_server.url, **context_arguments)
        if role is not None:
            name = settings.SESSION_COOKIE_NAME
            if role not in secrets:
                client.force_login(account(role))
                secrets[role] = client.cookies[name].value
            context.add_cookies([{"name": name, "value": secrets[role], "url": live_server.url}])
        return context

    return opened
