"""Rules are data: a city publishes its own, intelligence is only ever kept shorter."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from ceasefire.access import identity
from ceasefire.access.policies import NotPermitted
from ceasefire.access.retention.classes import RecordClass, months_after
from ceasefire.access.retention.models import RetentionRule
from ceasefire.access.retention.rules import rule_in_force, rule_set, rules_apply, rules_in_force
from tests.access.retention.conftest import TODAY, ago, as_
from tests.kept_house import Known


def publish(people, **words):
    with as_(people["administrator"]):
        return rule_set(
            **{"record_class": RecordClass.INTELLIGENCE, "effective_from": TODAY,
               "least_months": 0, "most_months": 36, "basis": "Directive 0660, city website"}
            | words
        )  # fmt: skip


def test_a_citys_rule_takes_the_place_of_the_products_from_its_day(people):
    publish(people, effective_from=TODAY + timedelta(3))
    with as_(people["analyst"]):
        assert rule_in_force(RecordClass.INTELLIGENCE, TODAY).words == "default"
        later = rule_in_force(RecordClass.INTELLIGENCE, TODAY + timedelta(3))
        assert (later.most, later.source) == (36, "Directive 0660, city website")
        assert len(rules_in_force()) == len(RecordClass)


def test_c24_intelligence_is_only_ever_kept_shorter(people):
    for months in (61, 600):
        with pytest.raises(ValidationError):
            publish(people, most_months=months)
    publish(people, most_months=36)
    with pytest.raises(ValidationError) as refusal:
        publish(people, most_months=48, effective_from=TODAY + timedelta(1))
    assert "most_months" in refusal.value.message_dict
    with pytest.raises(ValidationError):
        publish(people, most_months=30, effective_from=TODAY - timedelta(900)) and publish(
            people, most_months=36, effective_from=TODAY - timedelta(800)
        )


@pytest.mark.parametrize(
    "words", [{"most_months": 0}, {"basis": " "}, {"least_months": 12}, {"effective_from": TODAY}]
)
def test_a_rule_that_is_none_is_refused(people, words):
    publish(people)
    with pytest.raises(ValidationError):
        publish(people, **{"effective_from": TODAY + timedelta(1)} | words)


def test_a_class_that_is_no_intelligence_may_be_kept_longer(people):
    publish(people, record_class=RecordClass.CASE_FILE, least_months=48, most_months=120)
    with as_(people["analyst"]):
        assert rule_in_force(RecordClass.CASE_FILE).most == 120


def test_a_published_rule_is_never_changed(people):
    publish(people)
    with as_(people["administrator"]), connection.cursor() as cursor:
        for change in ("UPDATE access_retentionrule SET most_months = 1",
                       "DELETE FROM access_retentionrule"):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(change)
        assert RetentionRule.objects.get().set_by_id == people["administrator"].user_id


def test_nobody_but_an_administrator_with_a_name_publishes(people):
    for actor in (people["captain"], people["auditor"], identity.OPERATOR):
        with as_(actor), pytest.raises(NotPermitted):
            rule_set(
                record_class=RecordClass.INTELLIGENCE, effective_from=TODAY, least_months=0,
                most_months=12, basis="x",
            )  # fmt: skip


def test_c24_a_shorter_rule_shortens_what_is_already_kept(people, suspect):
    one = suspect(months=2)
    publish(people, most_months=12)
    with as_(identity.OPERATOR):
        assert rules_apply() == 1
        assert rules_apply() == 0
    with as_(people["analyst"]):
        assert Known.objects.get(pk=one.pk).purge_on == months_after(ago(2), 12)
        new = Known.objects.create(
            agency_id=one.agency_id, name="x", record_class="intelligence", basis_on=TODAY
        )
        assert new.purge_on == months_after(TODAY, 12)
