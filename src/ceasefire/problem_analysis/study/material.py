"""One bounded read of the register for a whole study: what every table is counted from.

Frames hold numbers and codes, no name. Every row is one that the asker may read.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from ceasefire.access import purposes
from ceasefire.problem_analysis.sessions import selectors as sessions
from ceasefire.problem_analysis.study import group_facts, people
from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.problem_analysis.study.references import Referred, referred
from ceasefire.registry.models import Incident, Victim
from ceasefire.registry.selectors.listing import outlines
from ceasefire.registry.services import city_now
from ceasefire.registry.shootings import counting, known
from ceasefire.registry.shootings.shooting import Shooting, shootings
from ceasefire.registry.shootings.windows import begins

# A register reaches at most so far back behind a study's first day for its long trend.
YEARS_BEFORE = 20
NOT_STUDIED = "not_studied"


@dataclass(frozen=True)
class Material:
    """trend: one row for each counted shooting since the register's history begins; `incidents`
    are those of the study's days. left_out: reason -> shootings of those days."""

    city: str
    zone: str
    projected_system: int
    outlines: list[tuple[str, dict]]
    plan: Plan
    as_of: datetime | None
    rule: counting.Rule
    trend: pd.DataFrame
    begins: date | None
    left_out: Mapping[str, int]
    without_day: int
    victims: pd.DataFrame
    people: people.People | None
    codes: sessions.Codes | None
    referred: Referred
    groups: group_facts.GroupFacts | None = None

    @cached_property
    def incidents(self) -> pd.DataFrame:
        on = self.trend["on"]
        inside = (on >= pd.Timestamp(self.plan.start)) & (on <= pd.Timestamp(self.plan.end))
        return self.trend[inside].reset_index(drop=True)

    @cached_property
    def placed(self) -> pd.DataFrame:
        """Those of `incidents` whose place is known."""
        return self.incidents.dropna(subset=["x_m", "y_m"]).reset_index(drop=True)

    @cached_property
    def years(self) -> list[int]:
        """Calendar years of the trend that are whole, and the study's own in any case."""
        if self.begins is None:
            return []
        first = self.begins.year + (self.begins > date(self.begins.year, 1, 1))
        return list(range(min(first, self.plan.start.year), self.plan.end.year + 1))

    def fingerprint(self) -> str:
        """The same register, the same plan: the same 64 letters."""
        made = sha256(repr(self.plan).encode())
        of_people, of_groups = (one.frames() if one else () for one in (self.people, self.groups))
        for frame in (self.trend, self.victims, *of_people, *of_groups):
            made.update(",".join(frame.columns).encode())
            made.update(pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes())
        made.update(repr(self.codes).encode() + repr(self.referred).encode())
        return made.hexdigest()


def gather(plan: Plan) -> Material:
    """Raises CityNotSet before the city is known."""
    city = city_now()
    rule = counting.rules()(plan.end)
    known_before = _known_before(plan, city.time_zone)
    first = date(plan.start.year - YEARS_BEFORE, 1, 1)
    rows = (
        known.shootings(first, plan.end, before=known_before)
        if known_before
        else shootings(first, plan.end)
    )
    counted, left_out = _counted(rows, rule, plan)
    trend = _frame(counted, city.time_zone)
    inside = [row.id for row in counted if row.occurred_on >= plan.start]
    with_purpose = purposes.current() is not None
    involved = people.gather(inside, plan, known_before) if with_purpose else None
    return Material(
        city=city.name, zone=city.time_zone, projected_system=city.projected_system,
        outlines=outlines(), plan=plan,
        as_of=max((row.last_changed for row in rows), default=None), rule=rule, trend=trend,
        begins=begins([row.occurred_on for row in counted], None), left_out=left_out,
        without_day=Incident.objects.filter(occurred_on=None).count(),
        victims=_victims(inside, known_before),
        people=involved,
        codes=sessions.codes(plan.start, plan.end) if with_purpose else None,
        referred=referred(),
        groups=group_facts.gather(inside, involved) if with_purpose else None,
    )  # fmt: skip


def _known_before(plan: Plan, zone: str) -> datetime | None:
    if plan.as_known is None:
        return None
    return datetime.combine(plan.as_known + timedelta(days=1), time.min, ZoneInfo(zone))


def _counted(rows: list[Shooting], rule: counting.Rule, plan: Plan):
    """The shootings that count, of all years, and why others of the study's days do not."""
    counted, left_out = [], Counter()
    for row in rows:
        why = rule.left_out(row) or (None if _studied(row, plan) else NOT_STUDIED)
        if why is None:
            counted.append(row)
        elif row.occurred_on >= plan.start:
            left_out[why] += 1
    return counted, dict(left_out)


def _studied(row: Shooting, plan: Plan) -> bool:
    offence = row.offence.casefold()
    return row.kind in plan.kinds and not any(one.casefold() in offence for one in plan.exclude)


COLUMNS = (
    "id", "on", "hour", "kind", "victims", "killed", "setting", "premises", "offence", "district",
    "neighbourhood", "x_m", "y_m",
)  # fmt: skip


def _frame(rows: list[Shooting], zone: str) -> pd.DataFrame:
    """A row a shooting. hour: -1 where the time of day is not known; victims, killed: NaN."""
    zone = ZoneInfo(zone)
    told = [
        (
            row.id, row.occurred_on, _hour(row, zone), row.kind, row.people_hit, row.people_killed,
            row.setting, row.premises, row.offence, row.district, row.neighbourhood, row.x_m,
            row.y_m,
        )
        for row in rows
    ]  # fmt: skip
    frame = pd.DataFrame(told, columns=list(COLUMNS))
    frame["on"] = pd.to_datetime(frame["on"])
    for column in ("victims", "killed", "x_m", "y_m"):
        frame[column] = pd.to_numeric(frame[column]).astype(float)
    frame["hour"] = frame["hour"].astype(np.int64)
    return frame


def _hour(row: Shooting, zone: ZoneInfo) -> int:
    timed = row.occurred_from and row.occurred_precision in ("minute", "hour")
    return row.occurred_from.astimezone(zone).hour if timed else -1


VICTIM = ("incident_id", "fatal", "age", "age_low", "age_high", "sex", "race", "ethnicity")
AT_ONCE = 10_000


def _victims(incidents: list[int], known_before: datetime | None) -> pd.DataFrame:
    """A row for each victim of whom a published file has a row or an entry."""
    told = []
    for begin in range(0, len(incidents), AT_ONCE):
        some = incidents[begin : begin + AT_ONCE]
        if known_before:
            found = known.victims(some, known_before).values()
            told += [[getattr(v, name) for name in VICTIM] for listed in found for v in listed]
        else:
            told += Victim.objects.filter(incident__in=some).order_by("id").values_list(*VICTIM)
    frame = pd.DataFrame(told, columns=list(VICTIM)).rename(columns={"incident_id": "incident"})
    for column in ("age", "age_low", "age_high"):
        frame[column] = pd.to_numeric(frame[column]).astype(float)
    return frame
