"""The gate of ties: what the product refuses in words, the database refuses by itself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention.classes import months_after
from ceasefire.registry.affiliations import services
from ceasefire.registry.affiliations.models import Affiliation, Citation, TieStep
from ceasefire.registry.groups.models import Group, GroupStatement
from ceasefire.registry.groups.services import group_state, policy_end
from ceasefire.registry.sources.services import sources_join
from tests.registry.affiliations.conftest import (
    AGO,
    TODAY,
    draft,
    person,
    publish,
    source,
    two,
)
from tests.registry.affiliations.round_the_gate import (
    DAY,
    bare,
    committed,
    moved,
    raw,
    refused_by_the_database,
    shown,
)
from tests.threads import together


def test_c31_without_a_published_policy_there_is_no_group_and_no_tie(police_agency, being):
    with being("analyst"):
        with pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
            source()
        told = refused_by_the_database(
            lambda: raw(
                "INSERT INTO investigative.registry_group (quiet, record_class, basis_on, purge_on,"
                " trace, hidden, made_at, agency_id) SELECT false, 'intelligence', current_date,"
                " current_date + 9, gen_random_uuid(), false, now(), %s",
                police_agency.pk,
            )
        )
    assert "groups are off" in told


def test_c31_when_the_policy_ends_every_group_and_tie_is_gone_at_once(standing, policy, being):
    with being("officer"):
        assert shown() == (1, 1)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        policy_end(policy=policy, because="The council took it back.")
    for who in ("officer", "analyst", "captain"):
        with being(who):
            assert shown() == (0, 0)
            for model in (Group, GroupStatement, Citation, TieStep):
                assert not model.objects.exists()
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        assert publish().pk != policy.pk  # ended stays ended; a new one opens it again


def test_c29_a_tie_without_reasonable_suspicion_is_refused(ben, group, being):
    with being("analyst"):
        with pytest.raises(ValidationError) as refusal:
            draft(ben, group, suspicion="  ")
        assert "suspicion" in refusal.value.message_dict
        refused_by_the_database(lambda: bare(ben, group, suspicion=""))


def test_c29_what_was_not_obtained_lawfully_is_no_source(policy, being):
    with being("analyst"), pytest.raises(ValidationError) as refusal:
        source(lawful=False)
    assert "lawful" in refusal.value.message_dict


@pytest.mark.parametrize("words", ["He attended the protest downtown.", "He is undocumented."])
def test_c30_politics_and_immigration_are_held_before_they_are_kept(ben, group, being, words):
    with being("analyst"):
        with pytest.raises(ValidationError) as refusal:
            draft(ben, group, suspicion=words)
        assert "suspicion" in refusal.value.message_dict
        with pytest.raises(ValidationError):
            source(words=words)
        assert shown() == (0, 0)


@pytest.mark.parametrize(
    "citations",
    [
        lambda: [(source(), "arrest")],
        lambda: [(source(), "own_word")],
        lambda: [(source(first_told="Tip 14"), "named"), (source(first_told="tip-14"), "court")],
        lambda: [(source(form="tip"), "named"), (source(form="online"), "own_word")],
        lambda: [(source(), one) for one in ("place", "kinship", "clothing", "online", "arrest")],
    ],
    ids=["one arrest", "one source", "two of one tip", "tip and post", "never alone"],
)
def test_c32_two_independent_qualifying_sources_or_there_is_no_tie(ben, group, being, citations):
    with being("analyst"):
        with pytest.raises(ValidationError) as refusal:
            draft(ben, group, citations=citations())
        assert "citations" in refusal.value.message_dict
        tie = bare(ben, group)
        for one, criterion in citations():
            Citation.objects.create(affiliation=tie, source=one, criterion=criterion)
    with being("captain"):
        told = refused_by_the_database(
            lambda: TieStep.objects.create(affiliation=tie, kind="attest", words="So it is.")
        )
    assert "two independent qualifying sources" in told


def test_c32_a_supervisor_attests_and_is_not_the_drafter(ben, group, being):
    with being("captain"):
        own = draft(ben, group)
        with pytest.raises(ValidationError):
            services.tie_attest(tie=own, words="I have read both.")
        told = refused_by_the_database(
            lambda: TieStep.objects.create(affiliation=own, kind="attest", words="Mine.")
        )
        assert "somebody else than the drafter" in told
    with being("analyst"), pytest.raises(ValidationError):
        services.tie_attest(tie=own, words="I am no supervisor.")
    with being("officer"), pytest.raises(NotPermitted):
        services.tie_attest(tie=own, words="Nor am I.")


def test_c32_nobody_writes_what_follows_from_the_steps(standing, being):
    for column, value in (
        ("attested_at", "now()"), ("notified_on", "current_date"), ("grounds", "9"),
        ("contest_due", "NULL"), ("purge_on", "current_date + 900"), ("record_class", "'x'"),
    ):  # fmt: skip
        with being("analyst"):
            told = refused_by_the_database(
                lambda column=column, value=value: raw(
                    f"UPDATE investigative.registry_affiliation SET {column} = {value}"
                )
            )
            assert "permission denied" in told


def test_c32_a_step_stays_as_it_was_taken(standing, being):
    with being("captain"):
        for words in (
            "UPDATE investigative.registry_tiestep SET words = 'x'",
            "DELETE FROM investigative.registry_tiestep",
        ):
            assert "permission denied" in refused_by_the_database(lambda words=words: raw(words))


def test_c32_a_tie_that_loses_a_source_is_shown_to_nobody(standing, being):
    with being("analyst"):
        services.citation_withdraw(citation=standing.citations.first())
    with being("officer"):
        assert shown() == (0, 0)
    with being("analyst"):
        services.tie_cite(tie=standing, source=source(), criterion="took_part")
    with being("officer"):
        assert shown() == (1, 1)


def test_c32_sources_that_turn_out_to_be_one_count_once_from_then_on(standing, being):
    with being("analyst"):
        one, other = (cited.source for cited in standing.citations.select_related("source"))
        sources_join(one=one, other=other)
    with being("officer"):
        assert shown() == (0, 0)


def test_c32_time_runs_from_the_newest_source_that_counts(ben, group, being):
    with being("analyst"):
        old = [(source(on=TODAY - 10 * AGO), "own_word"), (source(on=TODAY - 8 * AGO), "court")]
        weak = [(source(on=TODAY - DAY), "clothing")]
        tie = draft(ben, group, citations=old + weak)
        assert tie.basis_on == TODAY - 8 * AGO
        assert tie.purge_on == months_after(tie.basis_on, 24)
        assert tie.review_due == tie.basis_on + (tie.purge_on - tie.basis_on) // 2
        Affiliation.objects.filter(pk=tie.pk)
        later = bare(person(ben.agency), group, basis_on=TODAY)
        for one, criterion in two():
            Citation.objects.create(affiliation=later, source=one, criterion=criterion)
    with being("captain"):
        told = refused_by_the_database(
            lambda: TieStep.objects.create(affiliation=later, kind="attest", words="Yes.")
        )
    assert "newest qualifying source" in told


@committed
def test_c33_on_the_day_that_a_tie_ends_it_is_gone_for_everybody(standing, being):
    moved(purge_on=TODAY + DAY, review_due=TODAY)
    with being("officer"):
        assert shown() == (1, 1)
    moved(purge_on=TODAY)
    for who in ("officer", "analyst", "captain"):
        with being(who):
            assert shown() == (0, 0)
            assert not Citation.objects.exists()
            assert not TieStep.objects.exists()


def test_c33_twenty_four_months_are_the_most(ben, group, being):
    with being("analyst"):
        told = refused_by_the_database(
            lambda: bare(ben, group, purge_on=months_after(TODAY - AGO, 24) + DAY)
        )
    assert "purge_on" in told


def test_c40_before_notice_a_tie_is_there_for_nobody_but_those_who_work_on_it(ben, group, being):
    with being("analyst"):
        tie = draft(ben, group)
    seen = {}
    for step in ("drafted", "attested", "told"):
        with being("captain"):
            if step == "attested":
                services.tie_attest(tie=tie, words="I have read both.")
            if step == "told":
                services.notice_give(tie=tie, on=TODAY, way="in_person")
        for who in ("officer", "analyst", "captain"):
            with being(who):
                seen[step, who] = shown()
    assert [seen[step, "officer"] for step in ("drafted", "attested", "told")] == [
        (0, 0), (0, 0), (1, 1),
    ]  # fmt: skip
    assert {seen[one] for one in seen if one[1] != "officer"} == {(1, 1)}


@committed
def test_c40_notice_waits_by_a_dated_approval_of_another_and_no_longer(ben, group, being):
    with being("analyst"):
        tie = draft(ben, group)
    with being("captain"):
        services.tie_attest(tie=tie, words="I have read both.")
        with pytest.raises(ValidationError):
            services.delay_ask(tie=tie, until=TODAY + 31 * DAY, words="A search comes first.")
        delay = services.delay_ask(tie=tie, until=TODAY + 30 * DAY, words="A search comes first.")
        with pytest.raises(ValidationError):
            services.delay_approve(delay=delay, words="My own.")
        refused_by_the_database(
            lambda: TieStep.objects.create(
                affiliation=tie, kind="approve", answers=delay, words="Mine."
            )
        )
    with being("officer"):
        assert shown() == (0, 0)
    with being("captain2"):
        services.delay_approve(delay=delay, words="The warrant is signed.")
    with being("officer"):
        assert shown() == (1, 1)
    moved(delayed_until=TODAY - DAY)
    with being("officer"):
        assert shown() == (0, 0)
    with being("analyst"):
        again = services.delay_ask(tie=tie, until=TODAY + DAY, words="One day more.")
    with being("captain"):
        services.delay_approve(delay=again, words="One day.")
    with being("officer"):
        assert shown() == (1, 1)


@committed
def test_c41_a_contest_that_is_overdue_hides_the_tie_until_it_is_decided(standing, being):
    with being("analyst"):
        with pytest.raises(ValidationError):
            services.contest_open(tie=standing, until=TODAY + 31 * DAY, words="Not me.")
        services.contest_open(tie=standing, until=TODAY + 30 * DAY, words="It was his cousin.")
    with being("officer"):
        assert shown() == (1, 1)
    moved(contest_due=TODAY - DAY)
    for who, there in (("officer", 0), ("analyst", 0), ("captain2", 1)):
        with being(who):
            assert shown() == (there, there)
    with being("captain"), pytest.raises(ValidationError):
        services.contest_uphold(tie=standing, words="I attested it, and it stands.")
    with being("captain2"):
        services.contest_uphold(tie=standing, words="Both reports name him by his number.")
    with being("officer"):
        assert shown() == (1, 1)


def test_c41_a_tie_that_is_ended_is_gone_for_everybody(standing, being):
    with being("captain"):
        services.tie_end(tie=standing, words="It was his cousin.")
        assert shown() == (0, 0)


def test_nobody_but_the_citys_police_finds_a_tie(standing, being):
    for who in ("officer", "analyst", "captain"):
        with being(who):
            assert shown() == (1, 1)
    with being("probation"):
        assert shown() == (0, 0)
    for who in ("director", "outreach"):
        with being(who):
            assert shown() == (0, 0)


def test_c08_nobody_finds_a_tie_without_saying_what_for(standing, staff):
    with identity.acting(staff["officer"]):
        assert shown() == (0, 0)


def test_a_size_is_a_range_and_a_territory_an_area(group, being):
    with being("analyst"):
        cited = source()
        for said in ({"low": 12, "high": 12}, {"low": 20, "high": 10}, {"low": None, "high": 9}):
            with pytest.raises(ValidationError):
                group_state(group=group, source=cited, about="size", **said)
        bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
        for area in (None, {}, {"type": "Point", "coordinates": [1, 2]}, bow):
            with pytest.raises(ValidationError):
                group_state(group=group, source=cited, about="territory", area=area)
        with pytest.raises(ValidationError):
            group_state(group=group, source=cited, about="rivalry", other=group)


def test_a_tie_is_drafted_once(ben, group, being):
    with being("analyst"):
        draft(ben, group)
        with pytest.raises(ValidationError):
            draft(ben, group)
        assert shown() == (1, 1)


@committed
def test_of_two_drafts_of_one_tie_at_once_one_stands(ben, group, being, staff, why):
    def drafts():
        with stating(why):
            return draft(ben, group)

    made = together((staff["analyst"], drafts), (staff["captain"], drafts))
    assert sorted(type(one).__name__ for one in made) == ["Affiliation", "ValidationError"]


@pytest.mark.parametrize("on", [date(1899, 1, 1), TODAY + DAY])
def test_c39_a_source_of_an_impossible_day_is_refused(policy, being, on):
    with being("analyst"), pytest.raises(ValidationError) as refusal:
        source(on=on)
    assert "on" in refusal.value.message_dict
