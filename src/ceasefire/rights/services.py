"""Verbs on requests: take one in, confirm who asks, answer, close."""

import json
import time
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit, identity
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.retention.classes import DEFAULTS, RecordClass, months_after
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.services import record_key_draft, record_key_make
from ceasefire.access.walls import proof
from ceasefire.rights import selectors
from ceasefire.rights.codes import code_hash, code_of
from ceasefire.rights.models import ANSWER_DAYS, NAMES, Answer, Due, Request
from ceasefire.rights.policies import HOLDER_KINDS, OUTSIDERS

VALID_SECONDS = 60


@transaction.atomic
def request_take(
    *, token: UUID, kind: Request.Kind, means: Request.Means, language: str, name: str,
    contact: str, born: str = "", words: str = "",
) -> str:  # fmt: skip
    """Take in a request; the code by which its state is asked.

    By whoever is bound, or by nobody: the public page has no account. The database takes it only
    signed with this home's key, and the same token twice is one request. Raises ValidationError.
    """
    code = code_of(token)
    asked = Request(
        kind=kind, means=means, language=language, token=token, code_hash=code_hash(code),
        name=name.strip(), born=born.strip() or None, contact=contact.strip(),
        words=words.strip() or None, record_class=RecordClass.CONSENT,
        basis_on=timezone.localdate(),
    )  # fmt: skip
    asked.record_key = _drafted(Room.AGGREGATE)
    said = json.dumps(_as_sent(asked))
    until = int(time.time()) + VALID_SECONDS
    signed = proof.mac(f"rights_ask:{proof.hash_of(said)}:{until}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.rights_ask(%s, %s, %s)", [said, until, signed])
    return code


def _as_sent(asked: Request) -> dict:
    plain = {name: getattr(asked, name) for name in ("kind", "means", "language", "code_hash")}
    key = asked.record_key
    return plain | {
        "token": str(asked.token), "sealed_with": str(asked.sealed_with),
        "record_key": str(key.pk), "wrapped": bytes(key.wrapped).hex(),
        "wrapped_by": key.wrapped_by, "purge_on": _purge_on(asked).isoformat(),
        **{name: _sealed(asked, name) for name in NAMES},
    }  # fmt: skip


def _purge_on(asked: Request):
    return months_after(asked.basis_on, DEFAULTS[RecordClass.CONSENT].least)


def _sealed(asked: Request, name: str) -> str | None:
    held = Request._meta.get_field(name).pre_save(asked, True)
    return None if held is None else held.held.hex()


@transaction.atomic
def identity_confirm(*, request: Request, how: Request.Shown) -> None:
    """Somebody has shown who they are: from now every holder owes an answer within 30 days.

    Repeating it changes nothing. Raises NotPermitted, ValidationError.
    """
    actor = require_change(Request)
    if how not in Request.Shown.values:
        raise ValidationError({"how": _("Say by what it was shown.")})
    today = timezone.localdate()
    waiting = Request.objects.filter(pk=request.pk, identity_on=None, closed_at=None)
    if not waiting.update(identity_on=today, identity_by_id=actor.user_id, identity_how=how):
        return
    due_on = today + timedelta(days=ANSWER_DAYS)
    holders = Agency.objects.filter(kind__in=HOLDER_KINDS).order_by("pk")
    Due.objects.bulk_create(
        Due(request_id=request.pk, agency=agency, due_on=due_on) for agency in holders
    )
    audit.record("rights.identified", request, result="done", detail={"how": str(how)})


@transaction.atomic
def request_close(*, request: Request, because: str) -> None:
    """Close a request of which nobody showed who asks. Repeating it changes nothing.

    Raises NotPermitted, ValidationError.
    """
    actor = require_change(Request)
    if not because.strip():
        raise ValidationError({"because": _("Say why it is closed.")})
    waiting = Request.objects.filter(pk=request.pk, identity_on=None, closed_at=None)
    closed = {"closed_at": timezone.now(), "closed_by_id": actor.user_id}
    if waiting.update(**closed, closed_because=because.strip()):
        audit.record("rights.closed", request, result="done")


@transaction.atomic
def request_answer(
    *, due: Due, outcome: Answer.Outcome, told: list | None = None, because: str = ""
) -> Answer:
    """The own agency's answer, kept in the room at hand. It cannot be changed.

    told: sections of the letter, [[heading, [sentence, ...]], ...], where something is told. What
    runs is the same whether something is withheld or nothing is there. Answering again finds the
    answer that stands. Raises NotPermitted, ValidationError.
    """
    model = selectors.answer_model()
    actor = require_change(model)
    if due.agency_id != actor.agency_id:
        raise NotPermitted(f"{actor.name} answers for another agency than this one.")
    if outcome == Answer.Outcome.GIVEN and not told:
        raise ValidationError({"entries": _("Tick what is told, or choose the other answer.")})
    # One after another: two at once are one answer.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"rights_answer:{due.request_id}:{due.agency_id}"],
        )
    held = selectors.answer_of(due)
    if held and held.review_outcome != Answer.Review.TELL:
        return held
    made = model(
        request_id=due.request_id, agency_id=due.agency_id, outcome=outcome,
        round=held.round + 1 if held else 1,
        told=told if outcome == Answer.Outcome.GIVEN else [], because=because.strip(),
        answered_by_id=actor.user_id, answered_at=timezone.now(),
        record_key=key_for(Room(identity.room())),
    )  # fmt: skip
    made.save(force_insert=True)
    audit.record("rights.answered", made, result="done")
    return made


@transaction.atomic
def review_ask(*, request: Request) -> None:
    """The person wants the answers looked at by an auditor: every holder's, answered or not.

    Repeating it changes nothing. Raises NotPermitted.
    """
    require_change(Due)
    waiting = Due.objects.filter(request=request, review_asked_at=None)
    if waiting.update(review_asked_at=timezone.now()):
        audit.record("rights.review_asked", request, result="done")


@transaction.atomic
def answer_review(*, answer: Answer, outcome: Answer.Review, reasons: str) -> Answer:
    """An auditor says whether an answer is right; where more is to be told, it is owed anew.

    Raises NotPermitted, ValidationError.
    """
    actor = require_change(type(answer))
    if actor.standing not in OUTSIDERS:
        raise NotPermitted(f"{actor.name} is no auditor; an auditor reviews answers.")
    if outcome not in Answer.Review.values or not reasons.strip():
        raise ValidationError({"reasons": _("Choose what you found, and write why.")})
    held = type(answer).objects.select_for_update(of=["self"]).select_related("record_key")
    held = held.get(pk=answer.pk)
    if held.review_outcome:
        raise ValidationError(_("It has been reviewed in the meantime."))
    held.review_outcome, held.review_words = outcome, reasons.strip()
    held.reviewed_by_id, held.reviewed_at = actor.user_id, timezone.now()
    held.save(update_fields=["review_outcome", "review_words", "reviewed_by", "reviewed_at"])
    audit.record("rights.reviewed", held, result="done")
    return held


def key_for(room: Room):
    try:
        return record_key_make(room=room)
    except KeyMissing:
        raise _no_key() from None


def _drafted(room: Room):
    try:
        return record_key_draft(room=room)
    except KeyMissing:
        raise _no_key() from None


def _no_key() -> ValidationError:
    return ValidationError(
        _("Nothing can be sealed here yet: ask your system administrator for this room's key.")
    )
