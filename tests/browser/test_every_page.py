"""Every page that the access matrix knows and no other test here names: a new page is looked at
by itself. `CEASEFIRE_FULL=1` visits all of them, and otherwise every second.

`test_pages.py` visits a live server, and pages in each of their states. Here the browser is given
what the matrix's world answers, so that one world serves all.
"""

import mimetypes
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from ceasefire.access.routes import all_routes
from tests.access_matrix.asking import asker_for
from tests.access_matrix.declaring import declared
from tests.access_matrix.world import world
from tests.browser.audit import TWO_VIEWS, audit, watched

HOME = "http://localhost"
OTHERS = [path for path in Path(__file__).parent.glob("*.py") if path != Path(__file__)]
# What another test of the browser names, it visits, on a live server and in more states.
VISITED = " ".join(path.read_text() for path in OTHERS)
LEFT = [
    route for route in all_routes() if "GET" in route.methods() and f'"{route.name}"' not in VISITED
]
# Every second always, all of them on demand: a page takes two seconds.
ROUTES = {route.name: route for route in LEFT[:: 1 if os.environ.get("CEASEFIRE_FULL") else 2]}


@pytest.fixture(scope="module", name="world")
def _world(django_db_setup, django_db_blocker):
    with world(django_db_blocker) as made:
        yield made


class Answers:
    """The product's answers to one reader, in place of a server."""

    def __init__(self, client) -> None:
        self.client = client

    def serve(self, route) -> None:
        parts = urlsplit(route.request.url)
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            return route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
        answer = self.client.get(f"{parts.path}?{parts.query}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=body)


@pytest.mark.parametrize("name", ROUTES)
def test_c56_every_page_of_the_matrix_is_accessible_and_fits_the_telephone(
    world, name, new_context
):
    page = declared()[name]
    asker = asker_for(world, ROUTES[name], page)
    url = asker.url(ROUTES[name], page, "own")
    if url is None:
        return  # nothing of this sort is there yet
    answer = asker.client.get(url)
    shows = answer.status_code == page.status and not answer.streaming and answer.content
    if not shows or "text/html" not in answer["Content-Type"]:
        return  # it sends its reader on, or gives a file
    context = new_context(base_url=HOME)
    context.route("**/*", Answers(asker.client).serve)
    with watched(context, HOME) as look:
        look.page.goto(url)
        if page.status != 200:
            look.complaints.clear()
        audit(look, TWO_VIEWS)
