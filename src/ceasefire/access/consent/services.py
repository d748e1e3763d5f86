"""Verbs on consents: record what a person said, take it back, see that it was taken back."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.consent.models import LONGEST_MONTHS, Consent, ConsentNotice
from ceasefire.access.consent.scopes import named, words_of
from ceasefire.access.models import Agency
from ceasefire.access.partitions import Room
from ceasefire.access.policies import require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.services import record_key_make

# Their people read no file of the services; what crosses to them goes through its own door.
LAW_ENFORCEMENT = (
    *(Agency.Kind.POLICE, Agency.Kind.NEIGHBOUR_POLICE, Agency.Kind.FEDERAL),
    *(Agency.Kind.PROSECUTOR, Agency.Kind.PROBATION),
)


@transaction.atomic
def consent_record(
    *, person: str, scopes: Sequence[str], purpose: str, answer: Consent.Answer,
    voice: Consent.Voice, given_on: date, expires_on: date | None = None,
    recipient: Agency | None = None, recipient_outside: str = "", guardian_needed: bool = False,
    method: str = "", signature: str = "", witness: str = "",
) -> Consent:  # fmt: skip
    """Record what was said about telling one recipient, as the discloser's own person.

    person: a key ("outreach.client:12"). A refusal has no expiry and needs no signature. Raises
    NotPermitted, UnknownScope, and ValidationError (by field) for what a consent cannot leave out.
    """
    actor = require_change(Consent)
    covered = [named(code).code for code in sorted(set(scopes))]
    said = Consent(
        person_key=person, discloser_id=actor.agency_id, recipient=recipient,
        recipient_outside=recipient_outside.strip() or None, scopes=covered,
        purpose=purpose.strip(), answer=answer, voice=voice,
        guardian_needed=guardian_needed or voice == Consent.Voice.GUARDIAN, given_on=given_on,
        expires_on=expires_on if answer == Consent.Answer.AGREED else None, method=method,
        signature=signature.strip() or None, witness=witness.strip() or None,
        recorded_by_id=actor.user_id, record_class=RecordClass.CONSENT, basis_on=given_on,
    )  # fmt: skip
    _require_whole(said)
    said.record_key = _key()
    said.save(force_insert=True)
    audit.record("consent.recorded", said, subjects=[person], result="done")
    return said


@transaction.atomic
def consent_revoke(*, consent: Consent, how: Consent.Told) -> bool:
    """Take back a consent, or withdraw a refusal, from this moment on; says whether it stood.

    The discloser's people are told. Repeating it, or two at once, changes nothing. Raises
    NotPermitted, and ValidationError where it is not said how the person told it.
    """
    actor = require_change(Consent)
    if how not in Consent.Told.values:
        raise ValidationError({"how": _("Say how the person told you.")})
    standing = Consent.objects.filter(pk=consent.pk, revoked_at=None)
    if not standing.update(revoked_at=timezone.now(), revoked_by_id=actor.user_id, revoked_how=how):
        return False
    if consent.answer == Consent.Answer.AGREED:
        ConsentNotice.objects.create(consent=consent, agency_id=consent.discloser_id)
    audit.record("consent.revoked", consent, subjects=[consent.person_key], result="done")
    return True


@transaction.atomic
def notice_see(*, notice: ConsentNotice) -> None:
    """Somebody of the discloser has seen it; the first one counts."""
    actor = require_change(ConsentNotice)
    unseen = ConsentNotice.objects.filter(pk=notice.pk, seen_at=None)
    if unseen.update(seen_at=timezone.now(), seen_by_id=actor.user_id):
        audit.record("consent.notice_seen", notice, result="done")


def _key():
    try:
        return record_key_make(room=Room.SERVICES)
    except KeyMissing:
        raise ValidationError(
            _("Nothing can be sealed here yet: ask your system administrator for this room's key.")
        ) from None


def longest(given_on: date) -> date:
    """The last day that a consent of this day may name."""
    year = given_on.year + LONGEST_MONTHS // 12
    # The 29th of February has no twin: PostgreSQL counts a year from it to the 28th.
    return given_on.replace(year=year, day=min(given_on.day, 28 if given_on.month == 2 else 31))


def _require_whole(said: Consent) -> None:
    faults = dict(_faults(said))
    if faults:
        raise ValidationError(faults)


def _faults(said: Consent):
    """Field -> what to do about it."""
    yield from _recipient_faults(said)
    if not said.scopes:
        yield "scopes", _("Choose at least one thing that may be told.")
    if not said.purpose:
        yield "purpose", _("Say what it is for, in the person's own words if you can.")
    if said.given_on > timezone.localdate():
        yield "given_on", _("This day has not come yet; write the day on which it was said.")
    if said.answer == Consent.Answer.AGREED:
        yield from _agreement_faults(said)


def _recipient_faults(said: Consent):
    if (said.recipient is None) == (said.recipient_outside is None):
        yield "recipient", _("Choose one agency here, or write who is told outside; not both.")
    elif said.recipient_id == said.discloser_id:
        yield "recipient", _("This is your own organisation; choose who else is told.")
    elif said.recipient and said.recipient.kind == Agency.Kind.FEDERAL:
        yield "recipient", _("Nothing about a client is told to a federal agency by a consent.")
    elif closed := _closed_to(said.recipient, said.scopes):
        told = _("Law enforcement cannot be told this by a consent: %(what)s. Leave it out.")
        yield "scopes", told % {"what": words_of(closed)}


def _closed_to(recipient: Agency | None, scopes: list[str]) -> list[str]:
    if recipient is None or recipient.kind not in LAW_ENFORCEMENT:
        return []
    return [one for one in scopes if not named(one).law_enforcement]


def _agreement_faults(said: Consent):
    if said.expires_on is None:
        yield "expires_on", _("Every consent has a last day, at most twelve months on.")
    elif not said.given_on <= said.expires_on <= longest(said.given_on):
        yield (
            "expires_on",
            _("The last day lies within twelve months of the first: at the latest %(day)s.")
            % {"day": longest(said.given_on).isoformat()},
        )
    if said.method not in Consent.Method.values:
        yield "method", _("Say how it was signed.")
    elif said.method == Consent.Method.SPOKEN and not said.witness:
        yield "witness", _("Write who else heard it.")
    elif said.method != Consent.Method.SPOKEN and not said.signature:
        yield "signature", _("Write the name that was signed.")
