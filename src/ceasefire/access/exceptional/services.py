"""Verbs on openings. The database decides; here stand its answers in words."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.access import audit, identity
from ceasefire.access.exceptional import blueprint
from ceasefire.access.exceptional.models import LONGEST, Holiday, Opening
from ceasefire.access.policies import NotPermitted, declared, policy_of, require_change
from ceasefire.access.roles import Role
from ceasefire.access.walls import proof

MOST_MINUTES = int(LONGEST.total_seconds() // 60)
SHORTEST_REASON = 20
REFUSALS = {
    "step_up": gettext_lazy("Show your second factor again: it serves one attempt, and briefly."),
    "overdue": gettext_lazy(
        "A record that you opened earlier has not been reviewed within three business days. Until "
        "an auditor has reviewed it you can open no other. Ask the auditor."
    ),
    "another": gettext_lazy("Another record is open to you. Close that one first."),
    "absent": gettext_lazy(
        "No record of this kind and number can be opened. Check the number with whoever gave it "
        "to you."
    ),
}


class OpeningRefused(Exception):
    """code: step_up, overdue, another or absent; the message says what to do."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(str(REFUSALS[code]))


def openable() -> list[type[models.Model]]:
    """The kinds of record of which the asker may open one, in the room at hand."""
    standing, room = identity.current().standing, identity.room()
    return [
        model for model, policy in declared().items()
        if policy.glass and policy.room == room and standing in policy.glass.by
    ]  # fmt: skip


def record_open(*, model: str, record: int, minutes: int, reason: str, stepped_up: int) -> int:
    """Open one hidden record to the asker in this session; the number of the opening.

    model: its label ("outreach.client"). minutes: 1 to 60. reason: at least 20 characters.
    stepped_up: when the second factor was shown again (`step_up.shown_at`). The agency that owns
    the record is told at once. Raises ValidationError of a field, and OpeningRefused; an absent
    record and one that may never be opened are refused alike. A refusal leaves a row in the log, so
    the transaction at hand must not be undone for it.
    """
    reason = reason.strip()
    _check(minutes, reason)
    zone = timezone.get_current_timezone_name()
    signed = proof.mac(f"glass:{proof.hash_of(identity.shown()[1])}:{stepped_up}:{zone}")
    opening, refusal = _ask(
        "SELECT opening, refusal FROM wall.glass_open(%s, %s, %s, %s, %s, %s, %s)",
        *(model, record, minutes, reason, stepped_up, zone, signed),
    )
    if refusal:
        raise OpeningRefused(refusal)
    return opening


def _check(minutes: int, reason: str) -> None:
    if not 1 <= minutes <= MOST_MINUTES:
        told = _("A record opens for %(most)s minutes at most.") % {"most": MOST_MINUTES}
        raise ValidationError({"minutes": told})
    if len(reason) < SHORTEST_REASON:
        raise ValidationError({"reason": _("Say in a sentence what happens if you do not look.")})


def model_of(opening: Opening) -> type[models.Model] | None:
    """What kind of record was opened; None where a later version has no such kind."""
    return next((one for one in declared() if one._meta.label_lower == opening.model), None)


def record_look(opening: Opening) -> models.Model | None:
    """The record of the asker's live opening, without what identifies anybody; else None.

    Each look is a row of the log, written by the database.
    """
    model = model_of(opening)
    if model is None or policy_of(model).glass is None:
        return None
    function = connection.ops.quote_name(blueprint.function_name(model))
    found = model._base_manager.raw(f"SELECT * FROM wall.{function}(%s)", [opening.pk])
    return next(iter(found), None)


def opening_close(opening: Opening) -> bool:
    """End the asker's own opening now; whether it was still open. Safe to repeat."""
    return _ask("SELECT wall.glass_close(%s)", opening.pk)[0]


def alert_seen(opening: Opening) -> bool:
    """Say that the owner has read the alert; whether nobody had before. Safe to repeat."""
    return _ask("SELECT wall.glass_seen(%s)", opening.pk)[0]


def opening_review(*, opening: Opening, justified: bool, words: str) -> None:
    """Judge an opening, in words, once; what is still open closes with it.

    Raises NotPermitted for anybody but an auditor and for whoever opened it, ValidationError where
    words are missing or somebody else was first.
    """
    actor = identity.current()
    if actor.role != Role.AUDITOR or opening.opened_by_id == actor.user_id:
        raise NotPermitted(_("An auditor reviews what somebody else has opened."))
    if not words.strip():
        raise ValidationError({"words": _("Say what you looked at and what you found.")})
    if not _ask("SELECT wall.glass_review(%s, %s, %s)", opening.pk, justified, words.strip())[0]:
        raise ValidationError(_("This opening has been reviewed already."))


@transaction.atomic
def holiday_set(*, day: date, name: str) -> Holiday:
    """Put a day on the city's list of holidays, or correct its name. Raises NotPermitted."""
    require_change(Holiday)
    # Accounts and settings are written outside the rooms.
    with identity.outside_rooms():
        holiday, _new = Holiday.objects.update_or_create(day=day, defaults={"name": name})
    audit.record("glass.holidays", holiday, result="done")
    return holiday


@transaction.atomic
def holiday_remove(*, day: date) -> bool:
    """Take a day off the list; whether it was on it. Raises NotPermitted."""
    require_change(Holiday)
    with identity.outside_rooms():
        removed, _by_model = Holiday.objects.filter(day=day).delete()
    audit.record("glass.holidays", f"access.holiday:{day}", result="done")
    return bool(removed)


def _ask(question: str, *words) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return cursor.fetchone()
