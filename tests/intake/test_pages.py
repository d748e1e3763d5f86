"""The analyst's pages, from an uploaded file to the register, with the real worker between."""

from datetime import date

import pytest
from django.urls import reverse

from ceasefire.access import identity
from ceasefire.access.roles import Role
from ceasefire.intake.models import Batch, Feed
from ceasefire.registry.models import Incident, SourceRecord
from tests.intake.pages import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_goes_from_upload_to_register_through_mapping_and_preview(desk: Desk):
    desk.upload_new("Rivermouth shootings", desk.file(12))
    mapping = desk.follow()
    assert "Confirm and read the file" in mapping
    desk.confirm()
    preview = desk.follow()
    assert "What shootings.csv would change" in preview
    assert desk.count(Incident) == 0
    desk.post("apply")
    done = desk.follow()
    assert "What it changed" in done
    assert desk.count(Incident) == 12
    assert desk.batch().loaded_by == "Test Crime analyst"
