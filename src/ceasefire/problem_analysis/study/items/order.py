"""Every item, in the order in which the analysis is read, and the chapters that they stand in."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import (
    f20_density,
    f21_near_repeat,
    t01_by_year,
    t03_clock,
)

CHAPTERS = {
    "trends": _("Context and trends"),
    "people": _("The people involved"),
    "history": _("What was known of them before"),
    "incidents": _("The shootings"),
    "groups": _("Groups and networks"),
    "places": _("Where shootings gather"),
    "need": _("How many people need service now"),
}
ITEMS = (t01_by_year, t03_clock, f20_density, f21_near_repeat)
