"""Opening an account as an administrator does it, by keyboard and on a phone."""

import re

from ceasefire.access.roles import Role
from tests.browser import administration_worlds
from tests.browser.audit import audit, watched


def test_an_account_is_opened_and_its_passphrase_read_out(transactional_db, enter, live_server):
    administration_worlds.office()
    with watched(enter(Role.ADMINISTRATOR), live_server.url) as look:
        page = look.page
        page.goto("/administration/")
        page.get_by_role("link", name="Open an account").click()
        page.get_by_role("link", name="Outreach worker").click()
        page.get_by_label("Name", exact=True).fill("Joyce Bel")
        page.get_by_label("Name to sign in with").fill("jbel")
        page.get_by_label("Agency").select_option("Rivermouth community")
        page.get_by_role("button", name="Open the account").click()
        page.get_by_text("These are here already").wait_for()
        audit(look)
        page.get_by_label("I have looked").check()
        page.get_by_role("button", name="Open the account").click()
        told = page.locator("code").inner_text()
        assert re.fullmatch(r"(?:[a-z0-9]{5}-){3}[a-z0-9]{5}", told)
        audit(look)
        page.get_by_role("link", name="I have passed it on").click()
        page.get_by_text("waits for a certificate").wait_for()
        assert told not in page.content()
