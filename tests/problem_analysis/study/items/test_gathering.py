"""What a study reads of people and groups: bounded, each once, and no more than stands."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ceasefire.access import identity, purposes
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.study import group_facts, people
from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.registry.affiliations import services as ties
from ceasefire.registry.conflicts.services import conflict_open, party_add, shooting_link
from ceasefire.registry.groups.services import group_open, group_state, policy_end
from ceasefire.registry.merging.services import people_merge
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import Involvement, Person
from tests.registry.affiliations.conftest import AGO, TODAY, draft, source
from tests.registry.people.conftest import ann
from tests.registry.people.conftest import ben as benjamin
from tests.registry.people.test_files import ARRESTS

PLAN = Plan(date(2026, 1, 1), date(2026, 6, 30))
DAY = timedelta(days=1)


def gather(shootings, plan=PLAN):
    return people.gather([one.pk for one in shootings], plan)


def arrest(number, person, name, born, on="2026-02-02", case=""):
    return (number, on, person, name, born, "Assault", "F", case)


def test_of_people_outside_of_the_study_nothing_is_read_but_ties(involve, shootings):
    involve(ann(), benjamin())
    found = gather(shootings[:1])
    assert [*found.involved["side"]] == ["victim"]
    assert found.hurt["person"].nunique() == 1


def test_two_records_that_turn_out_to_be_one_person_count_once(involve, shootings):
    involve(ann(), ann("26-2", number="P9", given="Anna", born="1990-05-02"))
    one, other = Person.objects.order_by("pk")
    assert len(gather(shootings).side("victim")) == 2
    people_merge(kept=one, gone=other, reason="The same woman.")
    assert len(gather(shootings).side("victim")) == 1


def test_shot_before_is_read_from_before_the_study_and_from_no_unfounded_shooting(
    involve, shoot, shootings
):
    earlier, unfounded = (
        shoot(date(2025, month, 3), incident_number=f"25-{month}") for month in (3, 4)
    )
    involve(ann(), ann("25-3"), ann("25-4"))
    Incident.objects.filter(pk=unfounded.pk).update(
        verification="unfounded", verification_reason="A firework."
    )
    found = gather(shootings)
    assert {*found.before("victim", found.hurt)["incident"]} == {earlier.pk}


def test_what_an_agency_dropped_is_not_read(involve, shootings):
    involve(ann(), ann("26-2"))
    part = Involvement.objects.order_by("pk").last()
    Involvement.objects.filter(pk=part.pk).update(
        withheld_at=timezone.now(), review_due=TODAY + DAY
    )
    found = gather(shootings)
    assert len(found.involved) == len(found.hurt) == 1


def test_as_known_earlier_what_was_dropped_later_is_read_and_what_came_later_is_not(
    involve, bring, shootings
):
    involve(ann(), benjamin())
    bring("arrests", ARRESTS, [arrest("A1", "P1", "LOPEZ, ANN", "1990-05-01", on="2025-02-02")])
    numbers, (first, second) = [one.pk for one in shootings], Involvement.objects.order_by("pk")
    then = timezone.now()
    Involvement.objects.filter(pk=second.pk).update(known_from=then + DAY)
    Involvement.objects.filter(pk=first.pk).update(withheld_at=then + DAY, review_due=TODAY + DAY)
    earlier = people.gather(numbers, PLAN, then)
    assert [*earlier.involved["person"]] == [first.person_id]
    assert len(earlier.contacts) == 1
    later = people.gather(numbers, PLAN, then + 2 * DAY)
    assert [*later.involved["person"]] == [second.person_id]
    assert people.gather(numbers, PLAN, first.known_from) is None


def test_one_report_ties_those_that_it_names(involve, bring, shootings):
    involve(ann(), benjamin())
    bring("arrests", ARRESTS, [
        arrest("A1", "P1", "LOPEZ, ANN", "1990-05-01"),
        arrest("A1", "P2", "OKAFOR, BEN", "1988-11-23"),
        arrest("A2", "P2", "OKAFOR, BEN", "1988-11-23", on="2026-02-03"),
    ])  # fmt: skip
    found = gather(shootings).together
    assert [*found["kind"]] == ["arrest", "arrest"]
    assert found["person"].nunique() == 2
    assert found["event"].nunique() == 1


def test_arrests_of_one_event_are_tied_though_each_has_a_number_of_its_own(
    involve, bring, shootings
):
    involve(ann(), benjamin())
    bring("arrests", ARRESTS, [
        arrest("A1", "P1", "LOPEZ, ANN", "1990-05-01", case="A000183"),
        arrest("A2", "P2", "OKAFOR, BEN", "1988-11-23", case="A000183"),
        arrest("A3", "P2", "OKAFOR, BEN", "1988-11-23", on="2026-02-03", case="A000184"),
    ])  # fmt: skip
    found = gather(shootings).together
    assert (found["person"].nunique(), found["event"].nunique(), len(found)) == (2, 1, 2)


def test_victim_and_suspect_of_one_shooting_are_not_tied_by_it(involve, shootings):
    involve(ann(), benjamin("26-1"))
    assert gather(shootings).together.empty


@pytest.fixture
def linked(being, group, shoot):
    """Dock Street at odds with Mill Hollow; of four shootings one each way, one by nobody known,
    one outside of the study."""
    made = [shoot(TODAY - n * DAY, incident_number=f"L-{n}") for n in (30, 20, 10, 5)]
    with being("analyst"):
        other = group_open(name="Mill Hollow", source=source())
        group_state(group=group, source=source(), about="size", low=10, high=25)
        group_state(group=group, source=source(), about="alliance", other=other)
        conflict = conflict_open(
            name="Dock and Mill", kind="feud", state="active", began_on=TODAY - AGO,
            newest_on=TODAY, one_side="Dock Street", other_side="Mill Hollow",
        )  # fmt: skip
        one, two = conflict.sides.order_by("place")
        for side, party in ((one, group), (two, other)):
            party_add(side=side, group=party, source=source())
        for incident, by in zip(made, (one, two, None, one), strict=True):
            shooting_link(conflict=conflict, incident=incident, by_side=by, reason="Reviewed.")
    return made, group, other


def _of(made, people=None):
    return group_facts.gather([one.pk for one in made[:3]], people)


def test_groups_sides_and_pairs_as_they_stand(linked, being):
    made, group, other = linked
    with being("analyst"):
        facts = _of(made)
    assert {*facts.sides.itertuples(index=False, name=None)} == {
        (made[0].pk, group.pk, "suspect"), (made[0].pk, other.pk, "victim"),
        (made[1].pk, other.pk, "suspect"), (made[1].pk, group.pk, "victim"),
        (made[2].pk, group.pk, ""), (made[2].pk, other.pk, ""),
    }  # fmt: skip
    # The conflict was told of after the alliance.
    assert [*facts.pairs.itertuples(index=False, name=None)] == [(group.pk, other.pk, "rivalry")]
    sizes = facts.groups.set_index("group")
    assert [*sizes.loc[group.pk]] == [10, 25]
    assert sizes.loc[other.pk].isna().all()
    assert facts.label(other.pk) == {"group": other.pk, "nth": 2}


def test_c32_only_a_tie_that_stands_places_a_shooting_with_a_group(linked, being, ben):
    made, group, _other = linked
    part = people.People(
        *(people._frame(columns, rows, dates) for columns, rows, dates in (
            ((*people.INVOLVED, "side"),
             [(ben.pk, made[2].pk, TODAY, "victim", 30, "", "", None, "victim")], ("on",)),
            (people.CONTACTS, [], ()), (people.TERMS, [], ()), (people.COURT, [], ()),
        ))
    )  # fmt: skip
    with being("analyst"):
        tie = draft(ben, group)
        assert not _sided(_of(made, part), made[2], group)
    with being("captain"):
        ties.tie_attest(tie=tie, words="I have read both.")
        assert not _sided(_of(made, part), made[2], group)
        ties.notice_give(tie=tie, on=TODAY, way="letter")
        facts = _of(made, part)
    assert _sided(facts, made[2], group) == {"victim"}
    assert ben.pk not in facts.sides.to_numpy().ravel()


def _sided(facts, incident, group):
    of = facts.sides
    return {*of.loc[(of["incident"] == incident.pk) & (of["group"] == group.pk), "side"]} - {""}


def test_c31_once_the_policy_ends_no_group_is_read(linked, being, policy):
    made, *_groups = linked
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        policy_end(policy=policy, because="Taken back by the council.")
    with being("analyst"):
        assert _of(made) is None


def test_c08_groups_wait_for_a_purpose(linked, staff):
    made, *_groups = linked
    with identity.acting(staff["analyst"], Room.INVESTIGATIVE):
        assert purposes.current() is None
        assert _of(made) is None
