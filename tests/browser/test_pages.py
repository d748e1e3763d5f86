"""Every page: accessible, within 320 pixels, and whole without JavaScript."""

import pytest

from ceasefire.access import identity
from tests.browser.audit import audit, watched
from tests.browser.pages import PAGES


@pytest.fixture(params=PAGES, ids=str)
def place(request, transactional_db):
    """A page of the list, with what it needs in the database, and its address."""
    with identity.acting(identity.OPERATOR):
        request.param.given()
        return request.param, request.param.url()


def test_page_is_accessible_at_both_widths_and_in_both_schemes(place, enter, live_server):
    page, url = place
    with watched(enter(page.role), live_server.url) as look:
        answer = look.page.goto(url)
        assert answer.status == page.status
        if page.status != 200:
            look.complaints.clear()
        audit(look)


def test_page_says_the_same_without_javascript(place, enter):
    page, url = place
    headings = []
    for works in (True, False):
        context = enter(page.role, java_script_enabled=works)
        opened = context.new_page()
        opened.goto(url)
        headings.append(opened.locator("main :is(h1, h2)").all_inner_texts())
        context.close()
    assert headings[0] == headings[1]
    assert headings[0], "the page has no heading"
