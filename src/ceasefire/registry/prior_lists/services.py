"""Verbs: let the rows of a list wait, attest one, or let one go.

The database refuses what is refused here (migration 0009), whoever writes; here it is said in
words, at the field.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import NotPermitted, require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.refusals import in_words
from ceasefire.registry.lint import require_fit, require_words
from ceasefire.registry.matching import taking, waiting
from ceasefire.registry.people import recording
from ceasefire.registry.people.recording import Outcome, Source, Told
from ceasefire.registry.people.told import Row
from ceasefire.registry.prior_lists import selectors
from ceasefire.registry.prior_lists.models import (
    REVIEW_DAYS,
    WAITING_DAYS,
    ListNaming,
    PriorList,
    PriorRow,
)

Decision = PriorRow.Outcome


class DecidedAlready(Exception):
    """Somebody has decided this row in the meantime, or its time is over."""


@transaction.atomic
def rows_wait(*, rows: Iterable[Row], source: Source) -> tuple[Outcome, PriorList]:
    """Let the rows of a file wait. Somebody who waits already, or stands attested, is left.

    Raises NotPermitted for whoever loads without an account: nobody attests what they have
    loaded, so who loaded it is known.
    """
    actor = require_change(PriorRow)
    if actor.user_id is None:
        raise NotPermitted(
            _("A list of people is loaded in somebody's name: use an account (--as USER).")
        )
    outcome = Outcome()
    told = {one.record_key: one for one in recording.told(rows, source, outcome)}
    new = [one for key, one in told.items() if key not in _known(source, told)]
    made = PriorList.objects.create(
        feed_id=source.feed_id, batch_id=source.batch_id, keeper_id=actor.agency_id, rows=len(new),
        # The database writes who and when.
        loaded_by_id=actor.user_id,
    )  # fmt: skip
    today = timezone.localdate()
    PriorRow.objects.bulk_create([_waits(one, made, today) for one in new], recording.AT_ONCE)
    outcome.added, outcome.unchanged = len(new), len(told) - len(new)
    audit.record("prior_lists.loaded", made, result="done", detail={"rows": len(new)})
    return outcome, made


def _known(source: Source, told: dict) -> set:
    """Record keys of those who wait from an earlier file of the feed, or stand attested."""
    held = PriorRow.objects.filter(prior_list__feed=source.feed_id, outcome=Decision.WAITS)
    standing = recording.standing(source)
    attested = {key for key, one in told.items() if one.row_key in standing}
    return attested | set(held.values_list("record_key", flat=True))


def _waits(one: Told, of: PriorList, today: date) -> PriorRow:
    return PriorRow(
        prior_list=of, keeper_id=of.keeper_id, row_number=one.row.number,
        record_key=one.record_key, said=json.dumps(waiting.plain_who(one.row.who)),
        record_class=RecordClass.INTELLIGENCE, basis_on=today,
        purge_on=today + timedelta(days=WAITING_DAYS),
    )  # fmt: skip


@transaction.atomic
def row_attest(
    *, row: PriorRow, document: str, number: str, on: date, basis: str, purpose: str,
    review_by: date,
) -> ListNaming:  # fmt: skip
    """Attest one row: it becomes a source record of a person, until its review.

    on: the day of the list. Raises ValidationError by field, NotPermitted for whoever loaded the
    list, DecidedAlready where somebody was faster.
    """
    require_change(PriorRow)
    said = {"document": document, "number": number, "basis": basis, "purpose": purpose}
    require_words(**said)
    require_fit(**said)
    _require_days(on, review_by)
    row = _held(row)
    who, source = selectors.who(row), selectors.source_of(row)
    with in_words():
        _decide(row, Decision.ATTESTED)
        facts = said | {"on": on, "review_by": review_by, **_stamp(row)}
        naming = _taken(Row(row.row_number, who, facts), source)
    audit.record(
        "prior_lists.attested", naming, result="done", subjects=[audit.key_of(naming.person)]
    )
    return naming


@transaction.atomic
def row_refuse(*, row: PriorRow) -> None:
    """Let one row go: what it says is destroyed at once. Raises DecidedAlready."""
    require_change(PriorRow)
    row = _held(row)
    with in_words():
        _decide(row, Decision.REFUSED)
    audit.record("prior_lists.refused", row, result="done")


def _require_days(on: date, review_by: date) -> None:
    today = timezone.localdate()
    if on > today:
        raise ValidationError({"on": _("That day has not come.")})
    if not today < review_by <= today + timedelta(days=REVIEW_DAYS):
        raise ValidationError(
            {"review_by": _("Choose a day after today and within a year from now.")}
        )


def _held(row: PriorRow) -> PriorRow:
    """The row, locked. Of two at once the second waits here, and finds it decided."""
    found = selectors.waiting_rows().select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise DecidedAlready(_("Somebody has decided this row in the meantime."))
    return found


def _decide(row: PriorRow, outcome: str) -> None:
    PriorRow.objects.filter(pk=row.pk).update(outcome=outcome, said="")
    row.refresh_from_db(fields=["outcome", "decided_by", "decided_at"])


def _stamp(row: PriorRow) -> dict:
    return {"attested_by_id": row.decided_by_id, "attested_at": row.decided_at}


def _taken(row: Row, source: Source) -> ListNaming:
    if row.who.born and row.who.born > row.facts["on"]:
        raise ValidationError({"on": _("The person was born after that day.")})
    taken = taking.row_take_in(row=row, source=source)
    if taken.outcome.too_old:
        raise ValidationError(
            {"on": _("A list so old may not be kept any more: its five years are over.")}
        )
    return ListNaming.objects.select_related("person").get(
        feed_id=source.feed_id, row_key=taken.row_key, known_to=None
    )
