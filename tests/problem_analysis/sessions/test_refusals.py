"""What is refused in a session is said in the user's language, before the database says it."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from ceasefire.access import identity
from ceasefire.access.models import Agency, User
from ceasefire.access.services import agency_record
from ceasefire.problem_analysis.sessions import requiring, selectors, services
from ceasefire.problem_analysis.sessions.auditing import group_walk
from tests.problem_analysis.sessions.conftest import CODE, NOT, code, plan

JUDGED = {one: CODE[one] for one in ("involvement", "basis", "motivated", "circumstance")}


@pytest.fixture(autouse=True)
def in_another_language(monkeypatch):
    monkeypatch.setattr(requiring, "_", lambda words: f"¡{words}")


def refused(match, verb, *args, **more):
    with pytest.raises(ValidationError, match=f"¡[^¡]*{match}"):
        verb(*args, **more)


def settle(listed):
    return services.code_settle(listed=listed, words="Both were read.", **JUDGED)


def contest(listed):
    return services.code_contest(listed=listed, reason="It is wrong.")


def test_what_is_refused_of_codes_is_said_in_the_readers_language(due, once, being):
    with being("officer"):
        refused("Nobody has coded", contest, once)
        refused("Nothing is contested", settle, once)
        code(due)
        refused("still to come", contest, due)
        refused("You have coded", code, due, **NOT)
    with being("captain"):
        code(once)
        contest(once)
        refused("has not coded", settle, once)
    with being("analyst"):
        refused("meanwhile", code, once)


def test_what_is_refused_because_of_a_sessions_state_is_said_so_too(once, review, group, being):
    with being("analyst"):
        later = plan(title="Later")
        refused("open it first", services.session_close, session=later)
        refused("in a group audit alone", group_walk, session=review, group=group)
        services.session_close(session=review, words="Enough.")
        refused("is closed", code, once)
        refused("is closed", services.attendance_enter, session=review, username="officer")


def test_without_a_policy_a_group_audit_is_refused_in_words(review, being):
    with being("analyst"):
        refused("Groups are off", plan, kind="group_audit", title="Audit")


def test_a_guest_of_outreach_is_refused_in_words(review, being):
    with identity.acting(identity.OPERATOR):
        outreach = agency_record(name="Lantern", kind=Agency.Kind.COMMUNITY)
    told = {"session": review, "name": "Rosa Delgado", "agency": outreach, "token": uuid4()}
    with being("analyst"):
        refused("Only law enforcement", services.guest_attest, **told)


def test_a_session_is_chaired_by_an_analyst_or_a_captain_and_by_nobody_else(review, staff, being):
    with being("analyst"):
        who = {one.pk: one for one in selectors.may_chair()}
        assert set(who) == {staff[one].user_id for one in ("analyst", "captain", "captain2")}
        made = plan(title="Chaired", chair=who[staff["captain"].user_id])
        assert made.chair_id == staff["captain"].user_id
        for name in ("officer", "probation", "outreach"):
            other = User.objects.only("pk").get(pk=staff[name].user_id)
            with pytest.raises(ValidationError) as refusal:
                plan(title="Chaired otherwise", chair=other)
            assert "chair" in refusal.value.message_dict
