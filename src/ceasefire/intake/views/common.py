"""What all pages of the intake share: their gate, their records, a refusal said on the page."""

from django.contrib import messages
from django.db import transaction
from django.db.models import F
from django.http import Http404

from ceasefire.access.gates import CITY_POLICE, gate
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.intake import jobs, services
from ceasefire.intake.models import Batch, Feed
from ceasefire.intake.services import IntakeRefused


def analyst(*methods: str):
    return gate(Room.INVESTIGATIVE, full={Role.ANALYST}, at=CITY_POLICE, methods=methods)


def feed_or_404(name: str) -> Feed:
    found = Feed.objects.select_related("agency").annotate(
        in_name_of=F("scheduled_by__display_name")
    )
    found = found.filter(name=name).first()
    if found is None:
        raise Http404
    return found


def batch_or_404(pk: int) -> Batch:
    found = Batch.objects.select_related("feed__agency", "mapping").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def done(request, verb) -> bool:
    """Do it, or say on the next page why it was refused."""
    try:
        with transaction.atomic():
            verb()
    except IntakeRefused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def queue(request, task, shown: Batch) -> None:
    jobs.send(task, batch=shown, user_id=request.actor.user_id)


def read(request, shown: Batch) -> None:
    if done(request, lambda: services.batch_start(batch=shown)):
        queue(request, jobs.read_batch, shown)
