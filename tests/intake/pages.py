"""An analyst at a desk: uploads files, follows where the pages lead, with a worker beside."""

import csv
import io
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.text import slugify
from procrastinate.contrib.django import app

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Agency, User
from ceasefire.access.services import agency_record
from ceasefire.intake import files, services
from ceasefire.intake.loading import settled
from ceasefire.intake.models import Batch
from tests.walls import empty

HEADERS = ("Incident Number", "Occurrence Date", "Latitude", "Longitude", "Victim Age", "Sex")


def empty_queue() -> None:
    """The queue's tables are its library's own: Django does not empty them between tests."""
    empty(
        *("procrastinate_periodic_defers", "procrastinate_events"),
        *("procrastinate_jobs", "procrastinate_workers"),
    )


def work() -> None:
    """Run the queue until it is empty, as the worker beside the web application does."""
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def shootings(count: int) -> list[dict]:
    """Rows of an invented city, one victim each, on consecutive days."""
    return [
        dict(
            zip(
                HEADERS,
                (
                    f"R-{1000 + n}",
                    (date(2021, 1, 13) + timedelta(days=n)).strftime("%m/%d/%Y"),
                    f"{40.0 + n / 1000:.4f}",
                    f"{-83.0 - n / 1000:.4f}",
                    str(18 + n % 40),
                    "M",
                ),
                strict=True,
            )
        )
        for n in range(count)
    ]


def csv_of(rows: list[dict]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


class Desk:
    """A test client signed in as an analyst, and the batch that it has in hand."""

    def __init__(self, client) -> None:
        self.client = client

    @staticmethod
    def file(rows: int | list[dict] | bytes, name: str = "shootings.csv") -> SimpleUploadedFile:
        if isinstance(rows, int):
            rows = shootings(rows)
        return SimpleUploadedFile(name, rows if isinstance(rows, bytes) else csv_of(rows))

    @staticmethod
    def actor() -> identity.Actor:
        return actor_of_user(User.objects.get(username="analyst"))

    def stage(self, title: str, file) -> None:
        """A new feed with a file that has been read, without the pages before it."""
        with identity.acting(self.actor()), tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / file.name
            path.write_bytes(file.read())
            agency = agency_record(name="Rivermouth Police", kind=Agency.Kind.POLICE)
            feed = services.feed_open(name=slugify(title), title=title, agency=agency)
            batch = services.batch_receive(feed=feed, received=files.receive(path))
            mapping, by_default = settled(batch)
            services.mapping_confirm(batch=batch, mapping=mapping, by_default=by_default)
            services.batch_stage(batch=batch)

    def upload_new(self, title: str, file, **more):
        words = {"title": title, "new_agency": "Rivermouth Police", "new_agency_kind": "police"}
        words |= {"coverage": "whole", "file": file}
        return self.client.post(reverse("intake:load_new"), words | more)

    def upload(self, feed: str, file, **more):
        return self.client.post(reverse("intake:load"), {"feed": feed, "file": file} | more)

    def batch(self) -> Batch:
        with identity.acting(identity.OPERATOR):
            return Batch.objects.select_related("mapping", "feed").order_by("pk").last()

    def url(self, name: str = "batch") -> str:
        return reverse(f"intake:{name}", args=[self.batch().pk])

    def page(self, name: str = "batch", **words) -> str:
        answer = self.client.get(self.url(name), words, follow=True)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def follow(self) -> str:
        """Let the worker finish, then look at the batch's page."""
        work()
        return self.page()

    def post(self, name: str, **words):
        return self.client.post(self.url(name), words)

    def confirm(self, **changes):
        """Send the mapping form as it is proposed, with some boxes changed."""
        form = self.client.get(self.url("mapping")).context["form"]
        words = {name: form[name].initial or "" for name in form.fields}
        return self.client.post(self.url("mapping"), words | changes)

    @staticmethod
    def count(model, **words) -> int:
        with identity.acting(identity.OPERATOR):
            return model.objects.filter(**words).count()


def texts(page: str) -> str:
    """What a reader sees of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
