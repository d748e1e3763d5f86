"""A sensitive page and an emergency, as people meet them, each page accessible."""

import pytest
from django.core.cache import cache

from ceasefire.access import identity
from ceasefire.access.purposes.services import stating
from tests.access.exceptional.conftest import (  # noqa: F401
    REASON,
    agencies,
    records,
    users,
)
from tests.browser.audit import audit, watched
from tests.conftest import code_now
from tests.house import Card
from tests.people import Person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seat(live_server, new_context, users, settings):  # noqa: F811
    """A browser in which one of the emergency's people is signed in."""
    settings.ROOT_URLCONF = "tests.access.purposes.pages"
    name = settings.SESSION_COOKIE_NAME

    def opened(who):
        person = Person()
        person.force_login(getattr(users, who))
        context = new_context(base_url=live_server.url)
        cookie = {"name": name, "value": person.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        return watched(context, live_server.url)

    return opened


def test_c08_a_person_says_what_for_and_reads_on(seat, police_agency):
    with identity.acting(identity.OPERATOR), stating("house.meeting:1"):
        card = Card.objects.create(agency=police_agency, words="what is known")
    with seat("chief") as look:
        page = look.page
        page.goto(f"/cards/{card.pk}/")
        audit(look)
        page.get_by_label("Meeting: meeting 1").check()
        page.get_by_role("button", name="Open the page").click()
        page.get_by_text("what is known").wait_for()
        page.get_by_role("button", name="Open it for something else").click()
        page.get_by_role("heading", name="What do you open this for?").wait_for()


def test_c09_an_emergency_from_the_second_factor_to_the_review(seat, records):  # noqa: F811
    with seat("captain") as look:
        page = look.page
        page.goto("/")
        page.get_by_role("link", name="Open a hidden record in an emergency").click()
        cache.clear()
        page.get_by_label("Code").fill(code_now())
        page.get_by_role("button", name="Confirm").click()
        page.get_by_role("heading", name="Open a hidden record").wait_for()
        audit(look)
        page.get_by_label("Its number").fill(str(records.tip.pk))
        page.get_by_label("Why it cannot wait").fill(REASON)
        page.get_by_role("button", name="Open the record").click()
        page.get_by_text("canary of police").wait_for()
        audit(look)
    with seat("chief") as look:
        look.page.goto("/")
        audit(look)
        look.page.get_by_role("button", name="We have read this").click()
        look.page.get_by_text("Noted").wait_for()
    with seat("auditor") as look:
        page = look.page
        page.goto("/")
        page.get_by_role("link", name="Review what was opened").click()
        audit(look)
        page.get_by_role("link", name=f"Tip {records.tip.pk}").click()
        page.get_by_role("heading", name=f"Tip {records.tip.pk}").wait_for()
        audit(look)
        page.get_by_label("Yes: it could not wait").check()
        page.get_by_label("What you looked at and what you found").fill("The call was real.")
        page.get_by_role("button", name="Finish the review").click()
        page.get_by_text("justified").wait_for()
