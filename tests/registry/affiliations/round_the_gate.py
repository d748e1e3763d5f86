"""What somebody may try who goes round the services, and time that has passed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ceasefire.registry.affiliations.models import Affiliation
from tests.registry.affiliations.conftest import AGO, TODAY
from tests.walls import as_owner

# What the tables' owner sees or changes is on disk.
committed = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def shown() -> tuple[int, int]:
    """Ties that are there, by Django and by raw SQL."""
    return Affiliation.objects.count(), raw(
        "SELECT count(*) FROM investigative.registry_affiliation"
    )


def raw(words, *values):
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return cursor.fetchone()[0] if cursor.description else None


def moved(**columns):
    """As if time had passed: what only the keeper's functions may write."""
    said = ", ".join(f"{name} = %s" for name in columns)
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            f"UPDATE investigative.registry_affiliation SET {said}", list(columns.values())
        )


def refused_by_the_database(make) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        make()
    return str(refusal.value)


def bare(whom, to_group, **more):
    """What somebody would write who goes round the services."""
    told = {
        "agency": whom.agency, "person": whom, "group": to_group, "role": "member",
        "confidence": "low", "suspicion": "Report 26-1.", "record_class": "affiliation",
        "basis_on": TODAY - AGO, "review_due": TODAY,
    }  # fmt: skip
    return Affiliation.objects.create(**told | more)
