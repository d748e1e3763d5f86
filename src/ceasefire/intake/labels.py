"""The words in which pages speak about our fields, the open questions, and how values are read."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ceasefire.intake.fields import FIELDS
from ceasefire.intake.people import labels as people
from ceasefire.intake.people.fields import FACTS, fields_of
from ceasefire.registry.services import city_now

FIELD_LABELS = {
    "incident_number": gettext_lazy("Incident number"),
    "row_id": gettext_lazy("Row id of the publication"),
    "occurred_at": gettext_lazy("Occurred: date and time"),
    "occurred_date": gettext_lazy("Occurred: date"),
    "occurred_time": gettext_lazy("Occurred: time of day"),
    "reported_date": gettext_lazy("Reported: date"),
    "occurred_year": gettext_lazy("Occurred: year"),
    "occurred_month": gettext_lazy("Occurred: month"),
    "occurred_day": gettext_lazy("Occurred: day of the month"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "x": gettext_lazy("Map coordinate east (x)"),
    "y": gettext_lazy("Map coordinate north (y)"),
    "point": gettext_lazy("Both coordinates in one column"),
    "address": gettext_lazy("Address or block"),
    "district": gettext_lazy("District"),
    "neighbourhood": gettext_lazy("Neighbourhood"),
    "offence": gettext_lazy("Offence"),
    "offence_code": gettext_lazy("Offence code"),
    "weapon": gettext_lazy("Weapon"),
    "premises": gettext_lazy("Premises"),
    "setting": gettext_lazy("Inside or outside"),
    "fatal": gettext_lazy("Victim died"),
    "outcome_text": gettext_lazy("Outcome in words"),
    "injured": gettext_lazy("Anybody injured"),
    "killed": gettext_lazy("Number killed"),
    "wounded": gettext_lazy("Number wounded"),
    "victims": gettext_lazy("Number of victims"),
    "incidents": gettext_lazy("Number of incidents"),
    "age": gettext_lazy("Victim's age"),
    "age_band": gettext_lazy("Victim's age band"),
    "sex": gettext_lazy("Victim's sex"),
    "race": gettext_lazy("Victim's race as recorded"),
    "ethnicity": gettext_lazy("Victim's ethnicity as recorded"),
    "wound": gettext_lazy("Wound"),
    "officer_involved": gettext_lazy("Officer involved"),
    "self_inflicted": gettext_lazy("Self-inflicted"),
    "manner": gettext_lazy("Manner of death"),
    "jurisdiction": gettext_lazy("Jurisdiction"),
    "verification": gettext_lazy("Verification"),
    "casings": gettext_lazy("Number of casings"),
    "ballistic_evidence": gettext_lazy("Ballistic evidence"),
    "is_shooting": gettext_lazy("Marks the row as a shooting"),
}
FIELD_LABELS |= {
    name: words for name, words in people.FIELD_LABELS.items() if name not in FIELD_LABELS
}

QUESTIONS = {
    "unit": gettext_lazy("What does one row stand for?"),
    "day_month_order": gettext_lazy("Which comes first in a date?"),
    "date_meaning": gettext_lazy("What is the reported date taken for?"),
    "time_zone": gettext_lazy("How are the times marked?"),
    "offences": gettext_lazy("Which offences count as shootings?"),
    "weapons": gettext_lazy("Which weapons make a row a shooting?"),
    "shooting_flag": gettext_lazy("Which rows are shootings?"),
    "identical_rows": gettext_lazy("What are rows that say the same?"),
    "longitude_sign": gettext_lazy("Which side of Greenwich are the longitudes?"),
    "anybody_hit": gettext_lazy("Was anybody hit in these shootings?"),
    "projection": gettext_lazy("Which projected system are the map coordinates in?"),
}
CHOICES = {
    "incident": gettext_lazy("One incident"),
    "victim": gettext_lazy("One victim"),
    "event": gettext_lazy("One event, with counts of people"),
    "mdy": gettext_lazy("The month: 3/14 is 14 March"),
    "dmy": gettext_lazy("The day: 14/3 is 14 March"),
    "use as date of occurrence": gettext_lazy("Use it as the date of occurrence"),
    "leave undated": gettext_lazy("Leave the shootings undated"),
    "as marked": gettext_lazy("As they are marked"),
    "local": gettext_lazy("They are the city's own time"),
    "only marked rows": gettext_lazy("Only the rows that are marked"),
    "all rows": gettext_lazy("All rows"),
    "separate victims": gettext_lazy("Separate victims"),
    "separate incidents": gettext_lazy("Separate incidents"),
    "separate events": gettext_lazy("Separate events"),
    "one row repeated": gettext_lazy("One row, repeated by mistake"),
    "west": gettext_lazy("West (the Americas)"),
    "east": gettext_lazy("East"),
    "not said": gettext_lazy("The file does not say"),
    "nobody was hit": gettext_lazy("Nobody was hit in any of them"),
    "somebody was hit": gettext_lazy("Somebody was hit in each of them"),
    "(blank)": gettext_lazy("(nothing stated)"),
}
UNITS = {
    "incident": gettext_lazy("One row is one incident."),
    "victim": gettext_lazy("One row is one victim."),
    "event": gettext_lazy("One row is one event, with counts of people."),
    **people.ROWS,
}
_ORDERS = {
    "mdy": gettext_lazy("month/day/year"),
    "dmy": gettext_lazy("day/month/year"),
    "ymd": gettext_lazy("year-month-day"),
}
_CLOCKS = {
    "minute": gettext_lazy("time to the minute"),
    "hour": gettext_lazy("time to the hour"),
    "day": gettext_lazy("no time of day"),
}


def city_clock(moment: datetime) -> str:
    """A moment on the city's own clock, to the minute."""
    return f"{moment.astimezone(ZoneInfo(city_now().time_zone)):%Y-%m-%d %H:%M}"


def replaced_words(rows: int) -> str:
    """What an identity that the publisher corrected does to the figures; empty for none."""
    if not rows:
        return ""
    return ngettext(
        "Of the added and the vanished rows, %(rows)s row took the place of another row of the "
        "same incident.",
        "Of the added and the vanished rows, %(rows)s rows took the place of another row of the "
        "same incident.",
        rows,
    ) % {"rows": number_format(rows, force_grouping=True)}


def field_names(unit: str) -> tuple[str, ...]:
    """Our fields, as the page of a mapping shows them. unit: what one row of the file is."""
    catalogue = fields_of(unit) if unit in FACTS else FIELDS
    return tuple(field.name for field in catalogue)


def field_label(name: str) -> str:
    return FIELD_LABELS.get(name, name.replace("_", " "))


def question_label(about: str) -> str:
    return QUESTIONS.get(about, about.replace("_", " "))


def choice_label(choice: str) -> str:
    return CHOICES.get(choice, choice)


def answer_words(answer: str | list[str]) -> str:
    if isinstance(answer, str):
        return str(choice_label(answer))
    return ", ".join(str(choice_label(one)) for one in answer) or _("none of them")


def reading(name: str, entry: dict, crs: int | None = None) -> str:
    """How a column's values are taken, in a few words; "as they stand" where there is no choice."""
    parts = [part for part in _readings(name, entry, crs) if part]
    return ", ".join(map(str, parts)) or _("as they stand")


def _readings(name: str, entry: dict, crs: int | None):
    if entry.get("style") == "written":
        yield _ORDERS.get(entry.get("order"))
    yield _CLOCKS.get(entry.get("clock"))
    if entry.get("zoned"):
        yield _("with its time zone")
    if entry.get("scale", 1.0) != 1.0:
        yield _("degrees times %(times)s") % {"times": f"{1 / entry['scale']:,.0f}"}
    if entry.get("negate"):
        yield _("taken as west") if name == "longitude" else _("turned round")
    if name in ("x", "y") and crs:
        yield f"EPSG:{crs}"
    if entry.get("kind") == "flag":
        yield _("yes or no")
    if entry.get("kind") == "outcome":
        yield _("from its words")
    if entry.get("yearly"):
        yield _("starts again each year")
