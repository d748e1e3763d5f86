"""Every component together: accessible, and a map that can be moved where JavaScript works."""

import copy
from pathlib import Path

import pytest

from ceasefire.access.roles import Role
from tests.browser.audit import audit, watched


@pytest.fixture
def gallery(settings, transactional_db):
    settings.ROOT_URLCONF = "tests.browser.gallery"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates
    return "/gallery/"


def test_every_component_is_accessible_under_the_strict_policy(gallery, enter, live_server):
    with watched(enter(Role.OFFICER), live_server.url) as look:
        look.page.goto(gallery)
        look.page.locator(".interactive-map .map-mark").first.wait_for()
        for summary in look.page.locator("main summary").all():
            summary.click()
        audit(look)


def test_map_can_be_used_by_keyboard_and_leads_to_its_places(gallery, enter):
    page = enter(Role.OFFICER).new_page()
    page.goto(gallery)
    mark = page.get_by_role("button", name="R-3, Fatal shooting")
    mark.focus()
    mark.press("Enter")
    page.locator(".leaflet-popup-content a").wait_for()
    assert page.locator(".leaflet-popup-content a").inner_text() == "R-3, Fatal shooting"


def test_map_is_a_picture_without_javascript(gallery, enter):
    page = enter(Role.OFFICER, java_script_enabled=False).new_page()
    page.goto(gallery)
    assert page.locator(".chart.map.wide").is_visible()
    assert page.locator(".interactive-map").count() == 0


def test_each_chart_shows_the_one_of_its_two_widths_that_fits(gallery, enter):
    page = enter(Role.OFFICER).new_page()
    page.goto(gallery)
    for width, shown, hidden in ((1280, "wide", "narrow"), (320, "narrow", "wide")):
        page.set_viewport_size({"width": width, "height": 800})
        first = page.locator("figure").first
        assert first.locator(f".chart.{shown}").is_visible()
        assert not first.locator(f".chart.{hidden}").is_visible()


def test_no_text_of_a_picture_is_smaller_than_eleven_pixels(gallery, enter):
    page = enter(Role.OFFICER, java_script_enabled=True).new_page()
    page.goto(gallery)
    size = """texts => texts.filter(t => t.getClientRects().length).map(t =>
        parseFloat(t.getAttribute('font-size')) * t.getScreenCTM().a)"""
    for width in (1280, 1000, 700, 320):
        page.set_viewport_size({"width": width, "height": 800})
        sizes = page.locator("svg.chart text").evaluate_all(size)
        assert sizes
        assert min(sizes) >= 11, f"at {width} wide"
