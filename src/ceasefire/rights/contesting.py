"""Verbs on contested entries: lay one before somebody else, decide it, appeal, put copies right.

The database hides what is overdue, writes who decided, and refuses a decision by whoever entered
the entry or laid it before others, and by anybody of the agency that wrote it.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.partitions import Room
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.rights import selectors
from ceasefire.rights.holdings import Entry, Held
from ceasefire.rights.models import (
    APPEAL_DAYS,
    DECISION_DAYS,
    Contest,
    Correction,
    Due,
)
from ceasefire.rights.policies import DECIDERS, OUTSIDERS, POLICE
from ceasefire.rights.services import key_for


@transaction.atomic
def contest_open(*, due: Due, held: Held, entry: Entry, words: str) -> Contest:
    """Lay an entry before somebody from outside; overdue, it is hidden by the database.

    The same entry of the same request is one contest. Raises NotPermitted, ValidationError.
    """
    actor = require_change(Contest)
    if not (actor.is_operator or actor.standing in POLICE):
        raise NotPermitted(f"{actor.name} may not lay an entry before somebody else.")
    if not words.strip():
        raise ValidationError({"words": _("Write what the person says is wrong.")})
    if not entry.contestable:
        raise ValidationError({"entry": _("This is no entry that can be contested.")})
    contest = Contest(
        request_id=due.request_id, entry=entry.key, subject=held.key, known_as=held.subjects,
        agency_id=entry.agency_id, entered_by_id=entry.entered_by, says=entry.says,
        language=due.request.language, words=words.strip(), opened_by_id=actor.user_id,
        opened_at=timezone.now(),
        due_on=timezone.localdate() + timedelta(days=DECISION_DAYS),
        record_key=key_for(Room.INVESTIGATIVE),
    )  # fmt: skip
    try:
        with transaction.atomic():
            contest.save(force_insert=True)
    except IntegrityError:
        return selectors.contests().get(request=due.request_id, entry=entry.key)
    audit.record("rights.contested", contest, result="done", subjects=[held.key])
    return contest


@transaction.atomic
def contest_decide(*, contest: Contest, outcome: Contest.Outcome, reasons: str) -> Contest:
    """Decide, with reasons. What is taken out the database hides, and tells every recipient.

    Raises NotPermitted for whoever is not from outside, ValidationError.
    """
    actor = require_change(Contest)
    if actor.standing not in DECIDERS or actor.agency_id == contest.agency_id:
        raise NotPermitted(f"{actor.name} is not from outside the agency that wrote this entry.")
    if actor.user_id in (contest.entered_by_id, contest.opened_by_id):
        raise NotPermitted(f"{actor.name} had a hand in this entry; somebody else decides.")
    held = _locked(contest)
    _require_reasons(outcome, reasons)
    if held.outcome:
        raise ValidationError(_("It has been decided in the meantime."))
    held.outcome, held.reasons, held.decided_at = outcome, reasons.strip(), timezone.now()
    held.decided_by_id, held.decided_agency_id = actor.user_id, actor.agency_id
    held.save(update_fields=["outcome", "reasons", "decided_at", "decided_by", "decided_agency"])
    audit.record("rights.decided", held, result="done", detail={"outcome": str(outcome)})
    return held


@transaction.atomic
def contest_appeal(*, contest: Contest, words: str) -> Contest:
    """The person takes the decision to an outsider. The same again changes nothing.

    Raises NotPermitted, ValidationError.
    """
    actor = require_change(Contest)
    if not (actor.is_operator or actor.standing in POLICE):
        raise NotPermitted(f"{actor.name} may not lay a decision before an outsider.")
    held = _locked(contest)
    if not held.outcome:
        raise ValidationError(_("First it is decided; then the person may appeal."))
    if not words.strip():
        raise ValidationError({"words": _("Write what the person says to the decision.")})
    if held.appealed_at is None:
        held.appealed_at = timezone.now()
        held.appeal_due_on = timezone.localdate() + timedelta(days=APPEAL_DAYS)
        held.appeal_words = words.strip()
        held.save(update_fields=["appealed_at", "appeal_due_on", "appeal_words"])
        audit.record("rights.appealed", held, result="done")
    return held


@transaction.atomic
def appeal_decide(*, contest: Contest, outcome: Contest.Outcome, reasons: str) -> Contest:
    """The outsider's word, which counts. Raises NotPermitted, ValidationError."""
    actor = require_change(Contest)
    if actor.standing not in OUTSIDERS:
        raise NotPermitted(f"{actor.name} is no outsider; an auditor decides appeals.")
    held = _locked(contest)
    _require_reasons(outcome, reasons)
    if held.appealed_at is None or held.appeal_outcome:
        raise ValidationError(_("There is no appeal here that waits for a decision."))
    held.appeal_outcome, held.appeal_reasons = outcome, reasons.strip()
    held.appeal_by_id, held.appeal_agency_id = actor.user_id, actor.agency_id
    held.appeal_decided_at = timezone.now()
    held.save(
        update_fields=[
            "appeal_outcome", "appeal_reasons", "appeal_by", "appeal_agency", "appeal_decided_at",
        ]
    )  # fmt: skip
    audit.record("rights.appeal_decided", held, result="done", detail={"outcome": str(outcome)})
    return held


@transaction.atomic
def correction_done(*, correction: Correction, how: str) -> None:
    """Say that an agency's copies were put right: its own people, or a clerk whom it told.

    Repeating it changes nothing.
    Raises NotPermitted, ValidationError.
    """
    actor = require_change(Correction)
    if not how.strip():
        raise ValidationError({"how": _("Say what was done with the copies.")})
    waiting = Correction.objects.filter(pk=correction.pk, done_at=None)
    done = {"done_at": timezone.now(), "done_by_id": actor.user_id, "done_how": how.strip()}
    if waiting.update(**done):
        audit.record("rights.corrected", correction, result="done")


def _locked(contest: Contest) -> Contest:
    held = Contest.objects.select_for_update(of=["self"]).select_related("record_key")
    return held.get(pk=contest.pk)


def _require_reasons(outcome: str, reasons: str) -> None:
    faults = {}
    if outcome not in Contest.Outcome.values:
        faults["outcome"] = _("Choose whether the entry stands or is taken out.")
    if not reasons.strip():
        faults["reasons"] = _("Write the reasons; the person is told them.")
    if faults:
        raise ValidationError(faults)
