"""The people of a study's shootings, by number alone: their part, and what was known before.

Read only by whoever reads people, for a stated purpose. One person has one row for each shooting
and side; victims and suspects are never counted together unless a table says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from django.db.models import QuerySet

from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.registry.people.models import (
    Contact,
    CourtDisposition,
    Involvement,
    SupervisionTerm,
)

VICTIM, SUSPECT = "victim", "suspect"
SIDES = {
    **dict.fromkeys(Involvement.HURT, VICTIM),
    **dict.fromkeys(Involvement.SUSPECTED, SUSPECT),
}
AT_ONCE = 10_000
INVOLVED = ("person", "incident", "on", "role", "age", "sex", "race")
CONTACTS = ("person", "kind", "on", "charge_class")
TERMS = ("person", "status", "starts", "ends")
COURT = ("person", "on")


@dataclass(frozen=True)
class People:
    """involved: person, incident, on, side, role, age, sex, race. contacts: person, kind, on,
    charge_class. terms: person, status, starts, ends. court: person, on (a decided case).

    All as they stand now; dates are days. Of `contacts`, `terms` and `court` only the people of
    `involved`.
    """

    involved: pd.DataFrame
    contacts: pd.DataFrame
    terms: pd.DataFrame
    court: pd.DataFrame

    def frames(self) -> Iterator[pd.DataFrame]:
        yield from (self.involved, self.contacts, self.terms, self.court)

    def side(self, side: str) -> pd.DataFrame:
        """One row a person: their first shooting of the study on that side."""
        of = self.involved[self.involved["side"] == side]
        return of.sort_values(["on", "incident"]).drop_duplicates("person").reset_index(drop=True)

    def before(self, side: str, facts: pd.DataFrame, on: str = "on") -> pd.DataFrame:
        """The facts of people of a side that are older than their first shooting there."""
        first = self.side(side)[["person", "on"]].rename(columns={"on": "event"})
        joined = facts.merge(first, on="person")
        return joined[joined[on] < joined["event"]]


def gather(incidents: list[int], plan: Plan) -> People | None:
    """None where no agency's file has told of anybody in these shootings."""
    involved = _frame(INVOLVED, _involved(incidents), dates=("on",))
    if involved.empty:
        return None
    involved["side"] = involved["role"].map(SIDES)
    involved = involved.dropna(subset=["side"]).reset_index(drop=True)
    involved["age"] = pd.to_numeric(involved["age"]).astype(float)
    whom = sorted({int(one) for one in involved["person"]})
    return People(
        involved,
        _frame(CONTACTS, _of(Contact, whom, CONTACTS, on__lte=plan.end), dates=("on",)),
        _frame(TERMS, _of(SupervisionTerm, whom, TERMS), dates=("starts", "ends")),
        _frame(COURT, _of(CourtDisposition, whom, COURT, on__lte=plan.end), dates=("on",)),
    )


def _standing(model) -> QuerySet:
    return model.objects.filter(known_to=None, withheld_at=None)


def _involved(incidents: list[int]) -> Iterator[tuple]:
    columns = ("person_id", "incident_id", "incident__occurred_on", "role", "age", "record__sex",
               "record__race")  # fmt: skip
    for some in _some(incidents):
        rows = _standing(Involvement).filter(incident__in=some).order_by("id")
        yield from rows.values_list(*columns)


def _of(model, whom: list[int], columns: Iterable[str], **also) -> Iterator[tuple]:
    named = ["person_id" if one == "person" else one for one in columns]
    for some in _some(whom):
        rows = _standing(model).filter(person__in=some, **also).order_by("id")
        yield from rows.values_list(*named)


def _some(numbers: list[int]) -> Iterator[list[int]]:
    for begin in range(0, len(numbers), AT_ONCE):
        yield numbers[begin : begin + AT_ONCE]


def _frame(columns: tuple[str, ...], rows: Iterable[tuple], dates: tuple[str, ...]):
    frame = pd.DataFrame(list(rows), columns=list(columns))
    for column in dates:
        frame[column] = pd.to_datetime(frame[column])
    return frame
