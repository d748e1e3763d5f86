"""Who may read one row, where a policy says that some readers read only their own items."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager


class Audience(models.Model):
    """Some agencies and some people, in one room. It never changes: a row changes its audience.

    Rows with the same readers share one, so that there are few and every reader's list is short.
    """

    # Small, so that a row's audience is looked up in an array by its number.
    id = models.AutoField(primary_key=True)
    room = models.CharField(max_length=13, choices=Room.choices)
    agencies = ArrayField(models.BigIntegerField(), default=list)
    people = ArrayField(models.BigIntegerField(), default=list)

    objects = PolicyManager()

    class Meta:
        indexes = [
            GinIndex(fields=["agencies"], name="audiences_of_an_agency", fastupdate=False),
            GinIndex(fields=["people"], name="audiences_of_a_person", fastupdate=False),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agencies", "people", "room"], name="one_audience_for_the_same_readers"
            ),
            models.CheckConstraint(
                condition=~Q(agencies=[]) | ~Q(people=[]), name="audience_has_somebody"
            ),
        ]


def audience_of(*, agencies: Iterable[int] = (), people: Iterable[int] = ()) -> Audience:
    """The audience of these agencies and people in the room at hand, made where it is new."""
    having = {"agencies": sorted(set(agencies)), "people": sorted(set(people))}
    audience, _created = Audience.objects.get_or_create(room=identity.room(), **having)
    return audience
