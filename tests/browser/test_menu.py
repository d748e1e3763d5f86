"""The menu on a phone and the choice of language work without JavaScript."""

from ceasefire.access.roles import Role

PHONE = {"width": 320, "height": 700}


def test_menu_of_a_phone_opens_without_javascript(transactional_db, enter):
    page = enter(Role.ANALYST, java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/")
    link = page.locator(".menu-sheet").get_by_role("link", name="This week")
    assert not link.is_visible()
    page.locator(".menu summary").click()
    assert link.is_visible()
    assert link.bounding_box()["height"] >= 44


def test_language_is_chosen_and_kept_without_javascript(transactional_db, enter):
    page = enter(Role.ANALYST, java_script_enabled=False).new_page()
    page.goto("/")
    page.locator(".masthead > .who").get_by_role("button", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"
    page.goto("/account/password/change/")
    assert page.locator("html").get_attribute("lang") == "es"


def test_keyboard_reaches_the_content_past_the_menu(transactional_db, enter):
    page = enter(Role.ANALYST).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
