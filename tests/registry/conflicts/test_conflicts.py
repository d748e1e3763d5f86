"""Conflicts: what their verbs and the database hold to."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.conflicts import selectors, services
from ceasefire.registry.conflicts.models import (
    Conflict,
    ConflictEvent,
    ConflictShooting,
    Dispute,
    GroupParty,
    Side,
)
from ceasefire.registry.groups.services import policy_end
from ceasefire.registry.models import Incident
from tests.registry.affiliations.conftest import TODAY, draft, source
from tests.registry.conflicts.conftest import DISPUTE, feud

DAY = timedelta(days=1)


def link(conflict, incident, side=None, **more):
    return services.shooting_link(
        conflict=conflict, incident=incident, by_side=side, reason="The same corners.", **more
    )


def test_the_timeline_says_how_long_after_the_other_side_a_side_fired(conflict, being, shoot):
    shot = [shoot(TODAY - days * DAY, incident_number=f"T-{days}") for days in (30, 20, 18, 5)]
    with being("analyst"):
        one, other = selectors.sides(conflict)
        for incident, side in zip(shot, (one, other, other, one), strict=True):
            link(conflict, incident, side)
        services.event_add(conflict=conflict, on=TODAY + DAY, kind="funeral", words="At noon.")
        told = selectors.timeline(conflict)
    assert [entry.after for entry in told] == [None, 10, 12, 13, None]
    assert [entry.place for entry in told] == [1, 2, 2, 1, 0]
    assert told[-1].event.kind == "funeral"


def test_a_shooting_is_linked_once_and_what_is_new_is_said_of_the_link(conflict, being, shoot):
    incident = shoot(TODAY - DAY, incident_number="T-1")
    with being("analyst"):
        side = selectors.sides(conflict)[0]
        first = link(conflict, incident)
        assert link(conflict, incident, side).pk == first.pk
        assert ConflictShooting.objects.get().by_side == side
        services.part_remove(conflict=conflict, part=first)
        services.part_remove(conflict=conflict, part=first)
        assert not ConflictShooting.objects.exists()


def test_one_shooting_began_a_conflict(conflict, being, shoot):
    shot = [shoot(TODAY - DAY, incident_number=f"T-{n}") for n in range(2)]
    with being("analyst"):
        link(conflict, shot[0], began_it=True)
        with pytest.raises(ValidationError) as refusal:
            link(conflict, shot[1], began_it=True)
        assert "began_it" in refusal.value.message_dict


def test_a_state_changes_once_and_stands_on_the_timeline(conflict, being):
    with being("analyst"):
        for _twice in range(2):
            services.state_change(conflict=conflict, state="cooling", on=TODAY, words="Quiet.")
        assert Conflict.objects.get().state == "cooling"
        assert ConflictEvent.objects.get().state == "cooling"


def test_of_days_to_come_only_those_to_watch_are_kept(conflict, being):
    with being("analyst"):
        for kind in ConflictEvent.Kind.values:
            if kind == "state":
                continue
            told = {"conflict": conflict, "on": TODAY + 9 * DAY, "kind": kind, "words": "There."}
            if kind in ConflictEvent.WATCHED:
                services.event_add(**told)
            else:
                with pytest.raises(ValidationError):
                    services.event_add(**told)
        assert ConflictEvent.objects.count() == 3


def test_c31_with_groups_off_a_conflict_links_shootings_alone(
    conflict, group, ben, policy, being, shoot
):
    with being("analyst"):
        side = selectors.sides(conflict)[0]
        services.party_add(side=side, group=group, source=source())
        draft(ben, None, side=side, role="party")
        link(conflict, shoot(TODAY - DAY, incident_number="T-1"), side)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        policy_end(policy=policy, because="Taken back.")
    with being("analyst"):
        assert not GroupParty.objects.exists()
        assert selectors.people_on(side) == []
        assert len(selectors.timeline(conflict)) == 1
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(
                "INSERT INTO investigative.registry_groupparty (side_id, group_id, source_id,"
                " made_at) VALUES (%s, %s, 1, now())",
                [side.pk, group.pk],
            )


def test_c32_a_person_is_tied_to_a_side_by_the_same_gate(conflict, ben, group, being):
    with being("analyst"):
        side = selectors.sides(conflict)[0]
        with pytest.raises(ValidationError):
            draft(ben, None, side=side, role="party", citations=[(source(), "arrest")])
        tie = draft(ben, None, side=side, role="party")
    with being("officer"):
        assert selectors.people_on(side) == []
    with being("captain"):
        from ceasefire.registry.affiliations.services import notice_give, tie_attest

        tie_attest(tie=tie, words="I have read both.")
        notice_give(tie=tie, on=TODAY, way="letter")
    with being("officer"):
        assert [one.name for one in selectors.people_on(side)] == ["Okafor, Ben"]
        assert Affiliation.objects.get().role == "party"


def test_a_group_is_on_one_side_only(conflict, group, being):
    with being("analyst"):
        one, other = selectors.sides(conflict)
        services.party_add(side=one, group=group, source=source())
        services.party_add(side=one, group=group, source=source())
        with pytest.raises(ValidationError):
            services.party_add(side=other, group=group, source=source())
        assert GroupParty.objects.count() == 1


def test_c30_words_about_beliefs_are_held_in_a_conflict_and_in_a_dispute(conflict, being):
    with being("analyst"):
        with pytest.raises(ValidationError):
            services.event_add(
                conflict=conflict, on=TODAY, kind="fight", words="After the protest downtown."
            )
        with pytest.raises(ValidationError):
            services.dispute_write(**DISPUTE | {"why": "He is undocumented."})


def test_a_dispute_is_reviewed_once_by_a_supervisor_who_did_not_write_it(conflict, being):
    told = {"outcome": "conflict", "review_words": "It is the same two corners."}
    with being("officer"):
        written = services.dispute_write(**DISPUTE)
        with pytest.raises(ValidationError):
            services.dispute_review(dispute=written, conflict=conflict, **told)
    with being("captain"):
        own = services.dispute_write(**DISPUTE)
        with pytest.raises(ValidationError):
            services.dispute_review(dispute=own, conflict=conflict, **told)
        with pytest.raises(ValidationError):
            services.dispute_review(dispute=written, **told)
        services.dispute_review(dispute=written, conflict=conflict, **told)
    with being("analyst"), pytest.raises((ValidationError, NotPermitted)):
        services.dispute_review(dispute=own, outcome="closed", review_words="Settled.")
    with being("captain2"):
        services.dispute_review(dispute=own, outcome="watch", review_words="Nothing yet.")
        services.dispute_review(dispute=own, outcome="closed", review_words="Settled.")
        with pytest.raises(ValidationError):
            services.dispute_review(dispute=own, outcome="closed", review_words="Again.")
        assert Dispute.objects.get(pk=written.pk).reviewed_by_id


def test_nobody_but_the_citys_police_finds_a_conflict(conflict, being):
    with being("officer"):
        assert (Conflict.objects.count(), Side.objects.count()) == (1, 2)
    for who in ("director", "outreach", "probation"):
        with being(who):
            assert (Conflict.objects.count(), Side.objects.count()) == (0, 0)


def test_c08_nobody_finds_a_conflict_without_saying_what_for(conflict, staff):
    with identity.acting(staff["officer"]):
        assert (Conflict.objects.count(), Side.objects.count()) == (0, 0)


def test_c24_a_conflict_is_kept_five_years_after_its_newest_fact_at_most(being, rivermouth):
    with being("analyst"):
        with pytest.raises(ValidationError):
            feud(began_on=TODAY - 2000 * DAY, newest_on=TODAY - 1900 * DAY)
        assert feud().purge_on <= TODAY + timedelta(days=5 * 366)
        assert Incident.objects.count() >= 1
