"""The register's pages in the access matrix."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from ceasefire.registry import corrections
from ceasefire.registry.models import Boundary, BoundaryLayer, Definition, Incident, SourceRecord
from tests.access_matrix.declaring import Page
from tests.intake.matrix import an_applied_file
from tests.shooting_review.invented import facts

DAY = date(2026, 3, 31)
ABSENT = [10**9]
WHY = {"reason": "Seen on the report."}


def shooting(reader, **more) -> Incident:
    row = facts(DAY, (0, 0), address=reader.planted, incident_number=reader.planted)
    now = timezone.now()
    return Incident.objects.create(
        agency=reader.agency, incident_key=uuid.uuid4(), first_known=now, last_changed=now,
        **row | more,
    )  # fmt: skip


def a_shooting(reader):
    return [shooting(reader).pk]


def a_withheld_shooting(reader):
    return [shooting(reader, withheld_at=timezone.now(), review_due=DAY).pk]


def a_part(reader):
    return [shooting(reader).pk, "address"]


def a_corrected_part(reader):
    """A printed shooting with a correction to take back."""
    (batch,) = an_applied_file(reader)
    one = SourceRecord.objects.filter(batch_id=batch).earliest("pk").incident
    corrections.incident_correct(
        incident=one, part="address", values={"address": "9 FIR LN"}, reason="on the report"
    )
    return [one.pk, "address"]


def a_definition(reader):
    since = date(2000, 1, 1) + timedelta(days=reader.agency.pk)
    Definition.objects.create(
        kind="verified_shooting", effective_from=since, value={}, words=reader.planted
    )
    return []


def a_boundary(reader):
    layer, _new = BoundaryLayer.objects.get_or_create(
        kind="neighbourhood", effective_from=DAY, file_name="hoods.geojson", sha256="0" * 64,
        name_property="name",
    )  # fmt: skip
    ring = [[-75.2, 39.9], [-75.1, 39.9], [-75.1, 40.0], [-75.2, 39.9]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    Boundary.objects.create(layer=layer, name=reader.planted, geometry=shape)
    return []


PAGES = {
    "registry:shootings": Page(beside=a_shooting, model=Incident),
    "registry:points": Page(beside=a_shooting, model=Incident),
    "registry:boundaries": Page(beside=a_boundary),
    "registry:city": Page(beside=a_definition),
    "registry:enter": Page(
        model=Incident,
        planted=lambda reader: f">{reader.agency.name}</option>",
        form=lambda reader: WHY | {
            "agency": reader.agency.pk, "occurred_day": "2026-01-05", "address": "1 OAK ST",
        },
    ),
    "registry:withheld": Page(beside=a_withheld_shooting, model=Incident),
    "registry:shooting": Page(a_shooting, model=Incident, absent=ABSENT),
    "registry:correct": Page(
        a_part, model=Incident, absent=[10**9, "address"],
        form=lambda _reader: WHY | {"address": "2 OAK ST"},
    ),
    "registry:withdraw": Page(
        a_corrected_part, model=Incident, absent=[10**9, "address"], form=lambda _reader: {},
    ),
    "registry:judge": Page(
        a_shooting, model=Incident, absent=ABSENT,
        form=lambda _reader: WHY | {"verification": "hold"},
    ),
    "registry:review": Page(
        a_withheld_shooting, model=Incident, absent=ABSENT,
        form=lambda _reader: WHY | {"decision": "bring_back"},
    ),
}  # fmt: skip
