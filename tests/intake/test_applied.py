"""What an applied file did stays on its page, and every page counts it in the same way."""

import pytest

from ceasefire.access import identity
from ceasefire.intake import services
from ceasefire.registry.models import Incident
from tests.intake.pages import Desk, shootings, texts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def applied(desk):
    desk.stage("Rivermouth shootings", desk.file(8))
    with identity.acting(desk.actor()):
        services.batch_apply(batch=desk.batch())
    return desk


def next_file(desk: Desk, rows) -> str:
    """Load another publication up to its preview; the preview."""
    desk.upload("rivermouth-shootings", desk.file(rows, "next.csv"))
    desk.follow()
    desk.confirm()
    return desk.follow()


def test_the_page_of_an_applied_file_keeps_what_it_changed_added_and_dropped(applied):
    rows = shootings(9)[1:]
    rows[2]["Latitude"] = "40.5"
    next_file(applied, rows)
    applied.post("apply")
    page = applied.follow()
    assert "latitude 40.003 40.5" in texts(page)
    added, gone = page.split("Rows that were added")[1].split("Rows that vanished")
    assert "R-1008" in added
    assert "R-1000" in gone
    assert f'href="/shootings/{number_of("R-1008")}/"' in added


def number_of(incident: str) -> int:
    with identity.acting(identity.OPERATOR):
        return Incident.objects.get(incident_number=incident).pk


def test_a_row_that_returns_is_not_listed_as_one_that_changed(applied):
    next_file(applied, 7)
    applied.post("apply")
    applied.follow()
    next_file(applied, 8)
    applied.post("apply")
    page = texts(applied.follow())
    assert "Added to the register 1 Of them returned after having vanished 1 Changed 0" in page
    assert "Rows that change" not in page


def test_a_corrected_age_is_one_line_and_counted_alike_on_every_page(applied):
    rows = shootings(8)
    rows[2]["Victim Age"] = "33"
    counted = "Added to the register 1 Changed 0 Unchanged 7 Known rows that the file no longer"
    sentence = "1 row took the place of another row of the same incident"
    before = texts(next_file(applied, rows))
    applied.post("apply")
    after = texts(applied.follow())
    for page in (before, after):
        assert f"{counted} holds 1 Rejected 0" in page
        assert sentence in page
        assert "age 20 33" in page
        assert "age at least" not in page
    feed = texts(applied.client.get("/intake/feeds/rivermouth-shootings/").content.decode())
    assert sentence in feed
    assert " 8 1 0 7 1 0 " in feed
