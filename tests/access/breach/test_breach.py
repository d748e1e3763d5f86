"""C54: what a suspected account saw is known exactly and at once, and told in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import audit, identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.breach import selectors
from ceasefire.access.breach.models import Breach, BreachRule, BreachStep
from ceasefire.access.breach.services import breach_open, step_note, words_set
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted
from ceasefire.access.roles import Role
from ceasefire.access.services import agency_record

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def auditor(account):
    return actor_of_user(account(Role.AUDITOR))


@pytest.fixture
def suspect(account):
    return account(Role.OFFICER)


@pytest.fixture
def colleague(account):
    return account(Role.ANALYST)


def look(user, *keys, about="", result="shown", fields=()):
    with identity.acting(actor_of_user(user)):
        audit.record("page.shown", about or None, subjects=keys, result=result, fields=fields)


def reported(agency, account=None, **words):
    now = timezone.now()
    return breach_open(
        **{
            "agency": agency, "account": account, "since": now - timedelta(hours=1),
            "until": now + timedelta(hours=1), "found_on": TODAY(), "found_by": "The night desk",
            "reported_on": TODAY(), "suspicion": "A password was read out on the telephone.",
        } | words
    )  # fmt: skip


@pytest.fixture
def breach(auditor, suspect, police_agency):
    with identity.acting(auditor):
        yield reported(police_agency, suspect)


def test_c54_the_subjects_of_a_suspected_account_are_exactly_those_it_was_shown(
    auditor, suspect, colleague, police_agency
):
    look(suspect, "registry.person:1", "registry.person:2")
    look(suspect, "registry.person:2", about="registry.incident:9", fields=["dob"])
    look(suspect, "registry.person:77", result="denied")
    look(colleague, "registry.person:3")
    with identity.acting(auditor):
        found = selectors.scope(reported(police_agency, suspect))
        assert [(one.key, one.rows) for one in found.subjects] == [
            ("registry.person:1", 1),
            ("registry.person:2", 2),
        ]
        kinds = {kind.label: (kind.rows, kind.records, kind.fields) for kind in found.kinds}
        assert kinds == {"registry.incident": (1, 1, ["dob"]), "registry.person": (2, 2, ["dob"])}
        everybody = selectors.scope(reported(police_agency))
        assert everybody.keys == {f"registry.person:{n}" for n in (1, 2, 3)}


def test_c54_what_was_shown_before_or_after_is_left_out(breach, suspect, auditor, police_agency):
    look(suspect, "registry.person:1")
    with identity.acting(auditor):
        past = timezone.now() - timedelta(days=2)
        before = reported(police_agency, suspect, since=past, until=past + timedelta(days=1))
        assert selectors.scope(before).subjects == []
        assert selectors.scope(breach).keys == {"registry.person:1"}


def test_a_kind_of_record_is_named_by_its_class_of_the_access_matrix(breach, suspect):
    look(suspect, about="registry.incident:9")
    (kind,) = selectors.scope(breach).kinds
    assert kind.data_class == "Incident facts"
    assert selectors.Kind("unknown.thing", 1, 1, []).data_class == "unknown.thing"


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    st.lists(
        st.tuples(
            st.booleans(), st.sets(st.integers(1, 6), max_size=3),
            st.sampled_from(["shown", "done", "denied", "failed"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_c54_for_any_log_the_scope_is_the_set_of_what_was_shown(
    auditor, suspect, colleague, police_agency, rows
):
    with transaction.atomic():
        for mine, numbers, result in rows:
            keys = [f"registry.person:{n}" for n in numbers]
            look(suspect if mine else colleague, *keys, result=result)
        expected = {
            f"registry.person:{n}"
            for mine, numbers, result in rows for n in numbers
            if mine and result in ("shown", "done")
        }  # fmt: skip
        with identity.acting(auditor):
            assert selectors.scope(reported(police_agency, suspect)).keys == expected
        transaction.set_rollback(True)


def test_only_who_reads_the_log_reads_a_scope(breach, suspect, account):
    look(suspect, "registry.person:1")
    own = account(Role.PRIVACY_OFFICER)
    with identity.acting(identity.OPERATOR):
        elsewhere = agency_record(name="Harbour Outreach", kind="community")
    other = account(Role.PRIVACY_OFFICER, elsewhere, "privacy_elsewhere")
    sees = {}
    for user in (own, other, suspect, account(Role.ADMINISTRATOR)):
        with identity.acting(actor_of_user(user), Room.AGGREGATE):
            sees[user.username] = len(selectors.scope(breach).subjects)
            assert Breach.objects.filter(pk=breach.pk).exists() == (user == own)
    assert sees == {"privacy_officer": 1, "privacy_elsewhere": 0, "officer": 0, "administrator": 0}


def clocks(breach, persons, today=None):
    found = selectors.clocks(breach, persons, selectors.steps(breach), today or TODAY())
    return {clock.duty.value: clock for clock in found}


def test_c54_people_are_told_within_45_days_and_the_attorney_general_above_250(breach):
    assert clocks(breach, 0) == {}
    assert set(clocks(breach, 250)) == {"people"}
    told = clocks(breach, 251)
    assert {duty: clock.due - breach.found_on for duty, clock in told.items()} == {
        "people": timedelta(days=45),
        "attorney_general": timedelta(days=45),
    }
    assert "646A.604" in told["people"].source
    assert not clocks(breach, 1, TODAY() + timedelta(days=45))["people"].late
    assert clocks(breach, 1, TODAY() + timedelta(days=46))["people"].late


def test_c54_a_system_operator_tells_within_10_days(auditor):
    with identity.acting(identity.OPERATOR):
        vendor = agency_record(name="Hosting Ltd", kind="vendor")
    with identity.acting(auditor):
        breach = reported(vendor)
        assert clocks(breach, 0)["vendor"].due == breach.found_on + timedelta(days=10)


def test_a_breach_is_under_the_rules_of_the_day_it_was_found(breach):
    BreachRule.objects.create(
        duty="people", days=30, effective_from=TODAY(), source="A later law, section 1"
    )
    BreachRule.objects.create(
        duty="people", days=5, effective_from=TODAY() + timedelta(days=1), source="Tomorrow's law"
    )
    assert clocks(breach, 1)["people"].due == breach.found_on + timedelta(days=30)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"until": datetime(2020, 1, 1, tzinfo=UTC)}, "until"),
        ({"found_on": date(2999, 1, 1), "reported_on": date(2999, 1, 1)}, "found_on"),
        ({"reported_on": date(2020, 1, 1)}, "reported_on"),
        ({"found_by": " "}, "found_by"),
        ({"suspicion": ""}, "suspicion"),
    ],
)
def test_c39_a_breach_that_makes_no_sense_is_not_saved(auditor, police_agency, words, field):
    with identity.acting(auditor):
        with pytest.raises(ValidationError) as refusal:
            reported(police_agency, **words)
        assert field in refusal.value.message_dict
        assert not Breach.objects.exists()


def test_c54_a_letters_words_name_nobody_and_no_record(breach, suspect):
    with pytest.raises(ValidationError, match=r"registry\.person:12"):
        words_set(
            breach=breach,
            for_letters="It was about registry.person:12.",
            for_letters_es="",
            contact="",
        )
    with pytest.raises(ValidationError, match="names nobody"):
        words_set(
            breach=breach,
            for_letters="",
            for_letters_es=f"Fue {suspect.display_name.upper()}.",
            contact="",
        )
    saved = words_set(
        breach=breach,
        for_letters="An account was used by a stranger.",
        for_letters_es="",
        contact="",
    )
    assert saved.for_letters


def test_c54_a_breach_is_closed_when_it_is_contained_scoped_and_every_duty_is_met(breach, suspect):
    look(suspect, "registry.person:1")
    with pytest.raises(ValidationError, match="First end the access"):
        step_note(breach=breach, kind="closed", words="Done.")
    for kind in ("contained", "scoped"):
        step_note(breach=breach, kind=kind, words="Done.")
    with pytest.raises(ValidationError, match="Letter to each person"):
        step_note(breach=breach, kind="closed", words="Done.")
    step_note(breach=breach, kind="people", words="One letter sent.")
    step_note(breach=breach, kind="closed", words="Nothing else.")
    with pytest.raises(ValidationError, match="is closed"):
        words_set(breach=breach, for_letters="x", for_letters_es="", contact="")
    assert [step.who for step in selectors.steps(breach)] == ["Test Auditor"] * 4


def test_a_step_is_noted_once_with_words(breach):
    step_note(breach=breach, kind="contained", words="Account closed.")
    with pytest.raises(ValidationError, match="already"):
        step_note(breach=breach, kind="contained", words="Again.")
    with pytest.raises(ValidationError, match="what was done"):
        step_note(breach=breach, kind="scoped", words=" ")


def test_c54_steps_stay_as_they_were_noted(breach, account):
    step = step_note(breach=breach, kind="contained", words="Account closed.")
    chosen = BreachStep.objects.filter(pk=step.pk)
    for change in (lambda: chosen.update(words="x"), chosen.delete):
        with pytest.raises(ProgrammingError, match="stays on record"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="by the asker"), transaction.atomic():
        BreachStep.objects.create(
            breach=breach, kind="scoped", by=account(Role.DIRECTOR), at=timezone.now(), words="x"
        )
    with pytest.raises(IntegrityError, match="contained and scoped"), transaction.atomic():
        BreachStep.objects.create(
            breach=breach, kind="closed", by_id=step.by_id, at=timezone.now(), words="x"
        )


def test_only_an_auditor_opens_a_breach(suspect, police_agency, account):
    for user in (suspect, account(Role.ADMINISTRATOR), account(Role.PRIVACY_OFFICER)):
        with identity.acting(actor_of_user(user)), pytest.raises(NotPermitted):
            reported(police_agency)


@pytest.mark.django_db(transaction=True)
def test_c54_closing_and_noting_at_once_leave_nothing_after_the_end(auditor, police_agency):
    with identity.acting(auditor):
        breach = reported(police_agency)
        for kind in ("contained", "scoped"):
            step_note(breach=breach, kind=kind, words="Done.")

    def note(kind):
        with identity.acting(auditor):
            try:
                step_note(breach=breach, kind=kind, words="At once.")
            except ValidationError:
                return None
            finally:
                connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(note, ["closed", "people", "closed"]))
    with identity.acting(auditor):
        assert [step.kind for step in selectors.steps(breach)][-1] == "closed"
