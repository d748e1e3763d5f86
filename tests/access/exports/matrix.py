"""Exports in the access matrix. Approving and taking are sent by tests/access/test_export_pages."""

import uuid
from datetime import timedelta

from django.utils import timezone

from ceasefire.access.exports.models import Export
from ceasefire.access.exports.tables import table_named
from ceasefire.access.identity import Actor
from tests.access_matrix.declaring import Page

ABSENT = [10**9]


def an_export(reader) -> list:
    made = Export.objects.create(
        identifier=f"CF-{uuid.uuid4().hex[:12]}", made_by=reader.planted, agency=reader.agency,
        table="shootings", room="investigative", columns=["number"], form="csv",
        purpose="weekly review", rows=1, with_names=False, wants_approval=False,
        expires_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    return [made.pk]


def _takes_shootings(standing) -> bool:
    asker = Actor("", standing.role, standing.agency_kind)
    return table_named("shootings").may_export(asker)


PAGES = {
    "exports:list": Page(beside=an_export, model=Export),
    "exports:ask": Page(
        lambda _reader: ["shootings"], absent=["no-such-table"], admits=_takes_shootings,
        planted=lambda _reader: "Ask for an export",
        form=lambda _reader: {"columns": ["number"], "form": "csv", "purpose": "weekly review"},
    ),
    "exports:one": Page(an_export, model=Export, absent=ABSENT),
    "exports:approve": Page(an_export, model=Export, absent=ABSENT),
    "exports:take": Page(an_export, model=Export, absent=ABSENT),
}  # fmt: skip
