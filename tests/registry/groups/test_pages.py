"""The pages of groups, sources and ties, as an analyst and a captain work with them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.groups.models import Group, GroupPolicy, GroupStatement
from ceasefire.registry.groups.services import group_open, group_state
from ceasefire.registry.groups.urls import urlpatterns as of_groups
from ceasefire.registry.sources.models import Source
from tests.registry.affiliations.conftest import TODAY, draft, numbers, source
from tests.registry.groups.pages import sent, shown

DAY = timedelta(days=1)
CORNERS = "45.50, -122.70\n45.50, -122.66\n45.53, -122.66\n45.53, -122.70"
OFF = [
    *(f"groups:{one.name}" for one in of_groups if not one.name.startswith("policy")),
    "sources:new", "sources:source", "ties:due", "ties:draft", "ties:tie", "ties:cite",
    "ties:uncite", "ties:step", "conflicts:group",
]  # fmt: skip
WORDS = {"groups:say": [1, "name"], "ties:step": [1, "attest"]}
BARE = ("groups:groups", "groups:new", "sources:new", "ties:due")


@pytest.mark.parametrize("name", OFF)
def test_c31_without_a_policy_every_page_of_groups_and_ties_answers_404(at, name):
    url = reverse(name, args=WORDS.get(name, [] if name in BARE else [1]))
    client = at("analyst")
    assert client.get(url).status_code == 404
    assert client.post(url, {"name": "Dock Street", "state_purpose": "choose"}).status_code == 404


def test_c31_without_a_policy_no_menu_offers_groups(at):
    assert "/groups/" not in shown(at("analyst"), "conflicts:conflicts")


def test_an_administrator_records_the_published_policy_and_ends_it(signed_in, rivermouth):
    client = signed_in(Role.ADMINISTRATOR)
    form = {
        "document": "Directive 640.05", "published_at": "city.example/640",
        "published_on": "2025-01-01", "approved_by": "A. Reyes, chief of police",
        "effective_from": "2024-12-01",
    }  # fmt: skip
    early = sent(client, "groups:policy_record", **form).content.decode()
    assert "from the day it is published" in early
    sent(client, "groups:policy_record", **form | {"effective_from": "2025-01-01"})
    assert "approved by A. Reyes" in shown(client, "groups:policy")
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        held = GroupPolicy.objects.get()
    assert sent(client, "groups:policy_end", held.pk, because="").status_code == 200
    sent(client, "groups:policy_end", held.pk, because="Taken back by the council.")
    page = shown(client, "groups:policy")
    assert "No policy is in force" in page
    assert "Taken back by the council." in page


def test_a_group_is_entered_from_a_source_and_said_more_of(policy, at):
    client = at("analyst")
    number = f"r-{next(numbers)}"
    assert sent(client, "sources:new", form="report", number=number, on=TODAY - DAY, lawful="on",
                words="They call themselves so.", reliability="reliable",
                content="confirmed").status_code == 302  # fmt: skip
    assert (
        "No source of this number"
        in sent(client, "groups:new", name="Dock Street", source="X-9").content.decode()
    )
    made = sent(client, "groups:new", name="Dock Street", source=number)
    group = int(made.url.rstrip("/").rpartition("/")[2])
    for about, said in (
        ("alias", {"name": "Dockers"}), ("kind", {"kind": "set"}),
        ("size", {"low": 15, "high": 30}), ("activity", {"activity": "active"}),
        ("territory", {"area": CORNERS}),
    ):  # fmt: skip
        answer = sent(client, "groups:say", group, about, source=number, **said)
        assert answer.status_code == 302, answer.content.decode()
    page = shown(client, "groups:group", group)
    for words in ("Dockers", "Set", "15 to 30", "Some", "drawn on the map", number.upper()):
        assert words in page
    listed = shown(client, "groups:groups")
    assert "Dock Street" in listed
    assert 'class="territory"' in listed


@pytest.mark.parametrize(
    "area", ["x", "45.5, -122.6", "45.5 -122.7\n45.6", "1,1\n2,2\n1,2\n2,1", "99,999\n98,9\n9,9"]
)
def test_an_area_that_cannot_be_is_said_at_the_field(group, at, area):
    page = sent(at("analyst"), "groups:say", group.pk, "territory", area=area, source="X")
    assert page.status_code == 200
    assert 'class="errorlist"' in page.content.decode()


def test_a_statement_is_taken_back_and_stays_on_record(group, at, being):
    with being("analyst"):
        wrong = group_state(group=group, source=source(), about="alias", name="Harbor Boys")
    client = at("analyst")
    sent(client, "groups:withdraw", wrong.pk, because="That is another group.")
    page = shown(client, "groups:group", group.pk)
    assert "That is another group." in page
    with being("analyst"):
        assert GroupStatement.objects.get(pk=wrong.pk).withdrawn_at


def test_a_rivalry_is_seen_from_both_sides(group, at, being):
    with being("analyst"):
        other = group_open(name="Mill Hollow", source=source())
        group_state(group=group, source=source(), about="rivalry", other=other)
    client = at("officer")
    assert "Mill Hollow" in shown(client, "groups:group", group.pk)
    assert "Dock Street" in shown(client, "groups:group", other.pk)


def test_c30_a_name_of_a_religious_association_is_held(policy, at, being):
    with being("analyst"):
        cited = source()
    answer = sent(at("analyst"), "groups:new", name="Members of the mosque", source=cited.number)
    assert answer.status_code == 200
    with being("analyst"):
        assert not Group.objects.exists()


def drafting(group, *cited):
    form = {"to": f"group:{group.pk}", "role": "member", "confidence": "high",
            "suspicion": "Shots on Oak Street."}  # fmt: skip
    for nth, (one, criterion) in enumerate(cited, start=1):
        form |= {f"source_{nth}": one.number, f"criterion_{nth}": criterion}
    return form


def test_a_tie_is_drafted_attested_told_and_seen_with_its_sources(ben, group, at, being):
    with being("analyst"):
        cited = [(source(), "own_word"), (source(form="court"), "court")]
    analyst, captain, officer = at("analyst"), at("captain"), at("officer")
    made = sent(analyst, "ties:draft", ben.pk, **drafting(group, *cited))
    assert made.status_code == 302, made.content.decode()
    with being("analyst"):
        tie = Affiliation.objects.get()
    assert "Draft: not attested" in shown(analyst, "ties:due")
    assert "Attest it" not in shown(analyst, "ties:tie", tie.pk)
    shown(officer, "ties:tie", tie.pk, status=404)
    assert "Ties" not in shown(officer, "people:person", ben.pk)
    page = shown(captain, "ties:tie", tie.pk)
    for words in ("Attest it", "counts", "Okafor, Ben", "Dock Street"):
        assert words in page
    sent(captain, "ties:step", tie.pk, "attest", words="I have read both.")
    assert "has not been told" in shown(captain, "ties:due")
    sent(captain, "ties:step", tie.pk, "notice", on=TODAY, way="letter")
    page = shown(officer, "ties:tie", tie.pk)
    assert "Stands until" in page
    assert "no ground for a stop" in page
    assert "Okafor, Ben" in shown(officer, "groups:group", group.pk)
    assert "Dock Street" in shown(officer, "people:person", ben.pk)


def test_c32_a_draft_that_does_not_suffice_says_why_and_keeps_what_was_typed(ben, group, at, being):
    with being("analyst"):
        one, other = source(first_told="Tip 9"), source(first_told="Tip 9")
        third = source()
    client = at("analyst")
    answer = sent(client, "ties:draft", ben.pk, **drafting(group, (third, "arrest")))
    page = answer.content.decode()
    assert "never counts by itself" in page
    assert "Shots on Oak Street." in page
    answer = sent(
        client, "ties:draft", ben.pk, **drafting(group, (one, "named"), (other, "own_word"))
    )
    assert "count once" in answer.content.decode()
    with being("analyst"):
        assert not Affiliation.objects.exists()


def test_c32_who_drafted_a_tie_is_not_offered_to_attest_it(ben, group, at, being):
    with being("captain"):
        tie = draft(ben, group)
    client = at("captain")
    assert "Attest it" not in shown(client, "ties:tie", tie.pk)
    answer = sent(client, "ties:step", tie.pk, "attest", words="My own.")
    assert "Somebody else than the drafter" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_c33_a_tie_is_seen_to_fade_before_it_ends(standing, at):
    from tests.registry.affiliations.round_the_gate import moved

    client = at("officer")
    seen = [_faded(client, standing)]
    for left in (300, 30):
        begun = TODAY + (left - 730) * DAY
        moved(purge_on=TODAY + left * DAY, basis_on=begun, review_due=TODAY - DAY)
        seen.append(_faded(client, standing))
    assert seen == ["fresh", "fading", "nearly-gone"]
    assert "30 days left" in shown(client, "ties:tie", standing.pk)
    moved(purge_on=TODAY)
    shown(client, "ties:tie", standing.pk, status=404)


def _faded(client, tie) -> str:
    page = shown(client, "ties:tie", tie.pk)
    return next(one for one in ("nearly-gone", "fading", "fresh") if f'class="{one}"' in page)


def test_c37_juveniles_stand_apart_on_the_page_of_a_group(group, at, being, police_agency):
    from tests.registry.affiliations.conftest import person

    with being("analyst"):
        tie = draft(person(police_agency, born=None, family="Young"), group)
        assert tie.juvenile
    page = shown(at("analyst"), "groups:group", group.pk)
    assert page.index("Juveniles, kept apart") < page.index("Young, Ben")


def test_two_sources_that_go_back_to_one_are_joined_on_the_page(standing, at, being):
    with being("analyst"):
        one, other = Source.objects.filter(citations__affiliation=standing).order_by("pk")
    client = at("analyst")
    sent(client, "sources:source", one.pk, other=other.number)
    assert other.number in shown(client, "sources:source", one.pk)
    assert "a source is missing" in shown(client, "ties:due")


def test_a_tie_that_is_ended_leads_back_to_the_person(standing, at):
    answer = sent(at("captain"), "ties:step", standing.pk, "end", words="It was his cousin.")
    assert answer.url == reverse("people:person", args=[standing.person_id])
    shown(at("captain"), "ties:tie", standing.pk, status=404)


def test_a_list_of_ties_asks_the_names_door_once_whatever_its_length(
    group, being, police_agency, django_assert_max_num_queries
):
    from ceasefire.registry.affiliations import labels, selectors
    from tests.registry.affiliations.conftest import person

    with being("analyst"):
        for _nth in range(6):
            draft(person(police_agency), group)
        with django_assert_max_num_queries(6):
            assert len(labels.rows(selectors.ties())) == 6
