"""A group audit: what stands is confirmed or said anew, by the session, and of groups alone."""

import pytest
from django.core.exceptions import ValidationError

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.sessions import selectors, services
from ceasefire.problem_analysis.sessions.auditing import Said, group_walk
from ceasefire.problem_analysis.sessions.models import Session, Walked
from ceasefire.registry.groups.selectors import picture_of
from ceasefire.registry.groups.services import group_open, group_state, policy_end
from ceasefire.registry.sources.models import Source
from tests.problem_analysis.sessions.conftest import DAY, TODAY, plan
from tests.registry.affiliations.conftest import source


def test_what_is_new_is_kept_with_the_session_as_its_source(audit, group, being):
    with being("analyst"):
        other = group_open(name="Mill Hollow", source=source())
        said = Said(size=(10, 25), activity="active", rivals=[other], allies=[])
        for _twice in range(2):
            group_walk(session=audit, group=group, said=said, last_violence_on=TODAY - DAY)
        found = picture_of(group)
        assert {one.source.form for one in found.newest.values() if one.about != "name"} == {
            Source.Form.SESSION
        }
        assert found.others("rivalry") == [other]
        assert not Walked.objects.get().unchanged


def test_confirming_unchanged_adds_no_statement(audit, group, being):
    with being("analyst"):
        group_state(group=group, source=source(), about="size", low=5, high=9)
        before = group.statements.count()
        group_walk(session=audit, group=group, said=Said(size=(5, 9)))
        assert group.statements.count() == before
        assert Walked.objects.get().unchanged


def test_a_rivalry_that_the_session_does_not_confirm_is_taken_back(audit, group, being):
    with being("analyst"):
        other = group_open(name="Mill Hollow", source=source())
        group_state(group=group, source=source(), about="rivalry", other=other)
        group_walk(session=audit, group=other, said=Said(rivals=[]))
        assert picture_of(group).others("rivalry") == []


def test_groups_not_gone_through_are_listed_and_closing_says_so(audit, group, being):
    with being("analyst"):
        assert [one.name for one in selectors.not_walked(audit)] == ["Dock Street"]
        with pytest.raises(ValidationError):
            services.session_close(session=audit)
        group_walk(session=audit, group=group)
        services.session_close(session=audit)
        assert audit.minutes["left"] == {"groups": 0}
        assert audit.minutes["groups"] == [group.pk]


def test_c39_the_day_of_the_last_violence_was_before_the_session(audit, group, being):
    with being("analyst"), pytest.raises(ValidationError):
        group_walk(session=audit, group=group, last_violence_on=TODAY + DAY)


def test_a_group_is_gone_through_in_an_audit_alone(review, group, being):
    with being("analyst"), pytest.raises(ValidationError):
        group_walk(session=review, group=group)


def test_c31_without_a_policy_there_is_no_audit(audit, policy, being):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        policy_end(policy=policy, because="Taken back by the council.")
    with being("analyst"):
        assert not Session.objects.filter(kind="group_audit").exists()
        with pytest.raises(ValidationError):
            plan(kind="group_audit", title="Another", window_start=None, window_end=None)
