"""Bad input to every address: refused in words, never a fault of ours, never a row.

A few examples of each address run always;
`./ceasefire test -- tests/fuzz --hypothesis-profile full` runs hundreds, other ones every time.
"""

import pytest
from django.conf import settings as product
from django.test import override_settings
from django.test.utils import ContextList
from django.utils.html import escape
from hypothesis import HealthCheck, Phase, given, settings

from ceasefire.access.routes import all_routes
from tests.access_matrix.asking import asker_for
from tests.access_matrix.declaring import declared
from tests.access_matrix.world import changed, fingerprint, world
from tests.fuzz.bad_input import Sent, requests

FULL = settings.get_current_profile_name() == "full"
few = settings(
    deadline=None,
    max_examples=300 if FULL else 6,
    derandomize=not FULL,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
ROUTES = {route.name: route for route in all_routes()}
WAYS = [(name, method) for name, route in ROUTES.items() for method in ("GET", "POST")
        if method in route.methods()]  # fmt: skip


@pytest.fixture(scope="module", name="world")
def _world(django_db_setup, django_db_blocker):
    with world(django_db_blocker) as made, override_settings(ALLOWED_HOSTS=["testserver"]):
        yield made


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level("CRITICAL")


@pytest.mark.parametrize(("name", "method"), WAYS)
def test_bad_input_is_refused_in_words_and_leaves_no_row(world, name, method):
    route, page = ROUTES[name], declared()[name]
    asker = asker_for(world, route, page)
    url = asker.url(route, page, "own") or asker.url(route, page, "absent")
    form = (asker.form(route, page) or GUESSED) if method == "POST" else None

    @few
    @given(requests(url, form))
    def send(sent: Sent):
        before = fingerprint() if method == "POST" else {}
        answer = asked(world, asker, method, sent)
        assert answer.status_code < 500, repr(answer.exc_info)
        if answer.status_code >= 400 and method == "POST":
            assert changed(before, fingerprint()) == []
        assert unnamed(answer) == []

    send()


# Where another test sends the form: the fields that the library's forms have.
GUESSED = dict.fromkeys(
    ("login", "password", "password1", "password2", "oldpassword", "code", "credential"), "x" * 20
) | {"name": "My key", "next": "/"}


def asked(world, asker, method: str, sent: Sent):
    """With the session's own cookie; where a page of signing out took it away, with a new one."""
    client = asker.client
    if product.SESSION_COOKIE_NAME not in client.cookies:
        client.force_login(asker.reader.user)
    own = f"{product.SESSION_COOKIE_NAME}={client.cookies[product.SESSION_COOKIE_NAME].value}"
    jar = "; ".join([own, *(f"{name}={value}" for name, value in sent.cookies.items())])
    words = {"HTTP_COOKIE": jar, **sent.headers}
    if method == "POST":
        return client.generic("POST", sent.url, sent.body, sent.content_type, **words)
    return client.generic("GET", sent.url, **words)


def unnamed(answer) -> list[str]:
    """The fields that a form refused and the page does not name."""
    if answer.status_code != 200 or not answer.context:
        return []
    text = answer.content.decode()
    # A file that is made from a template has one context and no form.
    contexts = answer.context if isinstance(answer.context, ContextList) else []
    bound = {id(form): form for context in contexts for form in _forms(context)}
    return [
        f"{name}: {message}"
        for form in bound.values()
        for name, messages in form.errors.items()
        for message in messages
        if escape(message) not in text
    ]


def _forms(context):
    return [value for value in context.flatten().values() if getattr(value, "is_bound", False)]
