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


def test_c56_a_page_is_accessible_in_both_widths_and_schemes_and_whole_without_javascript(
    place, enter, live_server
):
    page, url = place
    with watched(enter(page.role), live_server.url) as look:
        answer = look.page.goto(url)
        assert answer.status == page.status
        if page.status != 200:
            look.complaints.clear()
        audit(look)
        headings = told_headings(look.page)
    assert headings, "the page has no heading"
    plain = enter(page.role, java_script_enabled=False).new_page()
    plain.goto(url)
    assert told_headings(plain) == headings


def told_headings(opened) -> list[str]:
    return opened.locator("main :is(h1, h2)").all_inner_texts()
