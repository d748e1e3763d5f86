"""Keeping one record longer: a newer fact, a named reviewer, a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from ceasefire.access import audit, identity
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.retention.kept import Kept
from ceasefire.access.retention.models import RetentionReview
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.sealing.services import record_key_make


def record_review(
    *, record: Kept, fact: str, fact_on: date, reason: str, purge_on: date | None = None
) -> RetentionReview:
    """Keep one record longer, for a fact that is newer than the one it is kept for.

    purge_on: without one, the last day that the rule allows after the new fact. One record a
    transaction. Raises ValidationError (field named), NotPermitted for who does not answer for the
    room's records, ObjectDoesNotExist where the record is not the reviewer's to see.
    """
    actor = require_change(RetentionReview)
    if actor.user_id is None:
        raise NotPermitted(gettext("A review wants a named reviewer."))
    _say_all(fact=fact, reason=reason)
    room = Room(identity.room())
    with in_words():
        review = RetentionReview.objects.create(
            agency_id=actor.agency_id, room=room, record_key=record_key_make(room=room),
            label=record._meta.label_lower, number=record.pk,
            fact=fact.strip(), fact_on=fact_on, reason=reason.strip(), purge_on=purge_on,
            # The database writes these itself, from the record and from who asks.
            old_basis_on=fact_on, old_purge_on=fact_on, reviewed_by_id=actor.user_id,
            reviewed_at=timezone.now(),
        )  # fmt: skip
        audit.record("retention.reviewed", record, result="done")
    record.refresh_from_db(fields=["basis_on", "purge_on"])
    return review


def _say_all(**words: str) -> None:
    missing = {
        name: gettext("Say it in words.") for name, said in words.items() if not said.strip()
    }
    if missing:
        raise ValidationError(missing)
