"""What may leave of the register: the shootings of a list, no row of which is about one person."""

from django.utils.translation import gettext_lazy as _

from ceasefire.access.exports.tables import Column, Table, declare
from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role
from ceasefire.registry.forms import FilterForm
from ceasefire.registry.models import Incident


def _rows(selection: dict):
    return FilterForm(selection).chosen().rows()


def _may_export(actor: Actor) -> bool:
    return actor.role in (Role.ANALYST, Role.CAPTAIN)


declare(
    Table(
        name="shootings",
        title=_("Shootings"),
        room=Room.INVESTIGATIVE,
        columns=(
            Column("number", _("Incident number"), lambda row: row.incident_number),
            Column("occurred_on", _("Occurred on"), lambda row: row.occurred_on),
            Column("kind", _("Kind"), lambda row: str(Incident.Kind(row.kind).label)),
            Column(
                "district", _("District"), lambda row: row.district_found or row.district_stated
            ),
            Column("address", _("Address"), lambda row: row.address),
            Column("victims", _("Victims"), lambda row: row.victims),
            Column("standing", _("Standing"), lambda row: str(row.get_verification_display())),
        ),
        rows=_rows,
        may_export=_may_export,
        may_export_names=lambda actor: False,
        person_linked=False,
        selects={name: field.label for name, field in FilterForm.base_fields.items()},
    )
)
