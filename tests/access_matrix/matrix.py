"""The small tables' pages: what the product's own pages do not have yet is tried on these."""

from tests.access_matrix.declaring import Page
from tests.access_matrix.house_pages import MODELS
from tests.house import Whisper
from tests.walls import as_owner

ABSENT = [10**9]


def _maker(model):
    def record(reader):
        return [model.objects.create(agency=reader.agency, words=reader.planted).pk]

    return record


def _hidden(reader):
    """The operator, who makes all other records, reads no hidden one; it is there all the same."""
    with as_owner() as owner:
        return owner.execute(
            "INSERT INTO investigative.house_whisper (agency_id, words, hidden)"
            " VALUES (%s, %s, true) RETURNING id",
            [reader.agency.pk, reader.planted],
        ).fetchone()


PAGES = {}
for model in MODELS:
    name, record = model._meta.model_name, _maker(model)
    hidden = _hidden if model is Whisper else None
    PAGES[f"house:{name}s"] = Page(beside=record, hidden=hidden, model=model)
    PAGES[f"house:{name}"] = Page(
        record, model=model, hidden=hidden, absent=ABSENT, form=lambda _reader: {"words": "Changed"}
    )
