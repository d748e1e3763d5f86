"""A person in two shootings, the others there, a group, a conflict: a small world of ties."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from ceasefire.registry.conflicts.models import ConflictShooting
from ceasefire.registry.people.models import BallisticLead, Involvement
from tests.registry.affiliations.conftest import (  # noqa: F401
    AGO,
    TODAY,
    being,
    ben,
    draft,
    group,
    keys,
    person,
    policy,
    source,
    staff,
    standing,
    why,
)
from tests.registry.conflicts.conftest import feud
from tests.registry.groups.pages import at  # noqa: F401


def part(whom, incident, role="suspect", **more):
    return Involvement.objects.create(
        agency=whom.agency, person=whom, record=whom.records.get(), incident=incident, role=role,
        row_key=uuid4(), content_key=uuid4(), known_from=timezone.now(), record_class="incident",
        basis_on=TODAY - AGO, **more,
    )  # fmt: skip


@pytest.fixture
def town(standing, ben, group, being, shoot, police_agency):  # noqa: F811
    """Ben (of Dock Street) suspected in `first` with Ann as its victim; Cara in `second`, shot
    with the same weapon; `first` belongs to a conflict; Dee in a shooting of 2019 with Cara."""
    first = shoot(date(2026, 1, 17), incident_number="26-2")
    second = shoot(date(2026, 2, 1), incident_number="26-3")
    old = shoot(date(2019, 2, 1), incident_number="19-1")
    with being("analyst"):
        ann, cara, dee = (person(police_agency, family=name) for name in ("Ash", "Cole", "Dunn"))
        conflict = feud()
        part(ben, first)
        part(ann, first, "victim_hurt")
        part(cara, second, "victim")
        part(cara, old, "witness")
        part(dee, old)
        BallisticLead.objects.create(
            first=min(first, second, key=lambda one: one.pk), strength="lead",
            second=max(first, second, key=lambda one: one.pk), known_from=timezone.now(),
        )  # fmt: skip
        ConflictShooting.objects.create(conflict=conflict, incident=first, reason="Same corner.")
    return {
        "first": first, "second": second, "old": old, "ann": ann, "ben": ben, "cara": cara,
        "dee": dee, "group": group, "conflict": conflict,
    }  # fmt: skip
