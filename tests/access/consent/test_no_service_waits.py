"""Help never depends on signing: nothing in the schema or the roles could make it so."""

import pytest
from django.apps import apps
from django.db import connection

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.consent.models import Consent, ConsentNotice
from ceasefire.access.partitions import Room
from ceasefire.access.policies import declared
from ceasefire.access.roles import STANDINGS
from ceasefire.access.walls import blueprint
from tests.house import CaseNote, CasePlan


def test_c15_no_model_points_at_a_consent_but_the_notice_of_its_end():
    pointing = {
        model
        for model in apps.get_models(include_auto_created=True)
        for one in model._meta.get_fields()
        if one.is_relation and one.related_model is Consent and not one.auto_created
    }
    assert pointing == {ConsentNotice}


@pytest.mark.django_db
def test_c15_no_constraint_of_the_database_points_at_a_consent():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = 'services.access_consent'::regclass"
        )
        assert [name.rpartition(".")[2] for (name,) in cursor] == ["access_consentnotice"]


@pytest.mark.django_db
def test_c15_no_table_asks_for_a_consent_before_it_takes_a_row():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, cmd FROM pg_policies WHERE with_check LIKE '%consent%'"
            " OR (cmd <> 'SELECT' AND qual LIKE '%consent%')"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT tablename FROM pg_policies WHERE qual LIKE '%wall.consented%'")
        assert cursor.fetchall() == [("house_caseplan",)]


def test_c15_a_refused_client_is_helped_all_the_same(people, agencies, say, plan):
    no = say("declined")
    with identity.acting(people["owner"], Room.SERVICES):
        CaseNote.objects.create(agency=agencies["owner"], words="first contact")
        CasePlan.objects.create(agency=agencies["owner"], client=12, words="a second plan")
        assert CasePlan.objects.count() == 2
    assert no.is_refusal


def test_c15_no_standing_passes_a_refusal(people, agencies, say, plan, account):
    """Whoever the roles are given to: what the client refused stays where it is."""
    say()
    say("declined")
    for standing in STANDINGS:
        if standing.agency_kind != agencies["partner"].kind:
            continue
        name = f"{standing.role}-here"
        actor = actor_of_user(account(standing.role, agencies["partner"], username=name))
        with identity.acting(actor, Room.SERVICES), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM services.house_caseplan")
            assert cursor.fetchone() == (0,)
            assert CasePlan.objects.count() == 0


def test_c15_nothing_that_opens_by_consent_may_be_declared_for_law_enforcement_or_for_changing():
    for model, policy in declared().items():
        for one in policy.opened:
            assert {standing.role.room for standing in one.to} == {policy.room} == {Room.SERVICES}
            said = str([blueprint._allowed(model, policy, policy.full, policy.limited)])
            assert "consented" not in said
