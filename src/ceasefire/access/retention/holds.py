"""Legal holds: who asks, who approves, until when; and the store of recalled text."""

from datetime import date, timedelta

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from ceasefire.access import audit, identity
from ceasefire.access.audit import key_of
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.retention.freezing import freeze_record
from ceasefire.access.retention.kept import Kept
from ceasefire.access.retention.models import REQUEST_DAYS, CourtCopy, Hold
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.warrants import ask, warrant
from ceasefire.access.sealing.fields import Ciphertext
from ceasefire.access.sealing.services import record_key_destroy, record_key_make


def hold_request(*, cause: Hold.Cause, matter: str, records: tuple[Kept, ...] = ()) -> Hold:
    """Hold named records from now on; it lapses in a week unless somebody else approves it.

    A filed case does this for the records it is about. Raises ValidationError without a matter,
    NotPermitted for who keeps no records here.
    """
    actor = require_change(Hold)
    if not matter.strip():
        raise ValidationError({"matter": gettext("Name the case, the request or the inquiry.")})
    room, today = Room(identity.room()), timezone.now().date()
    with in_words():
        hold = Hold.objects.create(
            agency_id=actor.agency_id, room=room, record_key=record_key_make(room=room),
            cause=cause, matter=matter.strip(), requested_by_id=actor.user_id,
            # The database writes who and when.
            requested_at=timezone.now(), reviewed_on=today,
            review_on=today + timedelta(REQUEST_DAYS),
        )  # fmt: skip
        audit.record("retention.hold_requested", hold, result="done")
        for record in records:
            hold_extend(hold=hold, record=record)
    return hold


def hold_extend(*, hold: Hold, record: Kept) -> None:
    """Put one more named record under a hold. Raises ObjectDoesNotExist as `freeze` does."""
    with transaction.atomic():
        freeze_record(record, hold=hold)
        audit.record("retention.hold_extended", record, result="done")


def hold_approve(*, hold: Hold, review_on: date) -> Hold:
    """Approve or renew a hold until a day within 180 days.

    Raises ValidationError (field named) for a later day or one's own request, NotPermitted for
    who does not answer for the room's records or where the hold has ended.
    """
    require_change(Hold)
    if review_on <= timezone.now().date():
        raise ValidationError({"review_on": gettext("The next review lies in the future.")})
    with in_words():
        standing = _standing(hold)
        standing.review_on = review_on
        standing.save(update_fields=["review_on"])
        audit.record("retention.hold_approved", standing, result="done")
    hold.refresh_from_db()
    return hold


def hold_end(*, hold: Hold) -> Hold:
    """End a hold: its records are shown again, or go with the next purge if they are due.

    The matter and every copy for the court are destroyed. Raises NotPermitted.
    """
    require_change(Hold)
    with in_words():
        standing = _standing(hold)
        standing.ended_at = timezone.now()
        standing.save(update_fields=["ended_at"])
        _forget(standing)
        audit.record("retention.hold_ended", standing, result="done")
    hold.refresh_from_db()
    return hold


def holds_lapse() -> list[int]:
    """End the holds whose day has passed. For the nightly job, as the operator."""
    with transaction.atomic():
        lapsed = [number for (number,) in ask("wall.holds_lapse(%s, %s)", *warrant("lapse"))]
        for hold in Hold.objects.filter(pk__in=lapsed):
            with identity.acting(identity.current(), Room(hold.room)):
                _forget(hold)
                audit.record("retention.hold_lapsed", hold, result="done")
    return lapsed


def court_copy_keep(*, hold: Hold, record: Kept | str, words: str) -> CourtCopy:
    """Keep text that is being recalled, as long as the hold stands; nobody reads it in passing.

    record: the thing itself, or its key as the log names it ('airlock.release:12'). Raises
    ValidationError where the hold has ended.
    """
    actor, room = require_change(CourtCopy), Room(hold.room)
    label, _colon, number = key_of(record).partition(":")
    with in_words():
        if _standing(hold).ended_at:
            raise ValidationError({"hold": gettext("This hold has ended.")})
        copy = CourtCopy.objects.create(
            hold=hold, agency_id=hold.agency_id, room=room, label=label, number=number,
            record_key=record_key_make(room=room), words=words, kept_by_id=actor.user_id,
            kept_at=timezone.now(),
        )  # fmt: skip
        audit.record("retention.court_copy_kept", copy, result="done")
    return copy


def court_copy_open(*, copy: CourtCopy, purpose: str) -> str:
    """The text, for counsel or the court: who answers for the room and did not ask for the hold.

    The reading is recorded by the database itself. Raises NotPermitted.
    """
    if not purpose.strip():
        raise ValidationError({"purpose": gettext("Say for which filing or hearing.")})
    with transaction.atomic():
        held = [row[0] for row in ask("wall.court_copy(%s, %s)", copy.pk, purpose.strip())]
    if not held:
        raise NotPermitted(gettext("This text is opened by another who answers for the room."))
    return CourtCopy._meta.get_field("words").open(copy, Ciphertext(bytes(held[0])))


def _standing(hold: Hold) -> Hold:
    try:
        return Hold.objects.select_for_update(of=["self"]).get(pk=hold.pk)
    except Hold.DoesNotExist:
        raise ObjectDoesNotExist(gettext("There is no such hold.")) from None


def _forget(hold: Hold) -> None:
    """What a hold was about is nobody's any more once it has ended."""
    why = f"hold {hold.pk} has ended"
    for copy in hold.copies.select_related("record_key"):
        record_key_destroy(key=copy.record_key, reason=why)
    hold.copies.all().delete()
    record_key_destroy(key=hold.record_key, reason=why)
