"""Verbs: enter a conflict, link shootings, tell what happened; write down and review a dispute."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.access.retention.classes import RecordClass
from ceasefire.access.retention.refusals import in_words
from ceasefire.access.retention.rules import latest_purge
from ceasefire.registry.conflicts.models import (
    Conflict,
    ConflictEvent,
    ConflictShooting,
    Dispute,
    GroupParty,
    Side,
)
from ceasefire.registry.groups.models import Group
from ceasefire.registry.lint import require_fit, require_words
from ceasefire.registry.models import Incident
from ceasefire.registry.sources.models import Source

INTELLIGENCE = RecordClass.INTELLIGENCE


@transaction.atomic
def conflict_open(
    *, name: str, kind: str, state: str, began_on: date, newest_on: date, one_side: str,
    other_side: str, cause: str = "", agency=None,
) -> Conflict:  # fmt: skip
    """Enter a conflict with its two sides. newest_on: the day of its newest fact, from which its
    time runs. Raises NotPermitted, ValidationError by field.
    """
    actor = require_change(Conflict)
    require_words(name=name, one_side=one_side, other_side=other_side)
    require_fit(name=name, one_side=one_side, other_side=other_side, cause=cause)
    _require_past("newest_on", newest_on)
    if began_on > newest_on:
        raise ValidationError({"began_on": _("It began on the day of its newest fact, or before.")})
    with in_words():
        conflict = Conflict.objects.create(
            agency_id=agency.pk if agency else actor.agency_id, name=name.strip(), kind=kind,
            state=state, began_on=began_on, cause=cause.strip(), record_class=INTELLIGENCE,
            basis_on=newest_on,
        )  # fmt: skip
        for place, side in ((1, one_side), (2, other_side)):
            Side.objects.create(conflict=conflict, place=place, name=side.strip())
    audit.record("conflicts.opened", conflict, result="done")
    return conflict


def _require_past(field: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("This day has not come yet.")})
    if latest_purge(INTELLIGENCE, day) <= timezone.localdate():
        raise ValidationError({field: _("It is too old to be kept: five years are the most.")})


@transaction.atomic
def shooting_link(
    *, conflict: Conflict, incident: Incident, reason: str, by_side: Side | None = None,
    began_it: bool = False,
) -> ConflictShooting:  # fmt: skip
    """A shooting belongs to the conflict. Linked again, what is new is said of the same link."""
    require_change(ConflictShooting)
    require_words(reason=reason)
    require_fit(reason=reason)
    others = ConflictShooting.objects.filter(conflict=conflict, began_it=True)
    if began_it and others.exclude(incident=incident).exists():
        raise ValidationError(
            {"began_it": _("Another shooting is said to have begun it. Take that back first.")}
        )
    said = {"by_side": by_side, "began_it": began_it, "reason": reason.strip()}
    with in_words():
        link, new = ConflictShooting.objects.get_or_create(
            conflict=conflict, incident=incident, defaults=said
        )
        if not new:
            ConflictShooting.objects.filter(pk=link.pk).update(**said)
    _changed(conflict, what="shooting")
    return link


@transaction.atomic
def event_add(
    *, conflict: Conflict, on: date, kind: str, words: str, side: Side | None = None
) -> ConflictEvent:
    """What happened, or a day to watch: a release, an anniversary, a funeral. No person's name."""
    require_change(ConflictEvent)
    require_words(words=words)
    require_fit(words=words)
    if on > timezone.localdate() and kind not in ConflictEvent.WATCHED:
        raise ValidationError(
            {"on": _("Of days to come, only a release, an anniversary or a funeral is kept.")}
        )
    made, new = ConflictEvent.objects.get_or_create(
        conflict=conflict, on=on, kind=kind, side=side, words=words.strip()
    )
    if new:
        _changed(conflict, what="event")
    return made


@transaction.atomic
def state_change(*, conflict: Conflict, state: str, on: date, words: str) -> Conflict:
    """The conflict comes to another state. The same again changes nothing."""
    require_change(Conflict)
    require_words(words=words)
    require_fit(words=words)
    _require_past("on", on)
    conflict = Conflict.objects.select_for_update().get(pk=conflict.pk)
    if conflict.state != state:
        Conflict.objects.filter(pk=conflict.pk).update(state=state)
        ConflictEvent.objects.create(
            conflict=conflict, on=on, kind=ConflictEvent.Kind.STATE, state=state,
            words=words.strip(),
        )  # fmt: skip
        _changed(conflict, what="state")
        conflict.state = state
    return conflict


@transaction.atomic
def party_add(*, side: Side, group: Group, source: Source) -> GroupParty:
    """A group is on this side, by a source. A person is tied to a side as to a group: by the gate
    of ties. Raises ValidationError where it is on the other side."""
    require_change(GroupParty)
    across = GroupParty.objects.filter(side__conflict=side.conflict_id, group=group)
    if across.exclude(side=side).exists():
        raise ValidationError({"group": _("This group is on the other side.")})
    with in_words():
        party, new = GroupParty.objects.get_or_create(
            side=side, group=group, defaults={"source": source}
        )
    if new:
        _changed(side.conflict, what="group")
    return party


@transaction.atomic
def part_remove(*, conflict: Conflict, part: models.Model) -> None:
    """A link, an event or a group was wrong. Repeating it changes nothing."""
    require_change(type(part))
    if type(part).objects.filter(pk=part.pk).delete()[0]:
        _changed(conflict, what="removed")


def _changed(conflict: Conflict, *, what: str) -> None:
    audit.record("conflicts.changed", conflict, result="done", detail={"what": what})


@transaction.atomic
def dispute_write(
    *, on: date, place: str, one_side: str, other_side: str, risks: Sequence[str], why: str,
    learned: str, case_numbers: str = "", cause: str = "", done: str = "",
) -> Dispute:  # fmt: skip
    """Write down a dispute that may turn violent; a supervisor looks at it."""
    actor = require_change(Dispute)
    told = {"place": place, "one_side": one_side, "other_side": other_side, "why": why,
            "learned": learned}  # fmt: skip
    more = {"case_numbers": case_numbers, "cause": cause, "done": done}
    require_words(**told)
    require_fit(**told, **more)
    _require_past("on", on)
    if not risks:
        raise ValidationError({"risks": _("Tick at least one.")})
    with in_words():
        dispute = Dispute.objects.create(
            agency_id=actor.agency_id, on=on, risks=sorted(set(risks)), record_class=INTELLIGENCE,
            basis_on=on, **{name: words.strip() for name, words in (told | more).items()},
        )  # fmt: skip
    audit.record("conflicts.disputed", dispute, result="done")
    return dispute


@transaction.atomic
def dispute_review(
    *, dispute: Dispute, outcome: str, review_words: str, conflict: Conflict | None = None
) -> Dispute:
    """A supervisor, another than the author, says what comes of it."""
    actor = require_change(Dispute)
    require_words(review_words=review_words)
    require_fit(review_words=review_words)
    if actor.user_id == dispute.author_id:
        raise ValidationError(_("A dispute is reviewed by somebody else than who wrote it down."))
    if (outcome == Dispute.Outcome.CONFLICT) != (conflict is not None):
        raise ValidationError({"conflict": _("Choose the conflict exactly where there is one.")})
    with in_words():
        Dispute.objects.filter(pk=dispute.pk).update(
            outcome=outcome, review_words=review_words.strip(), conflict=conflict,
            reviewed_by=actor.user_id, reviewed_at=timezone.now(),
        )  # fmt: skip
    audit.record("conflicts.reviewed", dispute, result="done", detail={"outcome": outcome})
    dispute.refresh_from_db()
    return dispute
