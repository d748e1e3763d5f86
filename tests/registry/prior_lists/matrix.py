"""The pages of earlier lists in the access matrix."""

from datetime import timedelta
from json import dumps
from uuid import uuid4

from django.utils import timezone

from ceasefire.access.purposes.services import stating
from ceasefire.intake.models import Batch, Feed
from ceasefire.registry.prior_lists.models import PriorList, PriorRow
from tests.access_matrix.declaring import Page
from tests.registry.matrix import shooting
from tests.registry.people.matrix import ABSENT, AS_OF, surname
from tests.walls import as_owner


def a_row(reader):
    """A row that somebody else has loaded."""
    feed, _made = Feed.objects.get_or_create(
        name=f"list-{reader.agency.pk}",
        defaults={"title": "List", "kind": "prior_list", "agency": reader.agency},
    )
    batch = Batch.objects.create(
        feed=feed, file_name=f"{surname(reader)}.csv", sha256="0" * 64, size=1,
        as_of=AS_OF, loaded_by="Nobody",
        state="withdrawn",
    )  # fmt: skip
    today = timezone.localdate()
    with as_owner() as owner:
        loader = owner.execute("SELECT min(id) FROM access_user").fetchone()[0]
    with stating(f"registry.incident:{shooting(reader).pk}"):
        held = PriorList.objects.create(
            feed=feed, batch=batch, keeper=reader.agency, rows=1, loaded_by_id=loader
        )
        row = PriorRow.objects.create(
            prior_list=held, keeper=reader.agency, row_number=1, record_key=uuid4(),
            said=dumps({"family": surname(reader)}), record_class="intelligence", basis_on=today,
            purge_on=today + timedelta(days=30),
        )  # fmt: skip
    return [row.pk]


PAGES = {
    "prior_lists:queue": Page(beside=a_row, model=PriorRow, planted=surname),
    "prior_lists:row": Page(a_row, model=PriorRow, absent=ABSENT, planted=surname),
    "prior_lists:refuse": Page(
        a_row, model=PriorRow, absent=ABSENT, planted=surname, form=lambda _reader: {}
    ),
}
