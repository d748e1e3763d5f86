"""The pages of loading files in the access matrix."""

import tempfile
import uuid
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from ceasefire.intake import files, looking, services
from ceasefire.intake.loading import settled
from ceasefire.intake.models import Batch, Feed, RowFault
from tests.access_matrix.declaring import Page
from tests.intake.pages import csv_of, shootings

ABSENT = [10**9]


def a_feed(reader) -> list:
    name = f"feed-{uuid.uuid4()}"
    return [services.feed_open(name=name, title=reader.planted, agency=reader.agency).name]


def _received(reader) -> Batch:
    """A file of three rows, one of them with the planted words."""
    rows = [row | {"Block": f"{n}00 OAK ST"} for n, row in enumerate(shootings(3))]
    rows[0]["Block"] = reader.planted
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{reader.planted}.csv"
        path.write_bytes(csv_of(rows))
        feed = Feed.objects.get(name=a_feed(reader)[0])
        return services.batch_receive(feed=feed, received=files.receive(path))


def a_looked_at_file(reader) -> list:
    batch = _received(reader)
    looking.batch_look(batch=batch)
    return [batch.pk]


def _staged(reader) -> Batch:
    batch = _received(reader)
    mapping, by_default = settled(batch)
    services.mapping_confirm(batch=batch, mapping=mapping, by_default=by_default)
    services.batch_stage(batch=batch)
    return batch


def a_staged_file(reader) -> list:
    return [_staged(reader).pk]


def an_applied_file(reader) -> list:
    batch = _staged(reader)
    services.batch_apply(batch=batch)
    RowFault.objects.create(batch=batch, row_number=1, reason=reader.planted, rejected=False)
    return [batch.pk]


def _file():
    return SimpleUploadedFile("more.csv", csv_of(shootings(4)))


def _mapping(pk: int) -> dict:
    """The mapping form as it is proposed."""
    from ceasefire.intake.forms import MappingForm

    look = looking.kept_look(Batch.objects.get(pk=pk))
    form = MappingForm(look=look, saved=None, asked={})
    return {name: form[name].initial or "" for name in form.fields}


PAGES = {
    "intake:feeds": Page(beside=a_feed, model=Feed),
    "intake:load": Page(beside=a_feed, model=Feed),
    "intake:load_new": Page(
        model=Feed, planted=lambda reader: f">{reader.agency.name}</option>",
        form=lambda reader: {
            "title": f"Feed {uuid.uuid4()}", "agency": reader.agency.pk, "coverage": "whole",
            "file": _file(),
        },
    ),
    "intake:feed": Page(a_feed, model=Feed, absent=["no-such-feed"]),
    "intake:coverage": Page(
        a_feed, model=Feed, absent=["no-such-feed"],
        form=lambda _reader: {"coverage": "rolling", "rolling_days": 30},
    ),
    "intake:batch": Page(an_applied_file, model=Batch, absent=ABSENT),
    "intake:mapping": Page(a_looked_at_file, model=Batch, absent=ABSENT),
    "intake:again": Page(
        a_staged_file, model=Batch, absent=ABSENT, form=lambda _reader: {"from": "mapping"},
    ),
    "intake:identical": Page(
        a_staged_file, model=Batch, absent=ABSENT,
        form=lambda _reader: {"identical_rows": "one row repeated"},
    ),
    "intake:apply": Page(a_staged_file, model=Batch, absent=ABSENT, form=lambda _reader: {}),
    "intake:withdraw": Page(a_staged_file, model=Batch, absent=ABSENT, form=lambda _reader: {}),
    "intake:report": Page(an_applied_file, model=Batch, absent=ABSENT),
}  # fmt: skip
