"""The pages about people, as an analyst works with them."""

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.interests.services import interest_declare
from ceasefire.access.models import User
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.people.models import Person, PersonRecord
from tests.registry.people.conftest import ann, ask, ben
from tests.registry.people.test_files import ARRESTS, arrest


@pytest.fixture
def two(involve, bring):
    involve(ann(), ben())
    bring("arrests", ARRESTS, [arrest(case="26-1")])
    return [one.person for one in PersonRecord.objects.order_by("pk")[:2]]


@pytest.fixture
def analyst(signed_in, shootings):
    """An analyst who has said that the first shooting is what it is for."""
    client = signed_in(Role.ANALYST)
    key = f"registry.incident:{shootings[0].pk}"
    client.post(reverse("people:queue"), {"state_purpose": "choose", "key": key})
    return client


def shown(client, name, *words, **query):
    answer = client.get(reverse(name, args=words), query)
    return answer.status_code, answer.content.decode()


def test_a_page_says_of_each_value_whose_word_it_is(two, analyst):
    status, page = shown(analyst, "people:person", two[0].pk)
    assert status == 200
    for words in ("Lopez, Ann", "LOPEZ, ANN", "1990", "Rivermouth Police", "Assault", "26-1"):
        assert words in page
    assert "no ground for a stop" in page
    assert "Victim or witness only" in page


def test_c08_the_page_of_a_person_asks_what_for_first(two, signed_in):
    status, page = shown(signed_in(Role.CAPTAIN), "people:person", two[0].pk)
    assert status == 200
    assert "What do you open this for?" in page
    assert "Lopez" not in page


def test_c37_whoever_was_born_lately_or_on_no_known_day_is_marked_a_juvenile(involve, analyst):
    involve(ann(born="2010-01-01"), ben(born=""))
    young, unknown = Person.objects.order_by("pk")
    assert "Juvenile" in shown(analyst, "people:person", young.pk)[1]
    assert "Treated as a juvenile" in shown(analyst, "people:person", unknown.pk)[1]


def test_a_deceased_person_is_marked_so(bring, shootings, analyst):
    header = ("Case", "Role", "Person ID", "Name", "DOB", "Died")
    row = ("26-1", "Victim", "P1", "Lopez, Ann", "1990-05-01", "2026-01-04")
    bring("involvements", header, [row])
    assert "Deceased" in shown(analyst, "people:person", Person.objects.get().pk)[1]


@pytest.mark.django_db(transaction=True)
def test_c11_nobody_opens_the_page_of_somebody_they_declared(two, analyst, account):
    assert shown(analyst, "people:person", two[0].pk)[0] == 200

    with identity.showing(*identity.NOBODY):
        user = User.objects.get(username="analyst")
    with identity.acting(actor_of_user(user), Room.AGGREGATE):
        interest_declare(relation="family", name="Ann Lopez")
    assert shown(analyst, "people:person", two[0].pk)[0] == 404


def test_a_person_who_was_merged_is_found_under_the_one_who_stands(two, analyst):
    kept, gone = two
    page = shown(analyst, "people:merge", kept.pk, **{"with": gone.pk})[1]
    assert "Okafor, Ben" in page
    assert "Parts in shootings" in page
    form = {"other": gone.pk, "reason": "The same man.", "confirm": "1"}
    assert analyst.post(reverse("people:merge", args=[kept.pk]), form).status_code == 302
    page = shown(analyst, "people:person", gone.pk)[1]
    assert "The same man." in page
    assert "Lopez, Ann" in page
    undone = analyst.post(
        reverse("people:undo", args=[Merge.objects.get().pk]), {"reason": "Two after all."}
    )
    assert undone.url == reverse("people:person", args=[gone.pk])


def test_a_merge_without_the_look_before_it_does_nothing(two, analyst):
    form = {"other": two[1].pk, "reason": "The same man."}
    page = analyst.post(reverse("people:merge", args=[two[0].pk]), form).content.decode()
    assert "Okafor, Ben" in page
    assert not Merge.objects.exists()


@pytest.mark.parametrize("other", ["", "0", "99999999", "x", "9" * 30])
def test_a_person_who_is_not_there_is_said_at_the_field(two, analyst, other):
    form = {"other": other, "reason": "x", "confirm": "1"}
    answer = analyst.post(reverse("people:merge", args=[two[0].pk]), form)
    assert answer.status_code == 200
    assert not Merge.objects.exists()


def test_a_split_is_made_by_ticking_records(two, analyst):
    arrested = PersonRecord.objects.latest("pk")
    form = {"records": [arrested.pk], "reason": "Another Ann."}
    answer = analyst.post(reverse("people:split", args=[two[0].pk]), form)
    new = Person.objects.latest("pk")
    assert answer.url == reverse("people:person", args=[new.pk])
    assert "LOPEZ, ANN" in shown(analyst, "people:person", new.pk)[1]


def test_the_queue_shows_no_name_and_each_pair_shows_both_records(two, analyst):
    pair = ask(*(one.records.earliest("pk") for one in two))
    queue = shown(analyst, "people:queue")[1]
    assert f"Pair {pair.pk}" in queue
    assert "Lopez" not in queue
    page = shown(analyst, "people:pair", pair.pk)[1]
    for words in ("Lopez", "Okafor", "one letter apart", "a rare value", "Two people"):
        assert words in page


def test_this_week_says_how_many_records_wait_to_whoever_decides_and_has_said_what_for(
    two, analyst, signed_in, shootings
):
    ask(*(one.records.earliest("pk") for one in two))
    assert analyst.get("/").context["records"] == 1
    assert "Decide which records are one person" in analyst.get("/").content.decode()
    analyst.post(reverse("people:queue"), {"state_purpose": "end"})
    assert analyst.get("/").context["records"] is None
    assert "once you have said what" in analyst.get("/").content.decode()
    assert "queue_url" not in signed_in(Role.DIRECTOR).get("/").context


def test_a_decision_leads_to_the_next_pair(two, analyst):
    records = [one.records.earliest("pk") for one in two]
    first, second = ask(*records), ask(records[0], PersonRecord.objects.latest("pk"))
    answer = analyst.post(reverse("people:pair", args=[first.pk]), {"decision": "apart"})
    assert answer.url == reverse("people:pair", args=[second.pk])
    assert LinkagePair.objects.get(pk=first.pk).decided_by_id


def test_how_the_weights_have_judged_is_counted(two, analyst):
    pair = ask(*(one.records.earliest("pk") for one in two), weight=4.5)
    analyst.post(reverse("people:pair", args=[pair.pk]), {"decision": "apart"})
    assert "4 – 6" in shown(analyst, "people:queue")[1]
