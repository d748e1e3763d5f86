"""Which shootings a list, its map and its time strip show: one filter, read the same by all three.

It filters shootings by what is known of the shooting, never by a person.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet, TextChoices, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from ceasefire.access.models import Agency
from ceasefire.registry.models import Incident

MONTHS = 12
BY_HAND = "hand"


def _found_else_stated(kind: str) -> Coalesce:
    """As found from the boundary file; as stated where the place is not known."""
    nothing = Value("", output_field=TextField())
    return Coalesce(NullIf(f"{kind}_found", nothing), f"{kind}_stated")


DISTRICT, NEIGHBOURHOOD = _found_else_stated("district"), _found_else_stated("neighbourhood")


class Standing(TextChoices):
    """An empty choice shows all but the withheld."""

    COUNTED = "counted", _("Verified, inside the city")
    HOLD = "hold", _("On hold")
    UNFOUNDED = "unfounded", _("Unfounded")
    OUTSIDE = "outside", _("Outside the city")
    WITHHELD = "withheld", _("Withheld")
    EVERY = "every", _("Everything, also withheld")


class Placed(TextChoices):
    YES = "yes", _("Known")
    NO = "no", _("Not known")


_PRESENT = Q(withheld_at=None)
_OUTSIDE = Q(in_city=False)
_STANDING = {
    "": _PRESENT,
    Standing.COUNTED: _PRESENT & Q(verification=Incident.Verification.VERIFIED) & ~_OUTSIDE,
    Standing.HOLD: _PRESENT & Q(verification=Incident.Verification.HOLD),
    Standing.UNFOUNDED: _PRESENT & Q(verification=Incident.Verification.UNFOUNDED),
    Standing.OUTSIDE: _PRESENT & _OUTSIDE,
    Standing.WITHHELD: ~_PRESENT,
    Standing.EVERY: Q(),
}


@dataclass(frozen=True)
class Filter:
    """An empty value leaves that side open. source: "hand", "feed-ID" or "agency-ID"."""

    since: date | None = None
    until: date | None = None
    district: str = ""
    neighbourhood: str = ""
    kind: str = ""
    standing: str = ""
    source: str = ""
    placed: str = ""
    text: str = ""

    def rows(self) -> QuerySet[Incident]:
        """The incidents chosen, the latest first."""
        every = Incident.objects.alias(district=DISTRICT, neighbourhood=NEIGHBOURHOOD)
        chosen = every.filter(self._when(), self._where(), self._what(), _STANDING[self.standing])
        return chosen.order_by("-occurred_on", "-occurred_from", "-id")

    def period(self) -> QuerySet[Incident]:
        """Everything of the same days, whatever else is chosen."""
        return Incident.objects.filter(self._when())

    def _when(self) -> Q:
        found = Q()
        if self.since:
            found &= Q(occurred_on__gte=self.since)
        if self.until:
            found &= Q(occurred_on__lte=self.until)
        return found

    def _where(self) -> Q:
        found = Q()
        if self.district:
            found &= Q(district__iexact=self.district)
        if self.neighbourhood:
            found &= Q(neighbourhood__iexact=self.neighbourhood)
        if self.placed:
            found &= Q(latitude__isnull=self.placed == Placed.NO)
        return found

    def _what(self) -> Q:
        found = _of_source(self.source)
        if self.kind:
            found &= Q(kind=self.kind)
        if self.text:
            found &= Q(incident_number__icontains=self.text) | Q(address__icontains=self.text)
        return found


def _of_source(source: str) -> Q:
    if not source:
        return Q()
    if source == BY_HAND:
        return Q(feed=None)
    which, _dash, number = source.partition("-")
    return Q(**{f"{which}_id": int(number)})


def last_day() -> date | None:
    """The day of the latest shooting in the register."""
    dated = Incident.objects.exclude(occurred_on=None).order_by("-occurred_on")
    return dated.values_list("occurred_on", flat=True).first()


def last_months() -> Filter:
    """The last twelve months of data: what the list shows before anybody has chosen."""
    last = last_day()
    return Filter(since=_year_before(last), until=last) if last else Filter()


def _year_before(day: date) -> date:
    """The day after the same date a year earlier, so that the two days hold one year."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 3, 1)
    return day.replace(year=day.year - 1) + timedelta(days=1)


def sources() -> list[tuple[str, str]]:
    """Who speaks in the register: feeds, agencies where there are several, and by hand.

    Read through the agencies: whoever may read a shooting may know where it came from.
    """
    feeds = Agency.objects.exclude(feed=None).order_by("name", "feed__title")
    listed = list(feeds.values_list("id", "name", "feed__id", "feed__title"))
    agencies = dict(row[:2] for row in listed)
    found = [(f"feed-{feed}", title) for _id, _name, feed, title in listed]
    if len(agencies) > 1:
        found += [(f"agency-{key}", name) for key, name in agencies.items()]
    return [*found, (BY_HAND, str(_("Entered by hand")))]


def places_of(chosen: Filter) -> tuple[list[str], list[str]]:
    """The districts and the neighbourhoods of the period, each once and in the order of reading."""
    columns = (DISTRICT, "district_found", NEIGHBOURHOOD, "neighbourhood_found")
    rows = chosen.period().values_list(*columns).order_by().distinct()
    names = [set(column) for column in zip(*rows, strict=True)] or [set()] * len(columns)
    return _listed(*names[:2], chosen.district), _listed(*names[2:], chosen.neighbourhood)


def _listed(names: set[str], found: set[str], chosen: str) -> list[str]:
    """Numbers as numbers, names without regard to case; the database's order knows neither.

    A name spelled in two ways (NORTHBANK, Northbank) is listed once: as it was chosen, else as
    the boundary file has it. Names that no boundary file knows come last.
    """
    spelled = {name.casefold(): name for name in [*sorted(names), *sorted(found), chosen] if name}
    known = {name.casefold() for name in found}
    return sorted(
        spelled.values(),
        key=lambda n: (
            n.casefold() not in known, not n.isdecimal(), int(n) if n.isdecimal() else 0,
            n.casefold(),
        ),
    )  # fmt: skip
