"""Sealing every minute; every night the whole log is verified and the week's review opened."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ceasefire.access import identity
from ceasefire.access.audit import sealing, services, verifying


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="seal the audit log", lock="seal the audit log")
def seal(timestamp: int) -> None:
    """Seal what has been written since the last minute."""
    sealing.seal()


@app.periodic(cron="40 4 * * *")
@app.task(name="audit.verify", queueing_lock="verify the audit log")
def verify(timestamp: int) -> None:
    """Check every row and every seal; what is found is in the log and on the page of oversight."""
    verifying.verify_and_note()


@app.periodic(cron="10 5 * * *")
@app.task(name="audit.open_reviews", queueing_lock="open the reviews of the audit log")
def open_reviews(timestamp: int) -> None:
    """Open the review of each week that has ended, and escalate what is late."""
    with identity.acting(identity.OPERATOR):
        services.reviews_open(today=timezone.localdate())
