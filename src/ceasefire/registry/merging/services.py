"""Verbs: merge two people, take that back, split one person."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.policies import require_change
from ceasefire.access.retention.dependencies import all_hangs, model_labelled
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.people.models import Person, PersonRecord, Said


class NotMergeable(Exception):
    """Two people cannot be merged, or not be taken apart again; the message says why."""


def moves() -> Iterator[tuple[type[models.Model], str]]:
    """Every table and column by which a row is a person's: what a merge moves.

    What an agency said follows its record by itself; merges tell of both people as they were.
    """
    for hang in all_hangs():
        if hang.parent is Person and not (
            issubclass(hang.child, (Said, Merge)) or hang.child is Person
        ):
            yield hang.child, hang.link


@transaction.atomic
def people_merge(*, kept: Person, gone: Person, reason: str) -> Merge:
    """Give all rows of one person to another. The same again finds what was done.

    Raises NotMergeable for people who do not both stand, ValidationError (of `reason`).
    """
    require_change(Merge)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why they are one person.")})
    both = Person.objects.select_for_update().order_by("pk").in_bulk([kept.pk, gone.pk])
    if len(both) < 2:
        raise NotMergeable(_("A person is not merged with themselves."))
    done = Merge.objects.filter(kept=kept, gone=gone, undone_at=None).first()
    if done:
        return done
    if any(one.merged_into_id for one in both.values()):
        raise NotMergeable(_("One of the two has been merged in the meantime. Look again."))
    moved = {}
    for model, link in moves():
        numbers = list(model.objects.filter(**{link: gone.pk}).values_list("pk", flat=True))
        model.objects.filter(pk__in=numbers).update(**{f"{link}_id": kept.pk})
        if numbers:
            moved[f"{model._meta.label_lower}.{link}"] = numbers
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    merge = Merge.objects.create(kept=kept, gone=gone, reason=reason.strip(), moved=moved)
    audit.record("people.merged", kept, result="done", subjects=_keys(kept, gone))
    return merge


@transaction.atomic
def merge_undo(*, merge: Merge, because: str) -> None:
    """Give back what was moved and is still there. Repeating it changes nothing.

    Raises NotMergeable where the person who was kept has been merged in turn, ValidationError.
    """
    actor = require_change(Merge)
    if not because.strip():
        raise ValidationError({"because": _("Say why they are two people.")})
    merge = Merge.objects.select_for_update().select_related("kept", "gone").get(pk=merge.pk)
    if merge.undone_at:
        return
    if merge.kept.merged_into_id:
        raise NotMergeable(_("Take back the later merge of the same person first."))
    for place, numbers in merge.moved.items():
        label, _dot, link = place.rpartition(".")
        model = model_labelled(label)
        model.objects.filter(pk__in=numbers, **{link: merge.kept_id}).update(
            **{f"{link}_id": merge.gone_id}
        )
    Person.objects.filter(pk=merge.gone_id).update(merged_into=None)
    Merge.objects.filter(pk=merge.pk).update(
        undone_at=timezone.now(), undone_by=actor.user_id, undone_because=because.strip()
    )
    _keep_apart(merge.kept_id, merge.gone_id, because.strip(), actor.user_id)
    audit.record("people.parted", merge.kept, result="done", subjects=_keys(merge.kept, merge.gone))


@transaction.atomic
def person_split(*, person: Person, records: list[int], because: str) -> Person:
    """Give some of a person's records, with all that they say, to a new person.

    Raises NotMergeable where nothing or everything would go, ValidationError.
    """
    actor = require_change(Merge)
    if not because.strip():
        raise ValidationError({"because": _("Say why they are two people.")})
    person = Person.objects.select_for_update().get(pk=person.pk)
    held = list(PersonRecord.objects.filter(person=person).order_by("pk"))
    going = [one for one in held if one.pk in set(records)]
    if not going or len(going) == len(held):
        raise NotMergeable(_("Choose some of the records, and leave at least one."))
    first = going[0]
    new = Person.objects.create(
        agency_id=first.agency_id, hidden=all(one.hidden for one in going),
        entered_by=person.entered_by, record_class=first.record_class, basis_on=first.basis_on,
        purge_on=first.purge_on,
    )  # fmt: skip
    PersonRecord.objects.filter(pk__in=[one.pk for one in going]).update(person=new)
    _keep_apart(person.pk, new.pk, because.strip(), actor.user_id)
    audit.record("people.parted", person, result="done", subjects=_keys(person, new))
    return new


def _keep_apart(one: int, other: int, because: str, user_id: int | None) -> None:
    """That they are two people is a decision: the next file does not join them again."""
    between = models.Q(record__person=one, other__person=other)
    between |= models.Q(record__person=other, other__person=one)
    pairs = LinkagePair.objects.filter(between)
    pairs.update(
        outcome=LinkagePair.Outcome.APART, reason=because, decided_by=user_id,
        decided_at=timezone.now(),
    )  # fmt: skip


def _keys(*people: Person) -> list[str]:
    return [audit.key_of(one) for one in people]
