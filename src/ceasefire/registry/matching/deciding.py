"""Verb: decide whether two records are one person's. A decision is kept, and not asked again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.registry.matching import waiting
from ceasefire.registry.matching.models import LinkagePair, WaitingRecord
from ceasefire.registry.merging.services import people_merge
from ceasefire.registry.people import recording
from ceasefire.registry.people.models import PersonRecord
from ceasefire.registry.people.recording import Outcome, Source

Pair = LinkagePair.Outcome


class DecidedOtherwise(Exception):
    """Somebody has decided this pair otherwise in the meantime."""


@transaction.atomic
def pair_decide(*, pair: LinkagePair, same: bool, reason: str = "") -> LinkagePair:
    """Say whether two records are one person's. The same decision again changes nothing.

    Two people of the register who are one are merged, which can be taken back. Raises
    DecidedOtherwise where somebody was faster, NotPermitted, NotMergeable.
    """
    actor = require_change(LinkagePair)
    outcome = Pair.SAME if same else Pair.APART
    pair = LinkagePair.objects.select_for_update().get(pk=pair.pk)
    if pair.outcome == outcome:
        return pair
    if pair.outcome != Pair.ASKED:
        raise DecidedOtherwise(_("Somebody has decided about these two in the meantime."))
    if pair.waiting_id:
        _decide_waiting(pair, same)
    elif same:
        _merge(pair, reason)
    pair.outcome, pair.reason, pair.decided_at = outcome, reason.strip(), timezone.now()
    pair.decided_by_id = actor.user_id
    pair.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    audit.record("linkage.decided", pair, result="done", detail={"same": same})
    return pair


def _merge(pair: LinkagePair, reason: str) -> None:
    """The person who entered first stays."""
    records = PersonRecord.objects.select_related("person").in_bulk([pair.record_id, pair.other_id])
    kept, gone = sorted((one.person for one in records.values()), key=lambda one: one.pk)
    if kept != gone:
        people_merge(
            kept=kept, gone=gone, reason=reason.strip() or _("Their records are one person's.")
        )


def _decide_waiting(pair: LinkagePair, same: bool) -> None:
    """What waited becomes a record of the person, or is let go."""
    record = (
        WaitingRecord.objects.select_related("feed").select_for_update().get(pk=pair.waiting_id)
    )
    if same:
        _stands(record, pair.record.person_id)
    waiting.let_go(record)


def _stands(record: WaitingRecord, person: int) -> None:
    source = Source(
        record.agency_id, record.feed_id, record.batch_id, record.feed.kind, record.as_of
    )
    rows = recording.told(waiting.said_by(record), source, Outcome())
    known = recording.standing(source)
    rows = [row for row in rows if row.row_key not in known]
    if rows:
        records = recording.records_of(rows, source) or recording.records_write(
            [(rows[0], person)], source
        )
        recording.facts_write(rows, records, source)
