"""The menu shows what a click would open, in the order of the programme's cycle."""

import pytest
from django.urls import include, path

from ceasefire.access.gates import gate
from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.web import navigation


@gate(Room.INVESTIGATIVE, full=[Role.ANALYST], limited=[Role.OFFICER])
def view(request):
    raise NotImplementedError


def ungated(request):
    raise NotImplementedError


def part(namespace, name, function):
    return path(f"{namespace}/", include(([path("", function, name=name)], namespace)))


urlpatterns = [
    part("intake", "feeds", view),
    part("registry", "shootings", view),
    part("coordination", "meetings", ungated),
]


@pytest.fixture(autouse=True)
def two_parts(settings):
    settings.ROOT_URLCONF = __name__


def labels(role):
    return [str(item.label) for item in navigation.menu(Actor("x", role), None)]


def test_parts_appear_in_the_order_of_the_cycle_with_files_at_the_end():
    assert labels(Role.ANALYST) == ["Shootings", "Files"]


def test_role_that_a_gate_turns_away_does_not_see_the_entry():
    assert labels(Role.OFFICER) == ["Shootings", "Files"]
    assert labels(Role.DIRECTOR) == []


def test_part_without_a_gate_is_not_shown_to_anyone():
    assert all("Coordination" not in labels(role) for role in Role)


def test_nobody_signed_in_sees_no_part():
    assert list(navigation.menu(None, None)) == []


def test_every_part_of_the_cycle_is_listed_once():
    names = [entry.url_name for entry in navigation.CYCLE]
    assert len(set(names)) == len(names) == 29
