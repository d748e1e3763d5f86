"""The list of shootings as a page: who reads it, what it says, what it costs."""

import re
from datetime import date, timedelta

import pytest

from ceasefire.access.gates import REGISTER_READERS
from ceasefire.access.roles import Role

DAY = date(2026, 1, 3)
PAGES = ("", "1/", "points.geojson", "boundaries.geojson", "withheld/", "enter/")
WRITING = ("withheld/", "enter/", "1/correct/place/", "1/standing/", "1/review/")


@pytest.mark.parametrize("role", sorted(REGISTER_READERS))
def test_the_readers_of_the_register_see_a_shooting(role, signed_in, shoot):
    shoot(DAY, (0, 0), incident_number="R-1", address="12 OAK ST")
    page = signed_in(role).get("/shootings/").content.decode()
    assert "R-1" in page
    assert "12 OAK ST" in page


@pytest.mark.parametrize("role", [role for role in Role if role not in REGISTER_READERS])
def test_for_everybody_else_the_register_does_not_exist(role, signed_in, shoot):
    one = shoot(DAY, (0, 0))
    client = signed_in(role)
    nowhere = client.get("/shootings/no-such-page").content
    for path in (*PAGES, f"{one.pk}/", "999999/"):
        answer = client.get(f"/shootings/{path}")
        assert (answer.status_code, answer.content) == (404, nowhere), path


@pytest.mark.parametrize("path", WRITING)
def test_only_an_analyst_enters_and_corrects(path, signed_in, shoot):
    shoot(DAY, (0, 0))
    client = signed_in(Role.CAPTAIN)
    assert client.get(f"/shootings/{path}").status_code == 404
    assert client.post(f"/shootings/{path}").status_code == 404
    assert b"Enter a shooting" not in client.get("/shootings/").content


def test_totals_say_their_unit_and_what_is_not_known(signed_in, shoot):
    shoot(DAY, (0, 0), victims=3, killed=1)
    shoot(DAY, (0, 0), victims=None, killed=None, injured=True)
    page = signed_in(Role.CAPTAIN).get("/shootings/").content.decode()
    assert "2 shootings (incidents)" in page
    assert "People hit (victims): 3 in the 1 shootings where it is known." in page
    assert "not known" in page


def test_what_does_not_count_carries_its_badge(signed_in, shoot):
    shoot(DAY, verification="hold")
    shoot(DAY, verification="unfounded", verification_reason="a firework")
    shoot(DAY, in_city=False)
    client = signed_in(Role.CAPTAIN)
    page = client.get("/shootings/").content.decode()
    rows = page.split("<tbody")[-1]
    for badge in ("On hold", "Unfounded", "Outside the city"):
        assert badge in rows
    held = client.get("/shootings/?standing=hold&since=&until=").content.decode()
    assert "1 shooting (incident)" in held


def test_a_withheld_shooting_is_shown_only_to_who_asks_for_it(signed_in, shoot):
    shoot(DAY, incident_number="GONE", withheld_at="2026-01-09T00:00Z", review_due=DAY)
    shoot(DAY, incident_number="HERE")
    client = signed_in(Role.CAPTAIN)
    assert b"GONE" not in client.get("/shootings/").content
    assert b"GONE" in client.get("/shootings/?standing=withheld&since=&until=").content


def test_the_map_says_how_many_it_cannot_show(signed_in, shoot):
    shoot(DAY, (0, 0))
    shoot(DAY)
    page = signed_in(Role.CAPTAIN).get("/shootings/").content.decode()
    assert "1 has no known place and is not shown." in page


def test_a_bar_of_the_strip_leads_to_its_days_with_the_other_choices_kept(signed_in, shoot):
    shoot(DAY, killed=1)
    shoot(DAY + timedelta(days=1), killed=1)
    page = signed_in(Role.CAPTAIN).get("/shootings/?since=2026-01-03&until=2026-01-04&kind=fatal")
    assert "kind=fatal&amp;since=2026-01-03&amp;until=2026-01-03" in reordered(page)


def reordered(page) -> str:
    """Every address of the page with its choices in the order of the alphabet."""
    text = page.content.decode()
    asked = re.findall(r'href="/shootings/\?([^"]*)"', text)
    kept = ("kind", "since", "until")
    parts = [sorted(p for p in one.split("&amp;") if p.startswith(kept)) for one in asked]
    return " ".join("&amp;".join(one) for one in parts)


def test_a_day_that_is_none_is_said_at_its_field(signed_in, shoot):
    shoot(DAY)
    answer = signed_in(Role.CAPTAIN).get(
        "/shootings/?since=2026-02-31&until=x&page=zz&source=feed-x"
    )
    assert answer.status_code == 200
    assert answer.content.count(b"errorlist") >= 2


@pytest.mark.parametrize(
    "asked",
    ["since=0001-01-01&until=9999-12-31", "text=%00", "district=%00", "page=-3", "page=999999",
     "since=2027-01-01&until=2026-01-01", "standing=nonsense", "source=feed-99999999999999999999"],
)  # fmt: skip
def test_no_address_breaks_the_page(asked, signed_in, shoot):
    shoot(DAY, (0, 0))
    assert signed_in(Role.CAPTAIN).get(f"/shootings/?{asked}").status_code == 200


def test_the_partial_answer_is_the_changing_part_alone(signed_in, shoot):
    shoot(DAY, incident_number="R-1")
    client = signed_in(Role.CAPTAIN)
    part = client.get("/shootings/", headers={"HX-Request": "true"})
    assert part.content.lstrip().startswith(b'<div id="shootings"')
    assert b"R-1" in part.content
    assert "HX-Request" in part["Vary"]
    back = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert b"<html" in client.get("/shootings/", headers=back).content


def test_an_empty_register_and_an_empty_choice_say_what_to_do(signed_in, rivermouth, request):
    client = signed_in(Role.CAPTAIN)
    assert b"No shooting is known yet" in client.get("/shootings/").content
    request.getfixturevalue("shoot")(DAY)
    nothing = client.get("/shootings/?since=1999-01-01&until=1999-12-31").content
    assert b"No shooting fits this choice" in nothing


def test_the_places_are_given_as_geojson_with_links_to_the_shootings(signed_in, shoot):
    one = shoot(DAY, (0, 0), incident_number="R-1")
    shoot(DAY)
    answer = signed_in(Role.CAPTAIN).get("/shootings/points.geojson").json()
    assert [f["properties"]["href"] for f in answer["features"]] == [f"/shootings/{one.pk}/"]
    assert answer["complete"]


def test_the_places_are_capped_and_say_so(signed_in, shoot, monkeypatch):
    from ceasefire.registry.selectors import listing

    monkeypatch.setattr(listing, "MOST_POINTS", 3)
    for n in range(5):
        shoot(DAY + timedelta(days=n), (0, 0))
    answer = signed_in(Role.CAPTAIN).get("/shootings/points.geojson").json()
    assert (len(answer["features"]), answer["complete"], answer["most"]) == (3, False, 3)


def test_the_page_asks_the_database_the_same_number_of_questions_for_any_length(
    signed_in, shoot, django_assert_max_num_queries
):
    client = signed_in(Role.ANALYST)
    for n in range(60):
        shoot(DAY - timedelta(days=n), (n, n), incident_number=f"R-{n}")
    with django_assert_max_num_queries(34):
        client.get("/shootings/")


def test_the_list_pages_and_keeps_the_choice(signed_in, shoot):
    for n in range(60):
        shoot(DAY - timedelta(days=n % 5), incident_number=f"R-{n:02d}")
    client = signed_in(Role.CAPTAIN)
    page = client.get("/shootings/?kind=injury").content.decode()
    assert "Page 1 of 2" in page
    assert "kind=injury&amp;page=2" in page
