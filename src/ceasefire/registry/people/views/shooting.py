"""Everybody's part in one shooting, as agencies tell it: victims first."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access import names
from ceasefire.kit.tables import Badge, Link
from ceasefire.registry import words
from ceasefire.registry.people import selectors
from ceasefire.registry.people.models import BallisticLead, PersonRecord
from ceasefire.registry.people.views.common import readers
from ceasefire.registry.views.shooting import found_or_404


@readers("GET")
def shooting(request, pk):
    incident = found_or_404(pk)
    parts = selectors.people_in(incident)
    context = {
        "incident": incident,
        "rows": _rows(parts),
        "columns": [_("Person"), _("Part"), _("Age then"), _("Said by"), _("Note")],
        "leads": _leads(incident),
        "lead_columns": [_("The other shooting"), _("When"), _("Strength"), _("Date of the lead")],
    }
    return render(request, "registry/people/shooting.html", context)


def _rows(parts) -> list[list]:
    records = PersonRecord.objects.in_bulk([one.record_id for one in parts])
    told = names.read(records.values())
    return [_row(one, told[one.record_id]) for one in parts if one.record_id in told]


def _row(part, told) -> list:
    name = (
        ", ".join(word for word in (told.family, told.given) if word) or told.alias or _("no name")
    )
    url = reverse("people:person", args=[part.person_id])
    mark = Badge(_("Juvenile"), "due") if part.juvenile else ""
    return [
        Link(name, url), part.get_role_display(), part.age, part.agency, mark
    ]  # fmt: skip


def _leads(incident) -> list[list]:
    """Other shootings whose casings say the same weapon."""
    found = BallisticLead.objects.select_related("first", "second")
    rows = []
    for lead in (*found.filter(first=incident), *found.filter(second=incident)):
        other = lead.second if lead.first_id == incident.pk else lead.first
        link = Link(str(other), reverse("registry:shooting", args=[other.pk]))
        rows.append([link, words.occurred_briefly(other), lead.get_strength_display(), lead.on])
    return rows
