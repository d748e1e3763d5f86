"""Every page of the product: one that nobody declared fails here; who enters is the matrix's."""

import pytest
from django.urls import NoReverseMatch, reverse

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.routes import all_routes
from ceasefire.registry.services import city_set

ROUTES = list(all_routes())
OURS = [route for route in ROUTES if route.gate and route.gate.room != Room.ACCOUNT]


def address(route):
    """The route's address where it needs no id; None for pages of one record."""
    try:
        return reverse(route.name)
    except NoReverseMatch:
        return None


PLAIN = [route for route in OURS if address(route) and "GET" in route.methods()]


@pytest.fixture
def city(operator):
    return city_set(name="Rivermouth", time_zone="America/Chicago", projected_system=32615)


def test_every_route_declares_its_room_and_roles():
    assert [route.name for route in ROUTES if route.gate is None] == []


def test_only_pages_of_the_own_account_and_the_city_s_public_page_open_without_signing_in():
    public = {route.name.split("_")[0] for route in ROUTES if route.gate.public}
    own = {"account", "mfa", "usersessions", "socialaccount", "openid", "language"}
    assert public <= own | {"rights:ask", "rights:state"}


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in(client, city):
    for route in PLAIN:
        if not route.gate.public:
            answer = client.get(address(route))
            assert (answer.status_code, "/account/login/" in answer.url) == (302, True), route.name


@pytest.mark.django_db
def test_somebody_whose_membership_has_ended_finds_nothing(client, account, city):
    from datetime import date

    user = account(Role.ANALYST)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        user.memberships.update(ends=date(2021, 1, 1))
    client.force_login(user)
    answers = {client.get(address(route)).status_code for route in PLAIN if not route.gate.public}
    assert answers == {401}
