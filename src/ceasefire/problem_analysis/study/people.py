"""The people of a study's shootings, by number alone: their part, and what was known before.

Read only by whoever reads people, for a stated purpose. One person has one row for each shooting
and side; victims and suspects are never counted together unless a table says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd
from django.db.models import Q, QuerySet

from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.registry.models import Incident
from ceasefire.registry.people.models import (
    Contact,
    CourtDisposition,
    Involvement,
    SupervisionTerm,
)
from ceasefire.registry.shootings.known import records_known

STANDING = Q(known_to=None, withheld_at=None)
VICTIM, SUSPECT = "victim", "suspect"
SIDES = {
    **dict.fromkeys(Involvement.HURT, VICTIM),
    **dict.fromkeys(Involvement.SUSPECTED, SUSPECT),
}
AT_ONCE = 10_000
INVOLVED = ("person", "incident", "on", "role", "age", "sex", "race", "died")
CONTACTS = ("person", "kind", "on", "charge_class", "incident")
TERMS = ("person", "status", "starts", "ends")
COURT = ("person", "on")
HURT = ("person", "incident", "on")
TOGETHER = ("person", "kind", "event", "on")
# Who was arrested or shot together so long before a study's last day is tied.
TIED_YEARS = 3


@dataclass(frozen=True)
class People:
    """involved: person, incident, on, side, role, age, sex, race, died. contacts: person, kind, on,
    charge_class, incident. terms: person, status, starts, ends. court: person, on (a decided
    case). hurt: person, incident, on: each time that they were shot, before the study too.

    All as they stand now; dates are days. Of these only the people of `involved`. together:
    person, kind (arrest, victim or suspect), event, on: of everybody in the register, each arrest
    report and each side of a shooting with at least two people, of the last `TIED_YEARS` years.
    """

    involved: pd.DataFrame
    contacts: pd.DataFrame
    terms: pd.DataFrame
    court: pd.DataFrame
    hurt: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(HURT)))
    together: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(TOGETHER)))

    def frames(self) -> Iterator[pd.DataFrame]:
        yield from (
            self.involved, self.contacts, self.terms, self.court, self.hurt, self.together
        )  # fmt: skip

    def side(self, side: str | None) -> pd.DataFrame:
        """One row a person: their first shooting of the study on that side; None: on either."""
        of = self.involved if side is None else self.involved[self.involved["side"] == side]
        return of.sort_values(["on", "incident"]).drop_duplicates("person").reset_index(drop=True)

    def before(self, side: str | None, facts: pd.DataFrame, on: str = "on") -> pd.DataFrame:
        """The facts of people of a side that are older than their first shooting there."""
        first = self.side(side)[["person", "on"]].rename(columns={"on": "event"})
        joined = facts.merge(first, on="person")
        return joined[joined[on] < joined["event"]]


def gather(incidents: list[int], plan: Plan, before: datetime | None = None) -> People | None:
    """None where no agency's file has told of anybody in these shootings. before: as it was told
    just before that moment; which records are one person's is as it stands now."""
    involved = _frame(INVOLVED, _involved(incidents, before), dates=("on", "died"))
    if involved.empty:
        return None
    involved["side"] = involved["role"].map(SIDES)
    involved = involved.dropna(subset=["side"]).reset_index(drop=True)
    involved["age"] = pd.to_numeric(involved["age"]).astype(float)
    whom = sorted({int(one) for one in involved["person"]})
    return People(
        involved,
        _frame(CONTACTS, _of(Contact, whom, before, CONTACTS, on__lte=plan.end), dates=("on",)),
        _frame(TERMS, _of(SupervisionTerm, whom, before, TERMS), dates=("starts", "ends")),
        _frame(COURT, _of(CourtDisposition, whom, before, COURT, on__lte=plan.end), dates=("on",)),
        _frame(HURT, _hurt(whom, plan, before), dates=("on",)),
        _together(plan, before),
    )


def _told(model, before: datetime | None) -> QuerySet:
    """What stands, or stood just before a moment."""
    return model.objects.filter(records_known(before) if before else STANDING)


def _involved(incidents: list[int], before: datetime | None) -> Iterator[tuple]:
    columns = ("person_id", "incident_id", "incident__occurred_on", "role", "age", "record__sex",
               "record__race", "record__died_on")  # fmt: skip
    for some in _some(incidents):
        rows = _told(Involvement, before).filter(incident__in=some).order_by("id")
        yield from rows.values_list(*columns)


def _of(model, whom: list[int], before, columns: Iterable[str], **also) -> Iterator[tuple]:
    named = [f"{one}_id" if one in ("person", "incident") else one for one in columns]
    for some in _some(whom):
        rows = _told(model, before).filter(person__in=some, **also).order_by("id")
        yield from rows.values_list(*named)


def _hurt(whom: list[int], plan: Plan, before: datetime | None) -> Iterator[tuple]:
    """Whatever shooting it was: the register's, not the study's."""
    for some in _some(whom):
        rows = _of_shootings(before).filter(
            person__in=some, role__in=Involvement.HURT, incident__occurred_on__lte=plan.end
        )
        yield from rows.order_by("id").values_list(
            "person_id", "incident_id", "incident__occurred_on"
        )


def _of_shootings(before: datetime | None) -> QuerySet[Involvement]:
    """Parts in shootings that stand."""
    unfounded = Q(incident__verification=Incident.Verification.UNFOUNDED)
    return _told(Involvement, before).filter(~unfounded, incident__withheld_at=None)


def _together(plan: Plan, before: datetime | None) -> pd.DataFrame:
    since = pd.Timestamp(plan.end) - pd.DateOffset(years=TIED_YEARS)
    days = (since.date(), plan.end)
    arrests = _told(Contact, before).filter(kind=Contact.Kind.ARREST, on__range=days)
    of_arrests = ("person_id", "on", "agency_id", "number", "event", "incident_id")
    parts = _of_shootings(before).filter(incident__occurred_on__range=days, role__in=[*SIDES])
    rows = [
        *((person, "arrest", _event(*told), on) for person, on, *told in
          arrests.order_by("id").values_list(*of_arrests)),
        *((person, SIDES[role], f"shooting {incident}", on) for
          person, role, incident, on in parts.order_by("id").values_list(
              "person_id", "role", "incident_id", "incident__occurred_on")),
    ]  # fmt: skip
    told = _frame(TOGETHER, (one for one in rows if one[2]), dates=("on",))
    told = told.drop_duplicates(["person", "kind", "event"])
    several = told.groupby(["kind", "event"])["person"].transform("size") > 1
    return told[several].reset_index(drop=True)


def _event(agency: int, number: str, event: str, incident: int | None) -> str:
    """Arrests of one event, of one report or for one shooting were made together."""
    if incident is not None:
        return f"shooting {incident}"
    if event:
        return f"event {agency} {event}"
    return f"report {agency} {number}" if number else ""


def _some(numbers: list[int]) -> Iterator[list[int]]:
    for begin in range(0, len(numbers), AT_ONCE):
        yield numbers[begin : begin + AT_ONCE]


def _frame(columns: tuple[str, ...], rows: Iterable[tuple], dates: tuple[str, ...]):
    frame = pd.DataFrame(list(rows), columns=list(columns))
    for column in dates:
        frame[column] = pd.to_datetime(frame[column])
    return frame
