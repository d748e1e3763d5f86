"""Work in the background: in a person's name, said on the batch where it fails, safe to repeat."""

import pytest
from django.db import connection

from ceasefire.access import identity
from ceasefire.access.models import Membership, User
from ceasefire.access.partitions import Room
from ceasefire.access.walls import proof
from ceasefire.intake import jobs, services, staging
from ceasefire.intake.models import Batch, StagedRow
from ceasefire.registry.models import City, Incident
from tests.intake.pages import work
from tests.walls import empty

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def confirmed(desk):
    """A batch whose mapping has been confirmed and that waits for the worker."""
    desk.upload_new("Rivermouth", desk.file(8))
    work()
    desk.confirm()
    return desk


@pytest.fixture
def staged(confirmed):
    work()
    return confirmed


def analyst() -> User:
    return User.objects.get(username="analyst")


def do(task, batch) -> None:
    """The task at once, as the worker does it for the analyst."""
    task(batch_id=batch.pk, as_user=proof.errand(analyst().pk, task.name, batch.pk))


def test_c02_a_job_that_this_home_did_not_sign_is_in_nobodys_name(confirmed):
    batch, person = confirmed.batch(), analyst().pk
    signed = proof.errand(person, jobs.look_at_batch.name, batch.pk)
    other = proof.errand(person, jobs.read_batch.name, batch.pk + 1)
    for forged in (str(person), f"{person}:", f"{person}:{'0' * 64}", signed, other):
        with pytest.raises(PermissionError):
            jobs.read_batch(batch_id=batch.pk, as_user=forged)
    assert confirmed.count(StagedRow) == 0


def test_a_job_works_in_the_name_of_the_person_who_asked(staged):
    assert staged.batch().state == Batch.State.STAGED
    assert staged.batch().mapping.confirmed_by == "Test Crime analyst"


def test_a_person_whose_role_has_ended_has_no_job_done(confirmed):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(user=analyst()).update(ends="2020-01-02")
    work()
    assert confirmed.batch().state == Batch.State.STAGING
    assert confirmed.count(StagedRow) == 0


def test_a_fault_of_the_product_is_said_on_the_batch_and_can_be_started_again(
    confirmed, monkeypatch
):
    def broken(*arguments):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(staging, "stage", broken)
        page = confirmed.follow()
    assert "was interrupted" in page
    assert "fault of the product itself" in page
    confirmed.post("again")
    assert "Your decision" in confirmed.follow()


def test_a_city_that_is_not_set_is_said_on_the_batch(confirmed):
    with identity.acting(identity.OPERATOR):
        City.objects.all().delete()
    assert "The city is not set" in confirmed.follow()


def test_a_batch_that_was_read_while_its_worker_died_is_read_again_and_whole(confirmed):
    with identity.acting(identity.OPERATOR):
        batch = confirmed.batch()
        services.batch_stage(batch=batch)
        Batch.objects.update(state=Batch.State.STAGING, progress=0.4)
        StagedRow.objects.filter(row_number__gt=4).delete()
    work()
    assert confirmed.batch().state == Batch.State.STAGED
    assert confirmed.count(StagedRow) == 8


def test_two_read_jobs_of_one_batch_stage_it_once(confirmed):
    jobs.send(jobs.read_batch, batch=confirmed.batch(), user_id=analyst().pk)
    work()
    do(jobs.read_batch, confirmed.batch())
    assert confirmed.batch().state == Batch.State.STAGED
    assert confirmed.count(StagedRow) == 8


def test_a_read_job_that_comes_late_does_not_touch_an_applied_batch(staged):
    staged.post("apply")
    work()
    do(jobs.read_batch, staged.batch())
    do(jobs.apply_batch, staged.batch())
    assert staged.batch().state == Batch.State.APPLIED
    assert staged.count(Incident) == 8


def test_a_load_that_another_session_has_in_hand_is_left_to_it(confirmed):
    batch = confirmed.batch()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            name = f"intake feed {batch.feed_id}"
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
            work()
            assert confirmed.batch().state == Batch.State.STAGING
            assert "trouble" not in confirmed.batch().report
            assert "was interrupted" not in confirmed.page()
    finally:
        other.close()
    assert "was interrupted" in confirmed.page()


def test_an_interrupted_apply_starts_again_with_its_reason(staged):
    with identity.acting(identity.OPERATOR):
        Batch.objects.update(state=Batch.State.WAITING)
        services.batch_apply_start(batch=staged.batch(), despite="The publisher knows.")
    assert "was interrupted" in staged.page()
    staged.post("again")
    work()
    assert staged.batch().state == Batch.State.APPLIED
    assert staged.batch().report["despite"] == "The publisher knows."


def test_rows_that_a_crash_of_the_database_emptied_are_read_again_and_not_called_vanished(staged):
    empty("intake_stagedrow")
    assert "was interrupted" in staged.page()
    staged.post("again")
    assert "Your decision" in staged.follow()
    assert staged.count(StagedRow) == 8


def test_what_was_withdrawn_meanwhile_is_neither_read_nor_applied(staged):
    with identity.acting(identity.OPERATOR):
        stale = staged.batch()
        services.batch_withdraw(batch=staged.batch())
        for verb in (services.batch_apply_start, services.batch_stage, services.batch_apply):
            with pytest.raises(services.IntakeRefused, match="Withdrawn"):
                verb(batch=stale)
            stale.state = Batch.State.STAGED
    assert staged.batch().state == Batch.State.WITHDRAWN
    assert staged.count(StagedRow) == 0
    assert staged.count(Incident) == 0
