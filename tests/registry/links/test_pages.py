"""The page of the link chart, as those who may open it see it, and those who may not."""

import re

import pytest
from django.urls import reverse

from ceasefire.registry.links import words
from ceasefire.registry.people.models import Involvement
from tests.registry.affiliations.conftest import person
from tests.registry.groups.pages import shown
from tests.registry.links.conftest import part

pytestmark = pytest.mark.django_db


def test_the_chart_names_everything_links_it_and_says_by_whose_word(town, at):
    page = shown(at("officer"), "links:chart", "person", town["ben"].pk)
    assert "Ties of Okafor, Ben" in page
    for kind, one in (("shooting", "first"), ("group", "group")):
        assert f'<a href="{reverse("links:chart", args=[kind, town[one].pk])}"' in page
    assert "2 sources" in page
    assert "Rivermouth Police" in page
    assert "Ash" not in page
    page = at("officer").get(reverse("links:chart", args=["person", town["ben"].pk]), {"steps": 2})
    assert "Ash, Ben" in page.content.decode()


@pytest.mark.parametrize("kind", ["shooting", "group", "conflict"])
def test_the_middle_may_be_any_thing_of_the_register(town, at, kind):
    middle = town["first" if kind == "shooting" else kind]
    assert "Who is tied to what" in shown(at("analyst"), "links:chart", kind, middle.pk)


def test_bad_choices_are_said_at_their_field_and_draw_the_plain_chart(town, at):
    url = reverse("links:chart", args=["person", town["ben"].pk])
    for wrong in ({"steps": "9"}, {"since": "2026-01-02", "until": "2026-01-01"}, {"kinds": "x"}):
        page = at("analyst").get(url, wrong)
        assert page.status_code == 200
        assert 'aria-invalid="true"' in page.content.decode()


def test_nobody_else_opens_it_and_what_is_not_there_answers_the_same(town, at):
    client = at("officer")
    for kind, pk in (("person", 10**9), ("song", 1), ("group", 10**9)):
        assert client.get(reverse("links:chart", args=[kind, pk])).status_code == 404
    for name in ("outreach", "director"):
        answer = at(name).get(reverse("links:chart", args=["person", town["ben"].pk]))
        assert answer.status_code == 404


def test_a_chart_names_so_many_people_and_numbers_the_rest(
    town, at, being, police_agency, monkeypatch
):
    monkeypatch.setattr(words, "MOST_NAMED", 3)
    with being("analyst"):
        for nth in range(4):
            part(person(police_agency, family=f"Extra{nth}"), town["first"])
        assert Involvement.objects.filter(incident=town["first"]).count() == 6
    page = shown(at("officer"), "links:chart", "shooting", town["first"].pk)
    assert "go by their number" in page
    drawn = re.findall(r'aria-label="([^"]+)"><circle', page)
    assert len({one for one in drawn if one.startswith("Person ")}) == 3
