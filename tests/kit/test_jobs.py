"""The queue in the database: a job is queued with its page's transaction, once, and not lost."""

import asyncio

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ceasefire.kit import jobs
from tests.intake.pages import empty_queue, work

pytestmark = pytest.mark.django_db(transaction=True)
DONE: list[int] = []


@app.task(name="tests.note")
def note(number: int) -> None:
    DONE.append(number)


@pytest.fixture(autouse=True)
def nothing_done(transactional_db):
    DONE.clear()
    empty_queue()


def test_a_job_is_done_once_however_often_it_was_queued_before_it_began():
    for _again in range(3):
        jobs.enqueue(note, number=1)
    jobs.enqueue(note, number=2)
    work()
    assert sorted(DONE) == [1, 2]


def test_queueing_twice_leaves_the_transaction_of_the_page_usable():
    with transaction.atomic():
        jobs.enqueue(note, number=1)
        jobs.enqueue(note, number=1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    assert jobs.pending(number=1)


def test_a_page_that_fails_queues_nothing():
    with transaction.atomic():
        jobs.enqueue(note, number=1)
        transaction.set_rollback(True)
    assert not jobs.pending(number=1)


def test_a_finished_job_is_no_longer_pending_and_is_not_kept():
    jobs.enqueue(note, number=1)
    work()
    assert not jobs.pending(number=1)
    assert not ProcrastinateJob.objects.filter(task_name="tests.note").exists()


def _taken_by_a_worker(seconds_silent: int) -> None:
    """The queued job is in the hands of a worker that was last heard of some seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_silent],
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", cursor.fetchone()
        )


def _take_up() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as opened:

        async def take_up():
            async with opened.open_async():
                await jobs.take_up_stalled(None, 0)

        asyncio.run(take_up())


def test_the_job_of_a_worker_that_died_is_done_by_the_next_one():
    jobs.enqueue(note, number=1)
    _taken_by_a_worker(seconds_silent=60)
    assert not jobs.pending(number=1)
    _take_up()
    assert jobs.pending(number=1)
    work()
    assert DONE == [1]


def test_the_job_of_a_worker_that_lives_is_left_to_it():
    jobs.enqueue(note, number=1)
    _taken_by_a_worker(seconds_silent=5)
    assert jobs.pending(number=1)
    assert jobs.worker_alive()
    _take_up()
    work()
    assert DONE == []
