"""Verbs on the review of the log."""

import logging
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access.audit.models import AuditReview
from ceasefire.access.audit.recording import record
from ceasefire.access.policies import require_change

log = logging.getLogger("ceasefire.audit")


def reviews_open(*, today: date) -> list[date]:
    """Open a review for each week that has ended; returns the weeks that are escalated now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.audit_reviews_open(%s)", [today])
        late = [week for (week,) in cursor]
    for week in late:
        log.critical("Nobody has reviewed the audit log of the week from %s in time.", week)
    return late


@transaction.atomic
def review_finish(*, review: AuditReview, words: str) -> AuditReview:
    """Say what was found in a week of the log.

    Raises NotPermitted for anyone but an auditor, ValidationError for a review without words or
    one that is finished already.
    """
    actor = require_change(AuditReview)
    standing = AuditReview.objects.select_for_update(of=["self"]).get(pk=review.pk)
    if standing.done_at:
        raise ValidationError(_("This week has been reviewed already."))
    if not words.strip():
        raise ValidationError(_("Say what you looked at and what you found."))
    standing.done_by_id, standing.done_at, standing.words = actor.user_id, timezone.now(), words
    standing.save()
    record("audit.week_reviewed", standing, result="done")
    return standing
