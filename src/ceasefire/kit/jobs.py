"""Work that a page starts and does not wait for: a queue in the database itself.

A job is queued in the page's own transaction, so it exists if, and only if, what the page wrote
does. A worker that is killed leaves its job to the next one.
"""

import json
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

# A worker says every 10 seconds that it is alive.
SILENT_AFTER = timedelta(seconds=30)


def enqueue(task: Task, **ids) -> None:
    """Queue a task with its arguments; queueing what already waits to begin changes nothing."""
    waiting = f"{task.name} {json.dumps(ids, sort_keys=True)}"
    # The savepoint keeps the page's transaction alive when the queue already has the job.
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=waiting).defer(**ids)


def pending(**ids) -> bool:
    """Whether a job with these arguments waits to begin, or is in the hands of a live worker."""
    alive = Q(status="doing", worker__last_heartbeat__gt=timezone.now() - SILENT_AFTER)
    jobs = ProcrastinateJob.objects.filter(args__contains=ids)
    return jobs.filter(Q(status="todo") | alive).exists()


def worker_alive() -> bool:
    """Whether anything works through the queue at this moment."""
    recently = timezone.now() - SILENT_AFTER
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=recently).exists()


@app.periodic(cron="* * * * *")
@app.task(name="jobs.take_up_stalled", queueing_lock="take up stalled jobs", pass_context=True)
async def take_up_stalled(context, timestamp: int) -> None:
    """Give the jobs of workers that died back to the queue."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
