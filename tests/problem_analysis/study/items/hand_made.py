"""Small worlds for the items of a study, made by hand: frames as `material.gather` reads them."""

from datetime import date

import pandas as pd

from ceasefire.problem_analysis.sessions.selectors import Codes, Given
from ceasefire.problem_analysis.study import group_facts, people
from ceasefire.problem_analysis.study.material import COLUMNS, VICTIM, Material
from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.problem_analysis.study.references import Referred

PLAN = Plan(date(2025, 1, 1), date(2025, 12, 31))
DATES = ("on", "died", "starts", "ends")
# Far from any figure that a table could hold, so that one that slips through is found.
ANN, BEN, CAL, DEE, EVE = (7_000_001 + n for n in range(5))


def frame(columns, rows):
    told = pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows], columns=columns)
    for column in set(DATES) & set(columns):
        told[column] = pd.to_datetime(told[column])
    return told


def known(parts=(), contacts=(), terms=(), court=(), hurt=(), together=()) -> people.People:
    """parts: person, incident, day, role. contacts: person, kind, day, class, incident. terms:
    person, status, starts, ends. court: person, day. hurt: person, incident, day; who is a victim
    among the parts is in it anyway. together: person, kind, event, day."""
    columns = ("person", "incident", "on", "role")
    involved = frame(columns, parts)
    involved["side"] = involved["role"].map(people.SIDES)
    involved = involved.assign(age=25.0, sex="M", race="", died=pd.NaT)
    shot = involved.loc[involved["side"] == people.VICTIM, ["person", "incident", "on"]]
    earlier = frame(people.HURT, hurt)
    return people.People(
        involved, frame(people.CONTACTS, contacts), frame(people.TERMS, terms),
        frame(people.COURT, court), pd.concat([earlier, shot], ignore_index=True),
        frame(people.TOGETHER, together),
    )  # fmt: skip


def shootings(rows):
    """rows: number, day, kind."""
    told = frame(("id", "on", "kind"), rows)
    for column in COLUMNS:
        if column not in told:
            told[column] = float("nan") if column in ("x_m", "y_m", "victims", "killed") else ""
    return told


def material(incidents=(), people=None, codes=None, groups=None, referred=None) -> Material:
    trend = shootings(incidents)
    return Material(
        city="Rivermouth", zone="America/Chicago", projected_system=32140, outlines=[], plan=PLAN,
        as_of=None, rule=None, trend=trend, begins=date(2020, 1, 1), left_out={}, without_day=0,
        victims=pd.DataFrame(columns=list(VICTIM)), people=people, codes=codes,
        referred=referred or Referred(), groups=groups,
    )  # fmt: skip


def codes(*rows) -> Codes:
    """rows: incident, involvement, circumstance, second circumstance, motivated."""
    given = [
        Given(incident, 1, involvement, "", motivated, why, second, "only")
        for incident, involvement, why, second, motivated in rows
    ]
    return Codes(given, 0, 0)


def groups(sizes, sides=(), pairs=()) -> group_facts.GroupFacts:
    """sizes: group, low, high. sides: incident, group, side. pairs: one, other, relation."""
    return group_facts.GroupFacts(
        frame(("group", "low", "high"), sizes).astype({"low": float, "high": float}),
        frame(("incident", "group", "side"), sides), frame(("one", "other", "relation"), pairs),
    )  # fmt: skip


def table(found, key):
    return next(one for one in found.tables if one.key == key)


def column(of, key) -> dict:
    return {row.key: of.cell(row.key, key) for row in of.rows}
