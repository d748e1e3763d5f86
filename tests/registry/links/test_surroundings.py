"""What lies around somebody by one and two steps, and what of it a reader may see."""

from datetime import date

import pytest

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.services import agency_record
from ceasefire.registry.conflicts.models import Conflict
from ceasefire.registry.groups.models import Group, GroupPolicy
from ceasefire.registry.groups.services import policy_end
from ceasefire.registry.links.surroundings import Asked, Node, surroundings
from ceasefire.registry.merging.services import people_merge
from ceasefire.registry.models import Incident
from tests.registry.affiliations.conftest import person
from tests.registry.links.conftest import part
from tests.walls import as_owner

pytestmark = pytest.mark.django_db
THINGS = {Incident: "shooting", Group: "group", Conflict: "conflict"}


def around(town, **asked):
    found = surroundings(Node("person", town["ben"].pk), Asked(**asked))
    known = {Node(THINGS.get(type(one), "person"), one.pk): name for name, one in town.items()}
    return {known[node]: step for node, step in found.step.items()}


def test_one_step_gives_the_own_ties_and_two_those_of_their_ends(town, being):
    with being("officer"):
        assert around(town, steps=1) == {"ben": 0, "first": 1, "group": 1}
        near = {"ben": 0, "first": 1, "group": 1, "ann": 2, "second": 2, "conflict": 2}
        assert around(town, steps=2) == near


def test_only_chosen_kinds_and_days_are_followed(town, being):
    with being("officer"):
        assert around(town, kinds=frozenset(["part"])) == {"ben": 0, "first": 1, "ann": 2}
        assert around(town, since=date(2026, 1, 18), kinds=frozenset(["part"])) == {"ben": 0}
        assert "first" in around(town, until=date(2026, 1, 17), kinds=frozenset(["part"]))


@pytest.mark.django_db(transaction=True)
def test_c06_a_hidden_person_is_no_end_of_any_tie_and_reaches_nobody(town, being):
    county = agency_record(name="Harlow County Probation", kind="probation")
    with being("analyst"):
        hidden = person(county, family="Veiled")
        for incident in (town["first"], town["old"]):
            part(hidden, incident)
        assert "veiled" in around(town | {"veiled": hidden})
    with as_owner() as owner:
        owner.execute(
            "UPDATE investigative.registry_person SET hidden = true WHERE id = %s", [hidden.pk]
        )
    with being("officer"):
        near = around(town | {"veiled": hidden})
        assert near == around(town)
        assert "old" not in near


def test_c31_a_group_is_no_end_of_a_tie_once_the_policy_has_ended(town, being):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        policy_end(policy=GroupPolicy.objects.get(), because="Taken back by the council.")
    with being("officer"):
        assert "group" not in around(town, steps=2)


def test_ties_of_somebody_who_was_merged_are_those_of_the_one_who_stands(
    town, being, police_agency
):
    with being("analyst"):
        other = person(police_agency, family="Okafor")
        part(other, town["old"])
        people_merge(kept=town["ben"], gone=other, reason="One man.")
    with being("officer"):
        assert around(town, steps=1)["old"] == 1


def test_a_tie_is_drawn_once_and_between_those_who_are_drawn(town, being):
    with being("officer"):
        found = surroundings(Node("person", town["ben"].pk), Asked(steps=2))
        keys = [(type(tie.row), tie.row.pk) for tie in found.ties]
        assert len(keys) == len(set(keys))
        assert all({tie.one, tie.other} <= found.step.keys() for tie in found.ties)
