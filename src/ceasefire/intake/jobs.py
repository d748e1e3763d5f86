"""The intake's work in the background, each piece in the name of the person who asked for it.

A job calls a service and adds nothing to it: whatever the command line can load, a job can, and
either may start again what the other left unfinished.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from ceasefire.access.asking import actor_of_user
from ceasefire.access.identity import acting
from ceasefire.access.models import User
from ceasefire.access.walls import proof
from ceasefire.intake import looking, services, watching
from ceasefire.intake.models import Batch
from ceasefire.intake.services import BeingLoaded, IntakeRefused
from ceasefire.kit.jobs import enqueue
from ceasefire.registry.services import CityNotSet

# The database went away under the work, which is whole or not there: once it is back, again.
WHEN_IT_IS_BACK = RetryStrategy(
    max_attempts=5, wait=5, retry_exceptions=(OperationalError, InterfaceError)
)


@app.task(name="intake.look_at_batch", retry=WHEN_IT_IS_BACK)
def look_at_batch(batch_id: int, as_user: str) -> None:
    """Survey a received file for its mapping page."""
    with _in_hand(look_at_batch, batch_id, as_user) as batch:
        if batch.state == Batch.State.RECEIVED:
            looking.batch_look(batch=batch)


@app.task(name="intake.read_batch", retry=WHEN_IT_IS_BACK)
def read_batch(batch_id: int, as_user: str) -> None:
    """Read a batch's file into the staging table."""
    with _in_hand(read_batch, batch_id, as_user) as batch:
        if batch.state in (Batch.State.RECEIVED, Batch.State.STAGING):
            services.batch_stage(batch=batch)


@app.task(name="intake.apply_batch", retry=WHEN_IT_IS_BACK)
def apply_batch(batch_id: int, as_user: str) -> None:
    """Write a staged batch into the register."""
    with _in_hand(apply_batch, batch_id, as_user) as batch:
        services.batch_apply(batch=batch)


@app.periodic(cron="*/5 * * * *")
@app.task(name="intake.look_in_folders", queueing_lock="look in folders")
def look_in_folders(timestamp: int) -> None:
    """Load what has arrived in the watched folders."""
    watching.folders_look()


@app.periodic(cron="20 4 * * *")
@app.task(name="intake.fetch_from_portals", queueing_lock="fetch from portals")
def fetch_from_portals(timestamp: int) -> None:
    """Load what the portals have published since."""
    watching.portals_look()


def send(task: Task, *, batch: Batch, user_id: int) -> None:
    """Queue work on a batch in a person's name."""
    enqueue(task, batch_id=batch.pk, as_user=proof.errand(user_id, task.name, batch.pk))


@contextmanager
def _in_hand(task: Task, batch_id: int, as_user: str) -> Iterator[Batch]:
    """The batch, in the name of a person; what goes wrong with it is said on it."""
    person = User.objects.get(pk=proof.errand_bearer(as_user, task.name, batch_id))
    actor = actor_of_user(person)
    if actor is None:
        raise PermissionError(f"{person.username} has no current role.")
    with acting(actor):
        batch = Batch.objects.select_related("feed__agency", "mapping").get(pk=batch_id)
        try:
            yield batch
        except BeingLoaded:
            # The other load either finishes this batch or leaves it to be started again.
            return
        except (IntakeRefused, CityNotSet) as refusal:
            services.batch_trouble(batch=batch, words=str(refusal))
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            words = _("The work stopped at a fault of the product itself; its log says more.")
            services.batch_trouble(batch=batch, words=words)
            raise
