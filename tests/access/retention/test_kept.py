"""C24: every row about a person has a purge date within its rule, by the database itself."""

from datetime import date, timedelta

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import describing, identity
from ceasefire.access.describing import DataClass
from ceasefire.access.policies import declared, policy_of
from ceasefire.access.retention import dependencies
from ceasefire.access.retention.classes import (
    DEFAULTS,
    INTELLIGENCE,
    RecordClass,
    months_after,
)
from ceasefire.access.retention.dependencies import Falls, hangs, kept_models, undeclared_links
from ceasefire.access.retention.kept import Kept
from ceasefire.access.retention.quiet import FollowsRecord, NotQuiet
from ceasefire.access.sealing.models import SearchToken
from tests.access.retention.conftest import TODAY, as_
from tests.kept_house import Known, Memo, Sighting
from tests.walls import as_owner

PEOPLE = set(DataClass) - {
    DataClass.INCIDENT_FACTS, DataClass.PERFORMANCE, DataClass.AUDIT_LOG, DataClass.ACCOUNTS,
    DataClass.SETTINGS, DataClass.MACHINERY, DataClass.PUBLISHED,
}  # fmt: skip


def about_people():
    """Every model that its description or its policy says is about people."""
    described = {said.model for said in describing.inventory() if said.data_class in PEOPLE}
    named = {model for model, policy in declared().items() if policy.named}
    return {one for one in described | named if one.__module__ != "tests.house"}


def test_c24_every_model_about_people_is_kept_by_a_clock():
    with_another = {one.child for one in dependencies.all_hangs() if one.falls is Falls.WITH}
    without = {m for m in about_people() if not issubclass(m, (Kept, SearchToken, FollowsRecord))}
    assert without <= with_another


def test_c24_a_model_about_people_without_a_clock_is_found(monkeypatch):
    class Loose(models.Model):
        class Meta:
            app_label = "house"

    try:
        said = describing.Described(
            Loose, "x", None, DataClass.INTELLIGENCE, "x", "x", describing.Kept.DERIVED, {}
        )
        monkeypatch.setattr(describing, "inventory", lambda: [said])
        assert Loose in about_people()
        assert not issubclass(Loose, Kept)
    finally:
        del apps.all_models["house"]["loose"]
        apps.clear_cache()


def test_c24_every_kept_table_has_its_date_its_check_and_its_guards(db):
    assert kept_models()
    with as_owner() as owner:
        for model in kept_models():
            assert model.record_classes, model
            table = f"{policy_of(model).room.value}.{model._meta.db_table}"
            columns = owner.execute(
                "SELECT count(*) FROM pg_attribute WHERE attrelid = %s::regclass AND attnotnull"
                " AND attname = ANY ('{record_class,basis_on,purge_on,quiet,trace}')", [table],
            ).fetchone()[0]  # fmt: skip
            checks = owner.execute(
                "SELECT count(*) FROM pg_constraint WHERE conrelid = %s::regclass"
                " AND conname IN ('kept_never_past_five_years', 'kept_purge_comes_after_basis')",
                [table],
            ).fetchone()[0]
            guards = owner.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
                " AND tgname IN ('kept_begins', 'kept_changes') AND tgenabled = 'O'", [table],
            ).fetchone()[0]  # fmt: skip
            assert (columns, checks, guards) == (5, 2, 2), model


def insert(basis, purge, record_class="intelligence", quiet=False):
    return (
        "INSERT INTO investigative.house_known"
        " (agency_id, name, words, record_class, basis_on, purge_on, trace, quiet)"
        f" SELECT id, 'x', '', '{record_class}', '{basis}', '{purge}', gen_random_uuid(), {quiet}"
        " FROM aggregate.access_agency LIMIT 1"
    )


def refused(statement, error=IntegrityError):
    with pytest.raises(error) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


def test_c24_raw_sql_at_six_years_is_a_constraint_error(people):
    with as_(people["analyst"]):
        assert "purge_on" in refused(insert(TODAY, months_after(TODAY, 72)))
        without = insert(TODAY, TODAY).replace(f"'{TODAY}', gen", "null, gen")
        assert "null value" in refused(without)


def test_c24_five_years_hold_though_the_trigger_is_gone(police_agency):
    """The plain check is by itself: even the tables' owner, with every trigger off, is refused."""
    with as_owner() as owner:
        owner.execute("BEGIN")
        owner.execute("ALTER TABLE investigative.house_known DISABLE TRIGGER USER")
        owner.execute("ALTER TABLE investigative.house_known NO FORCE ROW LEVEL SECURITY")
        with pytest.raises(psycopg.errors.CheckViolation, match="kept_never_past_five_years"):
            owner.execute(
                "INSERT INTO investigative.house_known"
                " (agency_id, name, words, record_class, basis_on, purge_on, trace, quiet)"
                " VALUES (1, 'x', '', 'intelligence', '2020-01-01', '2026-01-01',"
                " gen_random_uuid(), false)"
            )
        owner.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (insert(TODAY + timedelta(9), TODAY + timedelta(90)), "future"),
        (insert(TODAY, months_after(TODAY, 24), "case_file"), "case_file"),
        (insert(TODAY, months_after(TODAY, 20), "incident"), "purge_on"),
        (insert(TODAY, months_after(TODAY, 60), "affiliation"), "purge_on"),
        (insert(TODAY, TODAY - timedelta(1)), "purge_on"),
    ],
)
def test_c24_no_other_way_round_the_bounds(people, statement, words):
    with as_(people["analyst"]):
        assert words in refused(statement)


def test_c24_nobody_edits_a_date_nor_deletes_nor_silences_a_record(people, suspect):
    one = suspect(months=12)
    with as_(people["analyst"]):
        for change in (
            f"UPDATE house_known SET purge_on = purge_on + 1 WHERE id = {one.pk}",
            f"UPDATE house_known SET basis_on = current_date WHERE id = {one.pk}",
            f"UPDATE house_known SET record_class = 'incident' WHERE id = {one.pk}",
            f"UPDATE house_known SET quiet = true WHERE id = {one.pk}",
            f"UPDATE house_known SET trace = gen_random_uuid() WHERE id = {one.pk}",
            f"DELETE FROM house_known WHERE id = {one.pk}",
            insert(TODAY, TODAY, quiet=True),
        ):
            refused(change, ProgrammingError)
        one.words = "What was learnt since."
        one.save()
        assert Known.objects.get(pk=one.pk).words == one.words


def test_c24_where_no_date_is_chosen_it_is_the_last_that_the_rule_allows(suspect):
    assert suspect().purge_on == months_after(TODAY, 60)
    assert suspect(record_class=RecordClass.AFFILIATION).purge_on == months_after(TODAY, 24)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 300))
def test_c24_months_after_is_the_same_day_or_the_last_of_that_month(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


def test_c24_python_and_the_database_count_months_alike(db):
    days = [date(2023, 12, 25) + timedelta(n) for n in range(0, 900, 7)] + [date(2024, 2, 29)]
    with connection.cursor() as cursor:
        for months in (1, 11, 12, 24, 60, 240):
            cursor.execute(
                "SELECT array_agg((d + make_interval(months => %s))::date ORDER BY o)"
                " FROM unnest(%s::date[]) WITH ORDINALITY AS u(d, o)", [months, days],
            )  # fmt: skip
            assert cursor.fetchone()[0] == [months_after(day, months) for day in days]


def test_every_class_has_bounds_and_a_source_and_intelligence_five_years_at_most():
    assert DEFAULTS.keys() == set(RecordClass)
    for record_class, bounds in DEFAULTS.items():
        assert 0 <= bounds.least < bounds.most
        assert bounds.source
        if record_class in INTELLIGENCE:
            assert (bounds.least, bounds.most <= 60) == (0, True)


def test_c24_what_hangs_on_a_silent_record_is_refused_as_on_one_that_is_not_there(
    people, suspect, sighting
):
    from ceasefire.access.retention.holds import hold_request

    one = suspect()
    with as_(people["captain"]):
        hold_request(cause="case", matter="A filed case", records=(one,))
    with as_(people["analyst"]):
        for number in (one.pk, 10**9):
            with pytest.raises(IntegrityError, match="violates"), transaction.atomic():
                hang_on(number)


def hang_on(number):
    Sighting.objects.create(
        suspect_id=number, words="x", basis_on=TODAY, record_class=RecordClass.INTELLIGENCE
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_c27_every_link_to_a_record_about_a_person_is_declared():
    assert list(undeclared_links()) == []


def test_c27_a_link_that_nobody_declared_is_named(monkeypatch):
    monkeypatch.delitem(dependencies._hangs, (Sighting, "suspect"))
    assert list(undeclared_links()) == ["house.Sighting.suspect"]


def test_a_link_is_declared_for_what_it_is():
    with pytest.raises(ValueError, match="required"):
        hangs(Sighting, "suspect", Falls.LOOSE)
    with pytest.raises(ValueError, match="no row about a person"):
        hangs(Known, "agency", Falls.WITH)
    assert any(h.child is Memo and h.falls is Falls.LOOSE for h in dependencies.all_hangs())


def test_c26_what_can_be_silenced_narrows_every_reader_by_itself_in_both_walls(db):
    for model in (*kept_models(), *dependencies.token_models()):
        assert any(isinstance(also, NotQuiet) for also in policy_of(model).also), model
        with as_(identity.OPERATOR, policy_of(model).room):
            assert "('quiet', False)" in str(policy_of(model).scope(identity.current()))


def test_the_operator_too_reads_no_silent_row(people, suspect):
    from ceasefire.access.retention.holds import hold_request

    one = suspect(months=1)
    with as_(people["captain"]):
        hold_request(cause="case", matter="x", records=(one,))
    with as_(identity.OPERATOR), connection.cursor() as cursor:
        assert not Known.objects.exists()
        cursor.execute("SELECT count(*) FROM house_known")
        assert cursor.fetchone() == (0,)
