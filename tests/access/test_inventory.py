"""Every table and field is in the data inventory, once."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from ceasefire.access import describing
from ceasefire.access.describing import DataClass, DescribedTwice, Kept, NotDescribed
from ceasefire.access.partitions import Room
from ceasefire.access.policies import PolicyManager, policy_of
from ceasefire.access.sealing.fields import SealedTextField
from ceasefire.access.sealing.models import SealedRow
from ceasefire.registry.models import City, Incident

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "data-inventory.md"
WORDS = {
    "what": "x",
    "room": Room.SERVICES,
    "data_class": DataClass.OUTREACH_NOTES,
    "whose": "x",
    "source": "x",
    "kept": Kept.DERIVED,
}


def test_c59_every_model_and_field_is_described():
    said = {each.model: each for each in describing.inventory()}
    assert said.keys() == set(apps.get_models())
    for model, each in said.items():
        assert {field.name for field in describing.fields_of(model)} == each.fields.keys()
        assert all(about.what for about in each.fields.values())


def test_c59_a_model_that_nobody_described_is_named(monkeypatch):
    describing.inventory()
    monkeypatch.delitem(describing._described, City)
    with pytest.raises(NotDescribed, match=r"registry.City is not described.*registry\.inventory"):
        describing.inventory()


@pytest.mark.parametrize("change", ["missing", "gone"])
def test_c59_a_field_that_is_missing_or_gone_is_named(monkeypatch, change):
    describing.inventory()
    fields = describing._described[City].fields
    if change == "missing":
        monkeypatch.delitem(fields, "time_zone")
    else:
        monkeypatch.setitem(fields, "old_name", describing.About("x"))
    with pytest.raises(NotDescribed, match="time_zone" if change == "missing" else "old_name"):
        describing.inventory()


def test_c59_nothing_is_described_twice():
    describing.inventory()
    with pytest.raises(DescribedTwice, match=r"registry\.City is described twice"):
        describing.describe(City, **WORDS)
    with pytest.raises(DescribedTwice, match="name"):
        describing._joined(City, ({"name": "x"}, {"name": "y"}))


@pytest.mark.django_db
def test_c59_every_table_of_the_database_is_in_the_inventory():
    known = set(describing.tables_without_a_model())
    for said in describing.inventory():
        known |= {said.model._meta.db_table}
        known |= {field.m2m_db_table() for field in said.model._meta.many_to_many}
    ours = {name for name in connection.introspection.table_names() if not _of_tests(name)}
    assert ours <= known


def _of_tests(name: str) -> bool:
    return name.startswith("house_")


def test_a_model_with_a_policy_is_described_in_the_policys_room():
    for said in describing.inventory():
        if isinstance(said.model._default_manager, PolicyManager):
            assert said.room == policy_of(said.model).room, said.model


def test_the_inventory_is_plain_json_and_says_whose_a_field_is():
    held = json.loads(json.dumps(describing.as_json()))
    incident = next(model for model in held["models"] if model["model"] == "Incident")
    assert incident["room"] == policy_of(Incident).room.value
    correction = next(model for model in held["models"] if model["model"] == "Correction")
    whose = {field["field"]: field["whose"] for field in correction["fields"]}
    assert (whose["made_by"], whose["value"]) == ("staff", "the shooting")


def test_a_sealed_field_says_that_it_is_sealed():
    class Told(SealedRow):
        text = SealedTextField(room=Room.SERVICES)

        class Meta:
            app_label = "access"

    try:
        fields = {"id": "x", "sealed_with": "x", "record_key": "x", "text": "x"}
        describing.describe(Told, fields, **WORDS)
        said = describing._model_json(describing._described[Told])
        assert [field["field"] for field in said["fields"] if field["sealed"]] == ["text"]
    finally:
        del describing._described[Told], apps.all_models["access"]["told"]
        apps.clear_cache()


def test_the_reference_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == describing.as_page(), (
        f"write it again: ./ceasefire inventory --page docs/reference/{PAGE.name}"
    )
