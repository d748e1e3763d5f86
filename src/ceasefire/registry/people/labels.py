"""The words in which pages speak about people and their records."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ceasefire.kit.tables import Badge
from ceasefire.registry.people.models import Involvement
from ceasefire.registry.people.selectors import Known

FIELDS = {
    "name": gettext_lazy("Name"),
    "alias": gettext_lazy("Also known as"),
    "born": gettext_lazy("Born"),
    "died_on": gettext_lazy("Died"),
    "sex": gettext_lazy("Sex"),
    "race": gettext_lazy("Race, as written"),
    "address": gettext_lazy("Last known address"),
    "phone": gettext_lazy("Telephone"),
    "plate": gettext_lazy("Number plate"),
    "number": gettext_lazy("The agency's number"),
    "state_number": gettext_lazy("State identification number"),
}
LEVELS = {
    "the same": gettext_lazy("the same"),
    "different": gettext_lazy("different"),
    "missing": gettext_lazy("missing in one of them"),
    "the other way round": gettext_lazy("given and family name the other way round"),
    "1 edit": gettext_lazy("one letter apart"),
    "2 edits": gettext_lazy("two letters apart"),
    "4 edits": gettext_lazy("four letters apart"),
    "1 edit of a short name": gettext_lazy("one letter apart, of a short name"),
    "one home, counted once": gettext_lazy("one home: what it shares counts once"),
    "another home, counted once": gettext_lazy("another home: moving counts once"),
    "sounds alike": gettext_lazy("sounds alike"),
    "begins alike": gettext_lazy("begins alike"),
    "day and month the other way round": gettext_lazy("day and month the other way round"),
    "same year, or same day": gettext_lazy("same year, or same day of another year"),
    "in the other line": gettext_lazy("in the other line of the address"),
}
COMPARED = {
    "given": gettext_lazy("Given name"),
    "family": gettext_lazy("Family name"),
    "born": gettext_lazy("Born"),
    "street": gettext_lazy("Address"),
    "phone": gettext_lazy("Telephone"),
    "number": gettext_lazy("State identification number"),
    "home": gettext_lazy("Same home"),
}


def said(value: object) -> str:
    return date_format(value, "DATE_FORMAT") if hasattr(value, "isoformat") else str(value)


def by_whom(agencies: list[str]) -> str:
    return ", ".join(agencies)


def badges(known: Known, parts: list[Involvement]) -> list[Badge]:
    """What a reader must know before anything else."""
    told = []
    if known.juvenile:
        words = _("Juvenile") if known.born else _("Treated as a juvenile: birth not known")
        told.append(Badge(words, "due"))
    if known.died_on:
        told.append(Badge(_("Deceased"), "info"))
    if parts and all(one.role in Involvement.PROTECTED for one in parts):
        told.append(Badge(_("Victim or witness only"), "info"))
    return told


def level(words: str) -> str:
    return str(LEVELS.get(words, words))
