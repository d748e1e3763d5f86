"""The filter of the shootings in a real browser: without a reload, and without JavaScript."""

import pytest

from ceasefire.access import identity
from ceasefire.access.roles import Role
from tests.browser.audit import watched
from tests.registry.worlds import a_register


@pytest.fixture
def register(transactional_db):
    with identity.acting(identity.OPERATOR):
        a_register()


@pytest.fixture
def opened(register, enter):
    """A captain's browser on the shootings, left only when the server has answered everything."""
    page = enter(Role.CAPTAIN).new_page()
    page.goto("/shootings/")
    yield page
    page.wait_for_load_state("networkidle")


def test_a_choice_changes_list_and_address_without_a_reload(register, enter, live_server):
    with watched(enter(Role.CAPTAIN), live_server.url) as look:
        page = look.page
        page.goto("/shootings/")
        page.evaluate("window.stays = true")
        page.get_by_label("Kind").select_option("fatal")
        page.wait_for_url("**kind=fatal**")
        assert page.evaluate("window.stays")
        assert set(page.locator("td[data-label=Kind]").all_inner_texts()) == {"Fatal shooting"}
        assert page.get_by_label("Kind").input_value() == "fatal"
        page.go_back()
        page.locator("td[data-label=Kind]", has_text="Injury").first.wait_for()
        page.wait_for_load_state("networkidle")
        assert look.complaints == []


def test_the_filter_works_without_javascript(register, enter):
    page = enter(Role.CAPTAIN, java_script_enabled=False).new_page()
    page.goto("/shootings/")
    page.get_by_label("Kind").select_option("fatal")
    page.get_by_role("button", name="Show").click()
    assert "kind=fatal" in page.url
    assert set(page.locator("td[data-label=Kind]").all_inner_texts()) == {"Fatal shooting"}
    assert page.locator("figure svg").count() >= 2


def test_a_bar_of_the_strip_is_a_way_to_its_days(opened):
    opened.locator("svg a").filter(has_text="31 Mar 2026").first.click()
    assert "since=2026-03-30&until=2026-03-31" in opened.url
    assert opened.locator("#totals").inner_text().startswith("1 shooting (incident)")


def test_no_page_of_the_register_is_kept_in_the_browsers_storage(opened):
    opened.get_by_label("Kind").select_option("fatal")
    opened.wait_for_url("**kind=fatal**")
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    assert "R-0" not in opened.evaluate(kept)
