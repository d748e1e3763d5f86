"""A small register for the browser tests to look at: shootings of every sort, with a history."""

from datetime import date, timedelta

from django.utils import timezone

from ceasefire.intake.models import Batch, Feed, FeedMapping
from ceasefire.registry import corrections
from ceasefire.registry.models import Boundary, BoundaryLayer, Incident, SourceRecord
from ceasefire.registry.services import city_set, definition_set
from tests.shooting_review.invented import EPSG, ZONE, facts

LAST = date(2026, 3, 31)
SQUARE = [[-122.76, 45.47], [-122.72, 45.47], [-122.72, 45.53], [-122.76, 45.53], [-122.76, 45.47]]


def a_register() -> None:
    """Fifteen shootings of two months; R-0 has a history, R-1 is withheld, R-2 is unfounded."""
    from ceasefire.access.models import Agency
    from ceasefire.access.services import agency_record

    police = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    city_set(name="Rivermouth", time_zone=str(ZONE), projected_system=EPSG)
    definition_set(
        kind="verified_shooting", effective_from=LAST, value={}, words="A person was hit."
    )
    _neighbourhood()
    feed = Feed.objects.create(name="rivermouth", title="Rivermouth feed", agency=police)
    rows = [_shooting(feed, n) for n in range(15)]
    _history(feed, rows[0])
    corrections.incident_judge(incident=rows[2], verification="unfounded", reason="a firework")
    Incident.objects.filter(pk=rows[3].pk).update(in_city=False, verification="hold")


def _neighbourhood() -> None:
    layer = BoundaryLayer.objects.create(
        kind="neighbourhood", effective_from=LAST, file_name="hoods.geojson", sha256="0" * 64,
        name_property="name",
        report=[{"name": "Mill Hollow", "wrong": "a ring crossed itself", "done": "repaired"}],
    )  # fmt: skip
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    Boundary.objects.create(layer=layer, name="Mill Hollow", geometry=shape)


def _shooting(feed: Feed, n: int) -> Incident:
    at = None if n % 7 == 6 else _apart(n)
    said = facts(LAST - timedelta(days=n * 4), at, killed=n % 4 == 0, address=f"{n}00 OAK ST")
    said |= {"district_stated": "12", "district_found": "14" if at else ""}
    withheld = {"withheld_at": timezone.now(), "review_due": LAST} if n == 1 else {}
    return Incident.objects.create(
        agency=feed.agency, feed=feed, incident_key=f"{n:032x}", incident_number=f"R-{n}",
        first_known=timezone.now(), last_changed=timezone.now(), **said, **withheld,
    )  # fmt: skip


def _apart(n: int) -> tuple[float, float]:
    """Far enough apart for a finger; R-4 alone is near R-0."""
    return (-1000, -3110) if n == 4 else ((n % 3) * 900 - 1000, (n // 3) * 900 - 3500)


def _history(feed: Feed, incident: Incident) -> None:
    """Two publications, the second with another address, and an analyst's correction."""
    mapping = FeedMapping.objects.create(
        feed=feed, version=1, mapping={"unit": "victim", "fields": {}}, confirmed_by="Test"
    )
    first = _printed(incident, _batch(mapping, 20), None, address="1 OAK ST", fatal=False, age=24)
    _printed(incident, _batch(mapping, 6), first, address="2 OAK ST", fatal=True, age=24)
    corrections.incident_correct(
        incident=incident, part="address", values={"address": "9 FIR LN"}, reason="on the report"
    )


def _batch(mapping: FeedMapping, days_ago: int) -> Batch:
    when = timezone.now() - timedelta(days=days_ago)
    return Batch.objects.create(
        feed=mapping.feed, mapping=mapping, file_name=f"shootings-{days_ago}.csv",
        sha256="a" * 64, size=1, as_of=when, state="applied", applied_at=when, loaded_by="Test",
    )  # fmt: skip


def _printed(incident: Incident, batch: Batch, follows, **said) -> SourceRecord:
    if follows:
        SourceRecord.objects.filter(pk=follows.pk).update(known_to=batch.as_of)
    return SourceRecord.objects.create(
        feed=batch.feed, batch=batch, row_number=7, incident=incident, known_from=batch.as_of,
        content_key=incident.incident_key, rest_key=incident.incident_key, follows=follows,
        **facts(incident.occurred_on, _apart(0)) | said,
    )  # fmt: skip


def page_of(number: str, rest: str = ""):
    """The address of a shooting's page, or of a page under it."""
    return lambda: f"/shootings/{Incident.objects.get(incident_number=number).pk}/{rest}"
