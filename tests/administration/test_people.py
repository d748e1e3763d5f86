"""People: found, certified, ended, woken, released."""

import pytest
from django.urls import reverse

from ceasefire.access.asking import NoRole
from ceasefire.access.models import Membership
from ceasefire.access.roles import Role
from ceasefire.access.sign_in import lockout
from ceasefire.administration import labels
from ceasefire.administration.views import people
from tests.administration.test_agencies import at
from tests.administration.test_due import lock, opened

LIST = reverse("administration:people")


@pytest.fixture
def captain(administrator, director, world, police_agency):
    """Opened by the administrator, and certified by nobody yet."""
    return opened(world.user("administrator"), Role.CAPTAIN, police_agency, "captain")


def names(answer):
    return [person.user.username for person in answer.context["page"]]


def test_people_are_found_by_name_agency_role_and_state(director, account, captain, world):
    account(Role.OUTREACH)
    world.asleep("outreach")
    community = world.held("outreach").agency_id
    asked = [
        ({}, ["captain", "outreach", "director", "administrator"]),
        ({"text": "new CAP"}, ["captain"]),
        ({"agency": community}, ["outreach"]),
        ({"role": "director"}, ["director"]),
        ({"state": "certification"}, ["captain"]),
        ({"state": "asleep"}, ["outreach"]),
        ({"state": "access"}, ["director", "administrator"]),
    ]
    for words, found in asked:
        assert sorted(names(director.get(LIST, words))) == sorted(found), words
    assert "Nobody fits this choice" in director.get(LIST, {"text": "zzz"}).text


@pytest.mark.parametrize(
    "wrong",
    [{"agency": "x"}, {"role": "emperor"}, {"state": "y"}, {"page": "-3"}, {"agency": "9" * 30}],
)
def test_a_choice_that_makes_no_sense_is_said_and_narrows_nothing(director, wrong):
    answer = director.get(LIST, wrong)
    assert (answer.status_code, len(names(answer))) == (200, 1)
    assert bool(answer.context["form"].errors) == ("page" not in wrong)


def test_one_person_is_shown_in_words(director, captain):
    text = director.get(at("person", captain.pk)).text
    assert "waits for a certificate" in text
    assert "Chairs the weekly shooting review" in text
    assert "Test System administrator" in text, "who opened the role"


STATES = [
    (lambda world: None, "has access"),
    (lambda world: world.agreement_ends("outreach", -5), "reads only: agreement closing"),
    (lambda world: world.agreement_ends("outreach", -61), "no agreement in force"),
    (lambda world: world.certified_for("outreach", -1), "waits for a certificate"),
    (lambda world: world.asleep("outreach"), "asleep"),
    (lambda world: Membership.objects.filter(user__username="outreach").delete(), "no role yet"),
]


@pytest.mark.parametrize(("happens", "words"), STATES, ids=[words for _f, words in STATES])
def test_a_state_is_what_the_wall_itself_says(director, account, world, happens, words):
    user = account(Role.OUTREACH)
    happens(world)
    assert f"{words}</span>" in director.get(at("person", user.pk)).text
    assert words in director.get(LIST).text


def test_whatever_keeps_a_person_out_has_words_and_a_remedy():
    reasons = set(NoRole) - {NoRole.SESSION}
    assert reasons == set(labels.STATES) - {None} == set(labels.REMEDIES)


def test_c10_whoever_opened_a_role_has_no_button_and_no_way_to_certify_it(
    administrator, director, captain, world
):
    certify = at("certify", world.held("captain").pk)
    assert certify not in administrator.get(at("person", captain.pk)).text
    answer = administrator.post(certify, follow=True)
    assert "Somebody else certifies" in answer.text
    assert not world.has_access("captain")
    assert certify in director.get(at("person", captain.pk)).text
    director.post(certify)
    assert world.has_access("captain")


def test_nobody_certifies_an_own_role_from_the_page(director, world):
    answer = director.post(at("certify", world.held("director").pk), follow=True)
    assert "Somebody else certifies" in answer.text


def test_two_who_certify_leave_one_certificate(director, captain, account, world):
    held = world.held("captain")
    for _time in range(2):
        answer = director.post(at("certify", held.pk), follow=True)
        assert "certified for a year" in answer.text
    held.refresh_from_db()
    assert held.certified_by == world.user("director")


def test_a_role_that_has_ended_is_not_certified(director, captain, world):
    held = world.held("captain")
    director.post(at("role_end", held.pk), {"because": "left"})
    answer = director.post(at("certify", held.pk), follow=True)
    assert "This role has ended" in answer.text
    assert not world.has_access("captain")


def test_ending_a_role_shuts_the_open_page_and_the_first_reason_stays(director, as_role, world):
    worker = as_role(Role.OUTREACH)
    end = at("role_end", world.held("outreach").pk)
    assert worker.get("/").status_code == 200
    assert director.get(end).status_code == 200
    assert director.post(end, {"because": ""}).context["form"].errors["because"]
    assert worker.get("/").status_code == 200
    director.post(end, {"because": "misuse"})
    assert worker.get("/").status_code == 401
    again = director.post(end, {"because": "left"}, follow=True)
    assert "has ended already" in again.text
    assert world.held("outreach").ended_because == "misuse"


def test_ending_a_keepers_role_says_how_few_are_left(director, administrator, account, world):
    text = director.get(at("role_end", world.held("administrator").pk)).text
    assert "Afterwards 1 person can open and certify" in text
    account(Role.OUTREACH)
    assert "Afterwards" not in director.get(at("role_end", world.held("outreach").pk)).text


def test_a_sleeping_account_is_woken(director, account, world):
    user = account(Role.OUTREACH)
    world.asleep("outreach")
    wake = at("wake", world.held("outreach").pk)
    assert wake in director.get(at("person", user.pk)).text
    for _time in range(2):
        assert "awake" in director.post(wake, follow=True).text
    assert wake not in director.get(at("person", user.pk)).text


def test_a_lock_is_lifted_by_an_administrator_alone(administrator, director, account, office):
    user = account(Role.OUTREACH)
    lock("outreach")
    release = at("release", user.pk)
    assert release not in director.get(at("person", user.pk)).text
    assert director.post(release).status_code == 404
    assert release in administrator.get(at("person", user.pk)).text
    for _time in range(2):
        assert "The lock is lifted" in administrator.post(release, follow=True).text
    assert not lockout.is_locked("outreach")


def test_the_list_is_cut_into_pages(director, captain, monkeypatch):
    monkeypatch.setattr(people, "PER_PAGE", 2)
    first = director.get(LIST)
    assert (len(names(first)), "?page=2" in first.text) == (2, True)
    assert len(names(director.get(LIST, {"page": "2"}))) == 1
