"""Files of an invented feed, each stopped at one step of its way, for the browser to look at."""

import tempfile
from pathlib import Path

from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.models import Agency, User
from ceasefire.access.services import agency_record
from ceasefire.intake import files, jobs, looking, services
from ceasefire.intake.loading import settled
from ceasefire.intake.models import Batch
from ceasefire.registry.services import city_set
from tests.intake.pages import csv_of, shootings


def url_of(name: str):
    """The address of a page of the newest batch."""
    return lambda: reverse(f"intake:{name}", args=[Batch.objects.order_by("pk").last().pk])


def feed_page() -> str:
    return reverse("intake:feed", args=["rivermouth"])


def received(rows: list[dict] | None = None, name: str = "shootings.csv") -> Batch:
    city_set(name="Rivermouth", time_zone="America/New_York", projected_system=2272)
    police = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
    feed = services.feed_open(name="rivermouth", title="Rivermouth Police", agency=police)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(csv_of(rows or _rows()))
        return services.batch_receive(feed=feed, received=files.receive(path))


def _rows(count: int = 40) -> list[dict]:
    """With a name to leave out, two rows that say the same, and a fault of each kind."""
    rows = [row | {"Victim Name": f"Zyx Wvu{n}"} for n, row in enumerate(shootings(count))]
    rows[5] = rows[4] | {"Victim Name": "Qrs Tuv"}
    rows[7]["Victim Age"] = "999"
    return rows


def looked_at() -> None:
    looking.batch_look(batch=received())


def being_read() -> None:
    batch = received()
    with identity.outside_rooms():
        user = User.objects.create(username="reader")
    jobs.send(jobs.read_batch, batch=batch, user_id=user.pk)
    Batch.objects.update(state=Batch.State.STAGING, progress=0.4, rows=12_000)


def interrupted() -> None:
    received()
    Batch.objects.update(state=Batch.State.STAGING, progress=0.4, rows=12_000)


def staged(rows: list[dict] | None = None, name: str = "shootings.csv") -> Batch:
    batch = received(rows, name)
    mapping, by_default = settled(batch)
    services.mapping_confirm(batch=batch, mapping=mapping, by_default=by_default)
    return services.batch_stage(batch=batch)


def staged_with_questions() -> None:
    staged()


def waiting_with_changes() -> None:
    services.batch_apply(batch=staged())
    rows = _rows()[:36]
    rows[2]["Latitude"], rows[3]["Sex"] = "40.5", "F"
    rows[9]["Occurrence Date"] = "1/1/1899"
    staged(rows, "shootings-of-the-week-that-has-a-rather-long-name.csv")


def applied() -> None:
    services.batch_apply(batch=staged())


def refused() -> None:
    services.batch_refuse(batch=received(), reason="shootings.csv: this is a picture; send CSV.")
