"""Who enters administration: keepers, auditors to read, and nobody else by any path."""

import pytest
from django.db import connection
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.asking import accounts, actor_of_user
from ceasefire.access.roles import Role
from ceasefire.access.routes import all_routes

ROUTES = [route for route in all_routes() if route.name.startswith("administration:")]
READING = [route for route in ROUTES if "GET" in route.methods()]
KEEPERS = {Role.ADMINISTRATOR, Role.DIRECTOR}


@pytest.fixture
def address(world, account):
    """Of every page: its address, about an outreach worker."""
    user = account(Role.OUTREACH)
    numbers = {
        **dict.fromkeys(("agency", "agreement_new"), world.held("outreach").agency_id),
        "agreement_end": world.agreement("outreach").pk,
        "history_certify": account(Role.CAPTAIN).pk,
        **dict.fromkeys(("certify", "wake", "role_end"), world.held("outreach").pk),
    }  # fmt: skip

    def of(route):
        name, words = route.name.partition(":")[2], []
        if "<int:pk>" in route.pattern:
            words.append(numbers.get(name, user.pk))
        if "<slug:role>" in route.pattern:
            words.append("outreach")
        return reverse(route.name, args=words)

    return of


def test_the_gates_name_keepers_and_for_reading_the_auditor():
    for route in ROUTES:
        assert route.gate.full <= KEEPERS | {Role.AUDITOR}, route.name
        assert not route.gate.limited, route.name
        if Role.AUDITOR in route.gate.full:
            assert route.methods() == ["GET"], route.name


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OUTREACH])
def test_c10_for_every_other_role_administration_does_not_exist(role, as_role, address):
    client = as_role(role)
    absent = client.get("/no-such-page/")
    assert absent.status_code == 404
    for route in ROUTES:
        for ask in (client.get, client.post):
            answer = ask(address(route))
            assert (answer.status_code, answer.content) == (404, absent.content), route.name


def test_a_visitor_is_sent_to_sign_in(client, address):
    for route in ROUTES:
        answer = client.get(address(route))
        assert (answer.status_code, "/account/login/" in answer.url) == (302, True), route.name


def test_an_auditor_reads_and_changes_nothing(as_role, address):
    client = as_role(Role.AUDITOR)
    shown = set()
    for route in ROUTES:
        answer = client.get(address(route))
        assert answer.status_code in (200, 404), route.name
        if answer.status_code == 200:
            shown.add(route.name.partition(":")[2])
            assert 'method="post" action="/administration' not in answer.text, route.name
            assert "/new/" not in answer.text, route.name
        assert client.post(address(route)).status_code in (404, 405), route.name
    assert shown == {"accounts", "agencies", "agency", "people", "person", "roles"}


@pytest.mark.parametrize("role", sorted(KEEPERS))
def test_every_page_opens_for_those_who_keep_accounts(role, as_role, address, settings):
    settings.SOCIALACCOUNT_PROVIDERS = provider()
    client = as_role(role)
    for route in READING:
        # Another role is given to whoever has none, agencies and sign-ons are the administrator's.
        own = route.gate.grants()[role.value] == "full"
        answer = client.get(address(route))
        expected = (200, 302) if own else (404,)
        assert answer.status_code in expected, route.name


def provider():
    return {"openid_connect": {"APPS": [{"provider_id": "city", "name": "City of Rivermouth"}]}}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.OUTREACH, Role.OVP_ANALYST])
def test_c10_raw_sql_of_anybody_else_learns_nothing_of_accounts(role, account, as_role):
    as_role(Role.ADMINISTRATOR)
    actor = actor_of_user(account(role))
    with identity.acting(actor):
        assert accounts() == []
    with identity.showing(*identity.NOBODY):
        assert accounts() == []


def test_the_wall_gives_accounts_to_whoever_keeps_or_audits_them(account, as_role):
    account(Role.OUTREACH)
    for role in (*sorted(KEEPERS), Role.AUDITOR):
        user = account(role)
        with identity.acting(actor_of_user(user)):
            assert len(accounts()) > 1
            assert [one.user_id for one in accounts(user.pk)] == [user.pk]


@pytest.mark.parametrize("role", sorted(KEEPERS))
def test_a_keeper_of_an_agency_that_is_closing_reads_and_changes_nothing(
    role, as_role, address, world
):
    client = as_role(role)
    world.agreement_ends(role.value, -5)
    for route in ROUTES:
        if route.gate.grants()[role.value] != "full":
            continue
        reads = {"GET"} == set(route.methods()) and "new" not in route.name
        reads &= "choose" not in route.name
        sent = client.get(address(route)) if reads else client.post(address(route))
        assert sent.status_code in ((200,) if reads else (403, 405)), route.name


@pytest.mark.parametrize("name", ["agency", "person", "agreement_end", "certify", "role_end"])
def test_what_is_not_there_is_not_found(name, director):
    ask = director.post if name == "certify" else director.get
    assert ask(reverse(f"administration:{name}", args=[10**9])).status_code == 404


def test_a_role_that_nobody_knows_is_not_found(director, world):
    assert director.get("/administration/people/new/emperor/").status_code == 404
    key = world.user("director").pk
    assert director.get(f"/administration/people/{key}/role/emperor/").status_code == 404


def test_c10_no_page_reads_a_table_of_any_room(director, address, settings):
    """The database's own word: in this room every other one is closed."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        for route in READING:
            director.get(address(route))
    words = " ".join(query["sql"] for query in asked)
    assert "access_membership" in words
    for table in ("registry_incident", "house_", "intake_batch"):
        assert table not in words
