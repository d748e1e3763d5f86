"""The data inventory: what every stored field is, whose it is, where it comes from, how long kept.

Each app says so in its `inventory.py`, beside its policies. A model or field that nobody
described, or that two described, fails the suite.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from django.db import models
from django.utils.module_loading import autodiscover_modules

from ceasefire.access.partitions import Room
from ceasefire.access.sealing.fields import SealedField


class DataClass(StrEnum):
    """The rows of the access matrix, and what holds no content of any room."""

    INCIDENT_FACTS = "Incident facts"
    INTELLIGENCE = "Suspects, intelligence"
    SOURCE_IDENTITY = "Source identity"
    CRIMINAL_HISTORY = "Criminal history"
    AFFILIATION = "Affiliation"
    SUPERVISION = "Supervision"
    RELEASE = "Release, action item"
    NOTIFICATION = "Custom notification"
    OUTREACH_NOTES = "Outreach notes"
    CASE_PLAN = "Case plan, needs"
    CLINICAL = "Clinical, victim services"
    PERFORMANCE = "Performance"
    AUDIT_LOG = "Audit log"
    ACCOUNTS = "Accounts"
    PUBLISHED = "Published"
    SETTINGS = "Settings of the city"
    MACHINERY = "Machinery"


class Kept(StrEnum):
    """Retention classes: how long, and what ends it."""

    SHOOTING = "Shooting record: while the programme runs; corrected, withheld or expunged by row"
    LOADING = "Loading record: as long as the facts that it brought"
    STAGING = "Staging: until its file is applied or withdrawn"
    DERIVED = "Derived: until worked out again"
    SETTING = "Setting: while it, or a figure made under it, stands"
    ACCOUNT = "Account: as long as anything names it"
    SESSION = "Session: until it ends"
    DISCLOSURE = "Disclosure: as long as the records disclosed"
    KEY = "Key: until its record is purged; then only that it was destroyed, when and why"
    QUEUE = "Queue: until the job is done"
    CLASS = "Record class: between the least and the most of its rule, to the day in the row"
    OVERSIGHT = "Oversight: for good; it names nobody"
    WITH_RECORD = "With its record: goes when the record goes"


@dataclass(frozen=True)
class About:
    """One field in words; `whose` where it differs from its record's."""

    what: str
    whose: str = ""


def staff(what: str) -> About:
    """A field that is about the person who works here, not about the record's subject."""
    return About(what, "staff")


FieldWords = Mapping[str, "str | About"]


@dataclass(frozen=True)
class Described:
    model: type[models.Model]
    what: str
    room: Room
    data_class: DataClass
    whose: str
    source: str
    kept: Kept
    fields: dict[str, About]


class DescribedTwice(Exception):
    """A model or field has two descriptions."""


class NotDescribed(Exception):
    """A model or field has no description, or a description has no field."""


_described: dict[type[models.Model], Described] = {}
_tables: dict[str, str] = {}


def describe(
    model: type[models.Model], *fields: FieldWords, what: str, room: Room, data_class: DataClass,
    whose: str, source: str, kept: Kept,
) -> None:  # fmt: skip
    """Describe a model and all of its fields. Raises DescribedTwice."""
    if model in _described:
        raise DescribedTwice(f"{model._meta.label} is described twice.")
    said = _joined(model, fields)
    _described[model] = Described(model, what, room, data_class, whose, source, kept, said)


def describe_table(name: str, what: str) -> None:
    """Describe a table that has no model."""
    _tables[name] = what


def _joined(model: type[models.Model], parts: tuple[FieldWords, ...]) -> dict[str, About]:
    joined: dict[str, About] = {}
    for part in parts:
        if twice := joined.keys() & part.keys():
            raise DescribedTwice(f"{model._meta.label} describes {sorted(twice)} twice.")
        joined |= {n: About(said) if isinstance(said, str) else said for n, said in part.items()}
    return joined


def inventory() -> list[Described]:
    """Every model in the order of its label. Raises NotDescribed."""
    autodiscover_modules("inventory")
    return [_checked(model) for model in sorted(apps.get_models(), key=_label)]


def class_of(label: str) -> DataClass | None:
    """The class of a model by its label ('registry.incident'); None where nobody described one."""
    autodiscover_modules("inventory")
    return next((s.data_class for s in _described.values() if _label(s.model) == label), None)


def tables_without_a_model() -> dict[str, str]:
    autodiscover_modules("inventory")
    return dict(_tables)


def fields_of(model: type[models.Model]) -> list[models.Field]:
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def _checked(model: type[models.Model]) -> Described:
    said = _described.get(model)
    where = f"{model.__module__.rsplit('.', 1)[0]}.inventory"
    if said is None:
        raise NotDescribed(f"{model._meta.label} is not described; do so in {where}.")
    names = {field.name for field in fields_of(model)}
    if missing := names - said.fields.keys():
        raise NotDescribed(f"{model._meta.label} has {sorted(missing)} undescribed in {where}.")
    if gone := said.fields.keys() - names:
        raise NotDescribed(f"{where} describes {sorted(gone)}, which {model._meta.label} has not.")
    return said


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower


def as_json() -> dict:
    """The inventory as `./ceasefire inventory --json` prints it."""
    models_ = [_model_json(said) for said in inventory()]
    return {"models": models_, "tables_without_a_model": tables_without_a_model()}


def _model_json(said: Described) -> dict:
    return {
        "app": said.model._meta.app_label,
        "model": said.model.__name__,
        "table": said.model._meta.db_table,
        "what": said.what,
        "room": said.room.value,
        "class": said.data_class.value,
        "whose": said.whose,
        "source": said.source,
        "retention": said.kept.value,
        "fields": list(_fields_json(said)),
    }


def _fields_json(said: Described) -> Iterator[dict]:
    for field in fields_of(said.model):
        about = said.fields[field.name]
        yield {
            "field": field.name,
            "column": field.column,
            "type": field.get_internal_type(),
            "what": about.what,
            "whose": about.whose or said.whose,
            "sealed": isinstance(field, SealedField),
        }


def as_page() -> str:
    """The inventory as a page of the reference."""
    parts = [_HEAD, *map(_model_page, as_json()["models"]), "## Tables without a model\n"]
    tables = [f"| `{name}` | {what} |" for name, what in sorted(tables_without_a_model().items())]
    return "\n".join([*parts, "| table | |\n|---|---|", *tables]) + "\n"


_HEAD = """# The data inventory

Every table and field that this software keeps. Generated by `./ceasefire inventory --page FILE`;
the suite fails when it is not up to date. `./ceasefire inventory --json` gives it to a machine.
"""


def _model_page(said: dict) -> str:
    lines = [
        f"## {said['app']}.{said['model']}\n",
        f"{said['what']}\n",
        "| room | class | whose | source | retention |\n|---|---|---|---|---|",
        f"| {said['room']} | {said['class']} | {said['whose']} | {said['source']} | "
        f"{said['retention']} |\n",
        "| field | | whose, where it differs |\n|---|---|---|",
        *(_field_line(field, said["whose"]) for field in said["fields"]),
    ]
    return "\n".join(lines) + "\n"


def _field_line(field: dict, usual: str) -> str:
    whose = "" if field["whose"] == usual else field["whose"]
    sealed = " **Sealed.**" if field["sealed"] else ""
    return f"| `{field['field']}` | {field['what']}{sealed} | {whose} |"
