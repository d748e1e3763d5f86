"""Items of a study against what was planted: groups and who fired at whom, arrests before."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import pytest

from ceasefire.problem_analysis.study import group_facts
from ceasefire.problem_analysis.study.items import (
    t07_arrests_before,
    t10_shot_before,
    t17_conflicts,
)
from ceasefire.problem_analysis.study.plan import Plan
from ceasefire.registry.groups.selectors import names
from ceasefire.registry.models import Incident
from tests.demo.test_sessions_recovered import held, truly_between  # noqa: F401
from tests.problem_analysis.study.items.hand_made import known, material, table
from tests.registry.affiliations.conftest import being, keys, staff, why  # noqa: F401
from tests.registry.conftest import feed, rivermouth, shoot  # noqa: F401

YEARS = timedelta(days=2 * 365)


def test_groups_their_rivals_and_who_fired_at_whom(city, rows, held, being):  # noqa: F811
    """None is invented and none is missed of what reviews and lists tell."""
    with being("captain"):
        numbers = dict(Incident.objects.values_list("pk", "incident_number"))
        facts = group_facts.gather([*numbers], None)
        of = {row["name"]: row["group_id"] for row in rows("groups.csv")}
        code = {pk: of[name] for pk, name in names().items()}
    assert sorted(code.values()) == sorted(city.facts["groups"]["turf"])
    shots = t17_conflicts.directed(facts)
    found = {(numbers[s.incident], code[s.by], code[s.at]) for s in shots.itertuples()}
    listed = {frozenset((one["group_a"], one["group_b"])) for one in rows("conflicts.csv")}
    told = {
        (row["INCIDENT_NO"], row["SUSPECT_GROUP"], row["VICTIM_GROUP"])
        for row in rows("incident_reviews.csv")
        if row["INCIDENT_NO"] in numbers.values()
        and frozenset((row["VICTIM_GROUP"], row["SUSPECT_GROUP"])) in listed
    }  # fmt: skip
    assert found == told
    assert len(found) > 10
    _true(city, found)
    planted = {frozenset(one["groups"]) for one in city.facts["groups"]["conflicts"]}
    rivals = {frozenset((code[one], code[other])) for one, other, _r in facts.pairs.to_numpy()}
    # Every planted rivalry but those that neither list nor audit knows, and the list's three.
    assert len(rivals - planted) == 3
    assert len(planted - rivals) <= 1


def _true(city, found):
    facts = city.facts["incidents"]
    at = {name: nth for nth, name in enumerate(facts["columns"])}
    truly = {
        (row[at["number"]], row[at["source_group"]], row[at["target_group"]])
        for row in facts["rows"] if row[at["source_group"]] and row[at["target_group"]]
    }  # fmt: skip
    assert found <= truly


@pytest.fixture
def true_people(city, rows):
    """The city's files with the true person of every record, as if linkage had made no mistake."""
    columns, records = city.facts["people"]["records"].values()
    number, person = columns.index("agency_person_id"), columns.index("person")
    numbered = {row[number]: int(row[person].removeprefix("P")) for row in records}
    day = {row[0]: row[1] for row in city.facts["incidents"]["rows"]}
    incident = {name: nth for nth, name in enumerate(sorted(day))}
    roles = {("VICTIM", "FATAL"): "victim_killed", ("VICTIM", "NON-FATAL"): "victim_hurt",
             ("SUSPECT", ""): "suspect"}  # fmt: skip
    parts = [
        (numbered[row["RM_PERSON_ID"]], incident[row["INCIDENT_NO"]], day[row["INCIDENT_NO"]],
         roles[row["ROLE"], row["INJURY"]])
        for row in rows("people_in_shootings.csv") if row["ROLE"] != "WITNESS"
    ]  # fmt: skip
    arrests = [
        (numbered[row["RM_PERSON_ID"]], "arrest", _day(row["ARREST_DATE"]), row["CLASS"], None)
        for row in rows("arrests.csv")
    ]
    return parts, arrests


def _day(written: str) -> str:
    return datetime.strptime(written, "%Y%m%d").date().isoformat()


def _first(parts, side, since):
    first: dict[int, str] = {}
    for who, _incident, on, role in parts:
        if role.startswith(side) and on >= since:
            first[who] = min(on, first.get(who, on))
    return first


def test_arrests_and_injuries_before_are_those_of_the_true_people(city, true_people):
    parts, arrests = true_people
    end = date.fromisoformat(city.facts["end"])
    plan = Plan(end - YEARS, end)
    since = plan.start.isoformat()
    studied = [one for one in parts if one[2] >= since]
    people = known(studied, arrests, hurt=[
        (who, number, on) for who, number, on, role in parts
        if role.startswith("victim") and on < since
    ])  # fmt: skip
    world = material([(one[1], one[2], "injury") for one in studied], people)
    before = t07_arrests_before.build(world), t10_shot_before.build(world)
    for side in ("victim", "suspect"):
        first = _first(parts, side, since)
        arrested, days = set(), defaultdict(set)
        for who, _kind, on, _class, _none in arrests:
            if who in first and on < first[who]:
                arrested.add(who)
                days[who].add(on)
        of = table(before[0], f"{side}-classes")
        assert (of.cell("arrested", "n"), of.cell("arrested", "all")) == (len(arrested), len(first))
        mean = sum(map(len, days.values())) / len(first)
        assert of.cell("arrested", "mean") == pytest.approx(mean)
        shot = {who for who, _i, on, role in parts
                if role.startswith("victim") and who in first and on < first[who]}  # fmt: skip
        assert table(before[1], f"{side}-shot").cell("shot", "n") == len(shot)
        assert len(shot) > 5
