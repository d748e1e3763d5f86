"""The first page of oversight, and who sees what of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import audit, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.roles import Role
from ceasefire.access.routes import all_routes
from ceasefire.access.services import agency_record
from ceasefire.oversight.places import PLACES, place

pytestmark = pytest.mark.django_db
FIRST, LOG = reverse("oversight:overview"), reverse("oversight:accesses")
PERSON, ACCOUNT = reverse("oversight:person"), reverse("oversight:account")
KEY = "registry.person:12"


@pytest.fixture
def looked(account):
    """An officer was shown a person, and refused another, at the city's police."""
    officer = account(Role.OFFICER)
    with identity.acting(actor_of_user(officer)), audit.recording.answering("registry:shooting"):
        audit.record("page.shown", "registry.incident:7", subjects=[KEY], purpose="meeting:3")
        audit.record("page.shown", subjects=["registry.person:66"], result="denied")
    return officer


def test_the_overview_says_what_is_due_and_leads_on(signed_in, looked):
    page = signed_in(Role.AUDITOR).get(FIRST).content.decode()
    for words in (
        "Weekly reviews overdue",
        "Alerts of reading in bulk",
        "Lines that wait for a seal",
    ):
        assert words in page
    for url in (LOG, PERSON, ACCOUNT, reverse("oversight:breaches"), reverse("exports:list")):
        assert f'href="{url}"' in page


def test_oversight_has_a_band_of_its_own(signed_in):
    client = signed_in(Role.AUDITOR)
    page = client.get(FIRST).content.decode()
    assert "room-oversight" in page
    assert "Counts only" not in page
    assert "Counts only" in client.get("/").content.decode()


def test_c22_who_looked_at_a_person_is_said_with_purpose_and_place_in_words(signed_in, looked):
    page = signed_in(Role.AUDITOR).get(PERSON, {"key": KEY}).content.decode()
    for words in ("Test Officer or detective", "Rivermouth Police", "meeting:3", "One shooting"):
        assert words in page
    assert "registry:shooting<" not in page


def test_c54_everything_an_account_did_is_listed_by_days(signed_in, looked):
    client, today = signed_in(Role.AUDITOR), timezone.localdate()
    asked = {"account": "officer", "day": today.isoformat(), "last": today.isoformat()}
    page = client.get(ACCOUNT, asked).content.decode()
    assert KEY in page
    assert "registry.person:66" in page
    before = asked | {"day": "2020-01-01", "last": "2020-01-02"}
    assert "No line fits" in client.get(ACCOUNT, before).content.decode()


@pytest.mark.parametrize(
    ("url", "asked", "words"),
    [
        (PERSON, {"key": "John Doe"}, "Write the kind and the number"),
        (PERSON, {"key": ""}, "This field is required"),
        (ACCOUNT, {"account": "nobody"}, "There is no account of that name"),
        (LOG, {"day": "9999-12-31"}, "less than or equal to"),
        (ACCOUNT, {"account": "officer", "day": "x"}, "Enter a valid date"),
        (
            ACCOUNT,
            {"account": "officer", "day": "2026-02-02", "last": "2026-01-01"},
            "before the first",
        ),
        (ACCOUNT, {"account": "\x00"}, "Null characters"),
    ],
)
def test_what_cannot_be_chosen_is_said_at_its_field(signed_in, looked, url, asked, words):
    answer = signed_in(Role.AUDITOR).get(url, asked)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_c22_a_privacy_officer_sees_the_own_agency_s_lines_alone(client, looked, account):
    with identity.acting(identity.OPERATOR):
        elsewhere = agency_record(name="Harbour Outreach", kind="community")
    pages = {}
    for name, agency in (("own", None), ("other", elsewhere)):
        client.force_login(account(Role.PRIVACY_OFFICER, agency, f"privacy_{name}"))
        answers = [client.get(PERSON, {"key": KEY}), client.get(ACCOUNT, {"account": "officer"})]
        assert [answer.status_code for answer in answers] == [200, 200]
        pages[name] = ["meeting:3" in answer.content.decode() for answer in answers]
    assert pages == {"own": [True, True], "other": [False, False]}
    assert client.get(FIRST).status_code == 200
    assert client.get(reverse("oversight:budgets")).status_code == 404


def test_c10_a_system_administrator_sees_lines_of_the_log_and_no_person(signed_in, looked):
    client = signed_in(Role.ADMINISTRATOR)
    page = client.get(LOG, {"account": "officer"}).content.decode()
    assert "Test Officer or detective" in page
    for hidden in (KEY, "registry.incident:7", "meeting:3"):
        assert hidden not in page
    assert client.get(PERSON, {"key": KEY}).status_code == 404
    assert KEY not in client.get(LOG, {"key": "registry.person:1"}).content.decode()


def test_places_name_pages_that_exist():
    known = {route.name for route in all_routes()}
    assert set(PLACES) <= known
    assert place("shooting_review:something") == "Shooting review"
    assert place("tests:unknown") == "tests:unknown"
