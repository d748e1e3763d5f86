"""Agencies and what they sign: recorded once, ended once, in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ceasefire.access import identity
from ceasefire.access.models import Agency, Agreement
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record, agreement_end, agreement_record
from tests.administration.test_due import day


def at(name, pk):
    return reverse(f"administration:{name}", args=[pk])


@pytest.fixture
def agency(office):
    return agency_record(name="Riverside Outreach", kind=Agency.Kind.COMMUNITY)


def a_year(document="Memorandum 12"):
    today = timezone.localdate()
    return {"document": document, "starts": today, "ends": today + timedelta(days=364)}


def test_the_list_shows_each_agency_with_its_agreement_and_its_people(director, account, agency):
    account(Role.OUTREACH)
    text = director.get(reverse("administration:agencies")).text
    assert "Rivermouth community" in text
    assert "Community organisation" in text
    assert "In force" in text
    assert "nothing signed" in text


def test_an_agency_shows_its_agreements_and_its_people(director, account, world):
    account(Role.OUTREACH)
    text = director.get(at("agency", world.held("outreach").agency_id)).text
    assert "Memorandum" in text
    assert "Test Outreach worker" in text
    assert "Programme director at Rivermouth ceasefire" in text, "the reader's own agency stays"
    assert day(365) in text


def test_an_agency_that_has_signed_nothing_says_what_to_do_first(director, agency):
    text = director.get(at("agency", agency.pk)).text
    assert "Nothing is signed yet" in text
    assert "nothing signed</span>" in text
    assert at("agreement_new", agency.pk) in text
    assert "Open an account" not in text


def test_an_agency_is_added_by_an_administrator_once(administrator, director, office):
    new, said = reverse("administration:agency_new"), {"name": "Eastbank Police", "kind": "police"}
    assert director.get(new).status_code == 404
    answer = administrator.post(new, said)
    added = Agency.objects.get(name="Eastbank Police")
    assert answer.url == at("agency", added.pk)
    again = administrator.post(new, said)
    assert "There is an agency of this name already" in again.text
    assert at("agency", added.pk) in again.text
    assert Agency.objects.filter(name__startswith="Eastbank").count() == 1


def test_an_agency_like_another_is_added_only_on_purpose(administrator, agency):
    new = reverse("administration:agency_new")
    said = {"name": "Riverside Outreach Inc", "kind": "community"}
    asked = administrator.post(new, said)
    assert "Look at what is here already" in asked.text
    assert "Riverside Outreach</a>" in asked.text
    assert administrator.post(new, said | {"another": "on"}).status_code == 302
    assert Agency.objects.filter(name__startswith="Riverside").count() == 2


def test_an_agreement_sent_twice_is_recorded_once(director, agency):
    for _time in range(2):
        answer = director.post(at("agreement_new", agency.pk), a_year())
        assert answer.url == at("agency", agency.pk)
    recorded = Agreement.objects.get(agency=agency)
    assert recorded.recorded_by == "Test Programme director"
    assert "Memorandum 12" in director.get(at("agency", agency.pk)).text


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"document": ""}, "document", "This field is required"),
        ({"ends": "2020-01-01"}, "ends", "It ends after its first day"),
        ({"ends": "2099-01-01"}, "ends", "within five years"),
        ({"starts": "9999-12-31", "ends": "9999-12-31"}, "starts", "less than or equal"),
        ({"starts": "0001-01-01"}, "starts", "greater than or equal"),
        ({"ends": "tomorrow"}, "ends", "Enter a valid date"),
        ({"document": "x" * 201}, "document", "at most 200 characters"),
        ({"document": "a\x00b"}, "document", "Null characters"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_field(director, agency, wrong, field, words):
    answer = director.post(at("agreement_new", agency.pk), a_year() | wrong)
    assert answer.status_code == 200
    assert words in str(answer.context["form"].errors[field])
    assert not Agreement.objects.filter(agency=agency).exists()


def test_a_renewal_is_offered_from_the_day_after_the_last(director, account, world):
    account(Role.OUTREACH)
    world.agreement_ends("outreach", 20)
    form = director.get(at("agreement_new", world.held("outreach").agency_id)).context["form"]
    assert form.initial["starts"] == timezone.localdate() + timedelta(days=21)


END = {"because": "breach", "words": "A list was passed on."}


def test_ending_an_agreement_says_first_how_many_people_lose_access(
    director, account, world, as_role
):
    worker = as_role(Role.OUTREACH)
    assert worker.get("/").status_code == 200
    end = at("agreement_end", world.agreement("outreach").pk)
    assert "1 person loses access now" in director.get(end).text
    assert worker.get("/").status_code == 200, "looking ends nothing"
    answer = director.post(end, END)
    assert answer.url == at("agency", world.held("outreach").agency_id)
    assert worker.get("/").status_code == 401
    text = director.get(answer.url).text
    assert "Breach of the agreement" in text
    assert "A list was passed on." in text


def test_an_agreement_ends_once_and_the_first_words_stay(director, administrator, account, world):
    account(Role.OUTREACH)
    ended = world.agreement("outreach")
    end = at("agreement_end", ended.pk)
    director.post(end, END)
    again = administrator.post(end, {"because": "misuse", "words": "Again."}, follow=True)
    assert "has ended already" in again.text
    ended.refresh_from_db()
    assert (ended.ended_because, ended.ended_words) == ("breach", "A list was passed on.")


def test_the_same_end_at_the_same_moment_is_one_end(director, account, world, monkeypatch):
    """Somebody else ends it between this person's look and this person's word."""
    account(Role.OUTREACH)
    ended = world.agreement("outreach")
    from ceasefire.administration.views import agencies

    def meanwhile(**words):
        with identity.acting(identity.OPERATOR, Room.ACCOUNT):
            agreement_end(agreement=ended, because="misuse", words="First.")
        return agreement_end(**words)

    monkeypatch.setattr(agencies.services, "agreement_end", meanwhile)
    answer = director.post(at("agreement_end", ended.pk), END)
    assert (answer.status_code, "has ended already" in answer.text) == (200, True)


def test_another_agreement_that_stands_keeps_access_and_is_named(director, account, world):
    account(Role.OUTREACH)
    held = world.held("outreach")
    agreement_record(agency=held.agency, **a_year("The second paper"))
    end = at("agreement_end", Agreement.objects.get(document="Memorandum", agency=held.agency).pk)
    text = director.get(end).text
    assert "Nobody loses access" in text
    assert "The second paper" in text
    director.post(end, END)
    assert world.has_access("outreach")


@pytest.mark.parametrize("missing", ["because", "words"])
def test_ending_takes_a_reason_and_words(director, account, world, missing):
    account(Role.OUTREACH)
    end = at("agreement_end", world.agreement("outreach").pk)
    answer = director.post(end, END | {missing: ""})
    assert missing in answer.context["form"].errors
    assert world.has_access("outreach")
