"""One shooting as it stands, and the shootings of a window."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from ceasefire.registry.models import Incident


@dataclass(frozen=True, slots=True)
class Shooting:
    """One incident of the register, as it stands or as it was known. Metres; None = not known."""

    id: int
    incident_number: str
    occurred_on: date
    occurred_from: datetime | None
    occurred_precision: str
    kind: str
    verification: str
    verification_reason: str
    offence: str
    officer_involved: bool | None
    address: str
    premises: str
    setting: str
    district_stated: str
    district_found: str
    neighbourhood_stated: str
    neighbourhood_found: str
    latitude: float | None
    longitude: float | None
    x_m: float | None
    y_m: float | None
    in_city: bool | None
    victims: int | None
    killed: int | None
    first_known: datetime
    last_changed: datetime
    withheld_at: datetime | None
    feed_id: int | None

    @property
    def placed(self) -> bool:
        return self.x_m is not None

    @property
    def people_hit(self) -> int | None:
        """Victims; none where the source says that nobody was hurt, None where it is silent."""
        nobody = self.victims is None and self.kind == Incident.Kind.NO_INJURY
        return 0 if nobody else self.victims

    @property
    def people_killed(self) -> int | None:
        return 0 if self.killed is None and self.people_hit == 0 else self.killed

    @property
    def district(self) -> str:
        """As found from the boundary file; as stated where the place is not known."""
        return self.district_found or self.district_stated

    @property
    def neighbourhood(self) -> str:
        return self.neighbourhood_found or self.neighbourhood_stated

    def __str__(self):
        return self.incident_number or f"#{self.id}"


COLUMNS = tuple(field.name for field in fields(Shooting))


def shootings(start: date, end: date) -> list[Shooting]:
    """Every incident dated `start` to `end`, both included and verified or not, oldest first."""
    rows = Incident.objects.filter(occurred_on__range=(start, end))
    return [Shooting(*row) for row in rows.order_by("occurred_on", "id").values_list(*COLUMNS)]


def last_day_before(day: date) -> date | None:
    """The day of the latest incident before a date: is there any older history?"""
    earlier = Incident.objects.filter(occurred_on__lt=day).order_by("-occurred_on")
    return earlier.values_list("occurred_on", flat=True).first()
