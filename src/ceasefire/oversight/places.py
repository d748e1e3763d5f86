"""Where in the product something happened, in words instead of an address's name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.web.navigation import CYCLE

# Pages that say less by their part's name alone. A later part adds its own where it wants to.
PLACES: dict[str, Promise] = {
    "this_week": _("First page"),
    "intake:load": _("Loading a file"),
    "intake:load_new": _("Loading a new feed's file"),
    "intake:batch": _("One file"),
    "intake:apply": _("Applying a file"),
    "intake:withdraw": _("Withdrawing a file"),
    "registry:shootings": _("List of shootings"),
    "registry:points": _("Map of shootings"),
    "registry:shooting": _("One shooting"),
    "registry:enter": _("Entering a shooting"),
    "registry:correct": _("Correcting a shooting"),
    "registry:judge": _("Holding or unfounding a shooting"),
    "registry:review": _("Deciding on a withheld shooting"),
    "registry:withheld": _("Withheld shootings"),
    "registry:city": _("City and definitions"),
    "shooting_review:weeks": _("Weeks of the shooting review"),
    "shooting_review:packet": _("A week's packet"),
    "shooting_review:packet_pdf": _("A week's packet as a PDF"),
    "exports:list": _("List of exports"),
    "exports:ask": _("Asking for an export"),
    "exports:one": _("One export"),
    "exports:approve": _("Approving an export"),
    "exports:take": _("Taking an export"),
    "oversight:overview": _("Overview of oversight"),
    "oversight:alerts": _("Alerts of reading in bulk"),
    "oversight:alert": _("One alert of reading in bulk"),
    "oversight:budgets": _("Reading budgets"),
    "oversight:budget": _("Setting a reading budget"),
    "oversight:breaches": _("List of breaches"),
    "oversight:breach_new": _("Opening a breach"),
    "oversight:breach": _("One breach"),
    "oversight:breach_step": _("Noting a step about a breach"),
    "oversight:breach_words": _("Writing what a breach's letters say"),
    "oversight:breach_letter": _("Making a breach's letter"),
    "oversight:accesses": _("The log of who looked at what"),
    "oversight:person": _("Who looked at a person"),
    "oversight:account": _("Everything an account did"),
    "oversight:week": _("Review of a week"),
}


def place(route: str) -> str:
    """'registry:shooting' -> 'One shooting'; for an unknown page its part of the programme."""
    if route in PLACES:
        return str(PLACES[route])
    part = route.partition(":")[0]
    return next((str(entry.label) for entry in CYCLE if entry.part == part), route)
