"""The words in which pages speak about files of people."""

from django.utils.translation import gettext_lazy as _

from ceasefire.intake.models import Feed

FIELD_LABELS = {
    "number": _("The agency's number of the person"),
    "given": _("Given name"),
    "family": _("Family name"),
    "name": _("Whole name in one column"),
    "middle": _("Middle name"),
    "alias": _("Also known as"),
    "born": _("Date of birth"),
    "phone": _("Telephone"),
    "plate": _("Number plate"),
    "plate_state": _("State of the plate"),
    "state_number": _("State identification number"),
    "died_on": _("Date of death"),
    "other_incident_number": _("Incident number of the other shooting"),
    "offence_code": _("Offence code (NIBRS)"),
    "weapon_code": _("Weapon or force code (NIBRS)"),
    "injury_code": _("Injury code (NIBRS)"),
    "victim_type": _("Type of victim (NIBRS)"),
    "relation": _("Relationship code (NIBRS): read, not kept"),
    "role": _("Part in the shooting"),
    "outcome": _("Killed or hurt"),
    "report_number": _("Report number"),
    "on": _("Date"),
    "charge": _("Charge or reason"),
    "charge_class": _("Class of the charge"),
    "contact_kind": _("Arrest or other contact"),
    "place": _("Place"),
    "cause": _("Cause number"),
    "disposition": _("Disposition"),
    "court": _("Court"),
    "status": _("Kind of supervision"),
    "officer": _("Supervising officer"),
    "office": _("Office"),
    "starts": _("From"),
    "ends": _("Until"),
    "booked_on": _("Booked on"),
    "released_on": _("Released on"),
    "strength": _("Lead or confirmed hit"),
}
ROWS = {
    Feed.Kind.INVOLVEMENTS: _("One row is one person's part in a shooting."),
    Feed.Kind.ARRESTS: _("One row is one arrest of, or contact with, one person."),
    Feed.Kind.COURT: _("One row is one decision of a court about one person."),
    Feed.Kind.SUPERVISION: _("One row is one person under supervision."),
    Feed.Kind.JAIL: _("One row is one booking of one person."),
    Feed.Kind.BALLISTICS: _("One row joins two shootings by their casings."),
    Feed.Kind.PRIOR_LIST: _("One row is one person whom an earlier programme had on a list."),
}
