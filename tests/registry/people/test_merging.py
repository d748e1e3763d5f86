"""Two people who turn out to be one, and one who turns out to be two."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ceasefire.access import identity
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention.dependencies import all_hangs
from ceasefire.registry.matching.deciding import DecidedOtherwise, pair_decide
from ceasefire.registry.matching.models import LinkagePair
from ceasefire.registry.merging.models import Merge
from ceasefire.registry.merging.services import (
    NotMergeable,
    merge_undo,
    moves,
    people_merge,
    person_split,
)
from ceasefire.registry.models import Incident
from ceasefire.registry.people import selectors
from ceasefire.registry.people.models import Contact, Involvement, Person, PersonRecord, Said
from tests.registry.people.conftest import ann, ask, ben
from tests.registry.people.test_files import ARRESTS, LATER, arrest
from tests.threads import together


@pytest.fixture
def two(involve, bring):
    """Ann and Ben, each in a shooting; Ann was arrested too."""
    involve(ann(), ben())
    bring("arrests", ARRESTS, [arrest()])
    return [one.person for one in PersonRecord.objects.order_by("pk")[:2]]


def held(person):
    """Every row by which something is this person's."""
    found = {}
    for hang in all_hangs():
        if hang.parent is Person and hang.child is not Person:
            rows = hang.child._base_manager.filter(**{hang.link: person.pk})
            found[hang.child._meta.label, hang.link] = sorted(rows.values_list("pk", flat=True))
    return found


def test_every_link_to_a_person_is_moved_by_a_merge_or_follows_its_record():
    """Walks every foreign key to Person: a table that nobody thought of fails here."""
    linked = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person
    }
    follow = {(model, link) for model, link in linked if issubclass(model, (Said, Merge, Person))}
    assert linked - follow == set(moves())


def test_a_fact_has_its_records_person_or_the_database_refuses(two):
    one, other = two
    with pytest.raises(IntegrityError, match="has_its_records_person"), transaction.atomic():
        Contact.objects.filter(person=one).update(person=other)


def test_a_merge_moves_every_row(two):
    kept, gone = two
    before = held(gone)
    merge = people_merge(kept=kept, gone=gone, reason="The same man.")
    assert merge.moved == {
        "registry.personrecord.person": before["registry.PersonRecord", "person"]
    }
    after = held(gone)
    assert not any(rows for (label, _link), rows in after.items() if label != "registry.Merge")
    assert Involvement.objects.filter(person=kept).count() == 2
    assert selectors.person_standing(gone.pk) == kept


def test_a_merge_that_is_taken_back_leaves_everything_as_it_was(two):
    kept, gone = two
    before = [held(one) for one in two]
    merge = people_merge(kept=kept, gone=gone, reason="The same man.")
    merge_undo(merge=merge, because="Two men after all.")
    after = [held(one) for one in two]
    for side in (*before, *after):
        side.pop(("registry.Merge", "kept")), side.pop(("registry.Merge", "gone"))
    assert before == after
    assert selectors.person_standing(gone.pk) == gone


def test_what_came_after_a_merge_stays_with_whom_it_came_to(two, bring):
    kept, gone = two
    merge = people_merge(kept=kept, gone=gone, reason="The same man.")
    bring("arrests", ARRESTS, [arrest(), arrest("A9")], as_of=LATER)
    merge_undo(merge=merge, because="Two men after all.")
    assert set(Contact.objects.values_list("person", flat=True)) == {kept.pk}


def test_the_same_merge_again_is_the_same_merge(two):
    kept, gone = two
    first = people_merge(kept=kept, gone=gone, reason="The same man.")
    assert people_merge(kept=kept, gone=gone, reason="The same man.") == first
    assert Merge.objects.count() == 1


def test_nobody_is_merged_twice_or_with_themselves_or_without_a_reason(two):
    kept, gone = two
    with pytest.raises(ValidationError):
        people_merge(kept=kept, gone=gone, reason=" ")
    with pytest.raises(NotMergeable):
        people_merge(kept=kept, gone=kept, reason="x")
    people_merge(kept=kept, gone=gone, reason="The same man.")
    with pytest.raises(NotMergeable):
        people_merge(kept=gone, gone=kept, reason="x")


def test_merges_are_taken_back_in_the_other_order(two, involve):
    involve(ann(), ben(), ben(number="P3", family="Third", given="Cal"), as_of=LATER)
    third = Person.objects.order_by("-pk").first()
    kept, gone = two
    first = people_merge(kept=kept, gone=gone, reason="One.")
    people_merge(kept=third, gone=kept, reason="One too.")
    with pytest.raises(NotMergeable, match="later merge"):
        merge_undo(merge=first, because="no")
    assert selectors.person_standing(gone.pk) == third
    assert len(selectors.known(third).records) == 4


def test_a_split_takes_the_records_with_all_that_they_say(two):
    person = two[0]
    arrested = Contact.objects.get().record
    new = person_split(person=person, records=[arrested.pk], because="Another Ann.")
    assert Contact.objects.get().person == new
    assert Involvement.objects.filter(person=person).count() == 1
    with pytest.raises(NotMergeable):
        person_split(person=new, records=[arrested.pk], because="all of it")


def test_a_split_is_not_joined_again_by_the_next_file(two, bring):
    person, arrested = two[0], Contact.objects.get().record
    first = PersonRecord.objects.filter(person=person).earliest("pk")
    ask(first, arrested)
    new = person_split(person=person, records=[arrested.pk], because="Another Ann.")
    assert LinkagePair.objects.get().outcome == "apart"
    bring("arrests", ARRESTS, [arrest(), arrest("A9")], as_of=LATER)
    assert set(Contact.objects.values_list("person", flat=True)) == {new.pk}


def test_a_pair_decided_one_person_merges_the_two(two):
    records = [PersonRecord.objects.filter(person=one).earliest("pk") for one in two]
    pair = ask(*records)
    pair_decide(pair=pair, same=True, reason="Same photograph.")
    pair_decide(pair=pair, same=True, reason="Same photograph.")  # again changes nothing
    assert Merge.objects.get().kept == two[0]
    with pytest.raises(DecidedOtherwise):
        pair_decide(pair=pair, same=False)


def test_a_pair_decided_apart_is_kept_so(two):
    records = [PersonRecord.objects.filter(person=one).earliest("pk") for one in two]
    pair_decide(pair=ask(*records), same=False, reason="Different scars.")
    decided = LinkagePair.objects.get()
    assert (decided.outcome, decided.reason) == ("apart", "Different scars.")
    assert not Merge.objects.exists()


def at_once(*verbs):
    """Each a piece of work of its own, for the same shooting."""
    purpose = f"registry.incident:{Incident.objects.latest('pk').pk}"

    def stated(verb):
        with stating(purpose):
            return verb()

    return together(*((identity.OPERATOR, lambda verb=verb: stated(verb)) for verb in verbs))


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_at_once_find_one_merge(two):
    kept, gone = two

    def merge():
        return people_merge(kept=kept, gone=gone, reason="The same man.")

    done = at_once(merge, merge)
    assert done[0] == done[1]
    assert Merge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_otherwise_at_once_have_one_decision(two):
    pair = ask(*(PersonRecord.objects.filter(person=one).earliest("pk") for one in two))

    done = at_once(
        lambda: pair_decide(pair=pair, same=True), lambda: pair_decide(pair=pair, same=False)
    )
    assert sum(isinstance(one, DecidedOtherwise) for one in done) == 1
    assert LinkagePair.objects.get().outcome in ("same", "apart")
    assert Merge.objects.count() == (LinkagePair.objects.get().outcome == "same")
