"""Every item, in the order in which the analysis is read, and the chapters that they stand in."""

from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items import (
    f20_density,
    f21_near_repeat,
    t01_by_year,
    t02_peers,
    t03_clock,
    t04_race_sex,
    t05_age,
    t12_group_involvement,
    t14_scene,
    t23_cost,
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
ITEMS = (
    t01_by_year,
    t02_peers,
    t23_cost,
    t04_race_sex,
    t05_age,
    t03_clock,
    t14_scene,
    t12_group_involvement,
    f20_density,
    f21_near_repeat,
)
