"""Verbs: attest, mark an agency, write down a request."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit, identity
from ceasefire.access.federal.models import (
    DelegatedAuthority,
    FederalAttestation,
    ImmigrationRequest,
)
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import require_change
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.services import record_key_make
from ceasefire.access.walls import proof


def standing(session_secret: str) -> str | None:
    """Why the person of this session has no role: 'attestation' is lacking, or 'detailed'.

    Empty where the person has attested; None where nobody asks it of them.
    """
    with _bearer(session_secret), connection.cursor() as cursor:
        cursor.execute("SELECT wall.federal_standing()")
        return cursor.fetchone()[0]


@transaction.atomic
def attest(*, session_secret: str, answer: FederalAttestation.Answer) -> str | None:
    """Say, as the person of this session, whether one enforces immigration law; how one stands now.

    It counts for the quarter, and repeating it changes nothing. Whoever is detailed stays without
    a role until another quarter. Raises ValidationError for an answer that there is not.
    """
    if answer not in FederalAttestation.Answer.values:
        raise ValidationError(_("Choose one of the two answers."))
    with _bearer(session_secret), connection.cursor() as cursor:
        cursor.execute("SELECT wall.federal_attest(%s)", [answer])
        audit.record("federal.attested", result="done", detail={"answer": answer})
        cursor.execute("SELECT wall.federal_standing()")
        return cursor.fetchone()[0]


def _bearer(session_secret: str):
    """Show the database the session alone: whoever has not attested has no role to act in."""
    return identity.showing(identity.NO_ROOM, proof.of_session(session_secret))


@transaction.atomic
def authority_mark(*, agency: Agency, since: date, source: str) -> DelegatedAuthority:
    """From now on the agency's people attest. Marking it twice changes nothing.

    Raises NotPermitted, and ValidationError without a source.
    """
    actor = require_change(DelegatedAuthority)
    if not source.strip():
        raise ValidationError({"source": _("Say where it is written, for example the agreement.")})
    marked, new = DelegatedAuthority.objects.get_or_create(
        agency=agency,
        ended_on=None,
        defaults={"since": since, "source": source.strip(), "marked_by_id": actor.user_id},
    )
    if new:
        audit.record("federal.marked", marked, result="done")
    return marked


@transaction.atomic
def authority_end(*, authority: DelegatedAuthority, today: date) -> None:
    """The agency has the authority no longer. Repeating it changes nothing."""
    require_change(DelegatedAuthority)
    held = DelegatedAuthority.objects.filter(pk=authority.pk, ended_on=None)
    if held.update(ended_on=max(today, authority.since)):
        audit.record("federal.marked", authority, result="done", detail={"ended": True})


@transaction.atomic
def request_record(
    *, received_at: datetime, body: str, means: ImmigrationRequest.Means,
    about: ImmigrationRequest.About, official: str = "", words: str = "",
    answer: ImmigrationRequest.Answer = ImmigrationRequest.Answer.REFUSED, warrant: str = "",
    attorney_on: date | None = None,
) -> ImmigrationRequest:  # fmt: skip
    """Write down that an immigration authority asked for something. It cannot be changed after.

    Raises ValidationError by field.
    """
    actor = require_change(ImmigrationRequest)
    said = ImmigrationRequest(
        received_at=received_at, body=body.strip(), official=official.strip(), means=means,
        about=about, words=words.strip() or None, answer=answer, warrant=warrant.strip(),
        attorney_on=attorney_on, recorded_by_id=actor.user_id,
    )  # fmt: skip
    if faults := dict(_faults(said)):
        raise ValidationError(faults)
    said.record_key = _key()
    said.save(force_insert=True)
    audit.record("federal.requested", said, result="done")
    return said


def _key():
    try:
        return record_key_make(room=Room.AGGREGATE)
    except KeyMissing:
        raise ValidationError(
            _("Nothing can be sealed here yet: ask your system administrator for this room's key.")
        ) from None


def _faults(said: ImmigrationRequest):
    """Field -> what to do about it."""
    if not said.body:
        yield "body", _("Write which authority asked.")
    if said.received_at > timezone.now():
        yield "received_at", _("This time has not come yet; write when the request came.")
    handed_over = bool(said.warrant) and said.attorney_on is not None
    if said.answer == ImmigrationRequest.Answer.ATTORNEY and not handed_over:
        yield (
            "warrant",
            _(
                "Write the court and the number of the warrant, and the day on which the city "
                "attorney got it. Without a judge's warrant it is refused."
            ),
        )
    if said.answer == ImmigrationRequest.Answer.REFUSED and (said.warrant or said.attorney_on):
        yield "answer", _("With a judge's warrant the answer is the city attorney's.")
