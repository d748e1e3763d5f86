"""The demo's two sessions against what was planted: groups, rivalries, codes and agreement."""

from datetime import date, timedelta

import pytest

from ceasefire.demo import groups, sessions
from ceasefire.demo.city.reviews import DIFFERS_SHARE
from ceasefire.problem_analysis.sessions import selectors
from ceasefire.problem_analysis.sessions.models import Session
from ceasefire.registry.groups.selectors import pictures
from ceasefire.statistics.agreement import kappa
from tests.registry.affiliations.conftest import being, keys, staff, why  # noqa: F401
from tests.registry.conftest import feed, rivermouth, shoot  # noqa: F401

# Of 36 pairs: about two standard errors of kappa where it is 0.7.
TOLERANCE = 0.25
CODED = timedelta(days=60)


@pytest.fixture
def truly_between(city) -> dict[str, bool]:
    """Number of each verified shooting -> whether it was truly between groups."""
    table = city.facts["incidents"]
    at = {name: nth for nth, name in enumerate(table["columns"])}
    return {
        row[at["number"]]: bool(row[at["target_group"]] and row[at["source_group"]])
        for row in table["rows"] if row[at["cause"]] != "unfounded"
    }  # fmt: skip


@pytest.fixture
def held(city, truly_between, shoot, staff):  # noqa: F811
    """The city's newest shootings, its groups and conflicts, and both sessions, as in a demo."""
    since = (date.fromisoformat(city.facts["end"]) - CODED).isoformat()
    for number, day, *_more in city.facts["incidents"]["rows"]:
        if day > since and number in truly_between:
            shoot(date.fromisoformat(day), incident_number=number)
    groups.build(city.folder)
    sessions.build(city.folder)


def test_the_sessions_find_what_was_planted(city, rows, held, being, truly_between):  # noqa: F811
    with being("captain"):
        review, audit = Session.objects.order_by("pk")
        assert {one.state for one in (review, audit)} == {"closed"}
        assert not any((*review.minutes["left"].values(), *audit.minutes["left"].values()))
        _groups_and_rivalries(city, rows, audit)
        _agreement(rows, review)
        _codes(rows, review, truly_between)


def _groups_and_rivalries(city, rows, audit):
    code = {row["name"]: row["group_id"] for row in rows("groups.csv")}
    walked = set(audit.walked.values_list("group_id", flat=True))
    audited = [one for one in pictures() if one.group.pk in walked]
    by_pk = {one.group.pk: code[one.name] for one in audited}
    # Every group is found, none is missed and none invented.
    assert sorted(by_pk.values()) == sorted(city.facts["groups"]["turf"])
    rivalries = {
        frozenset((by_pk[one.group.pk], by_pk[other.pk]))
        for one in audited for other in one.others("rivalry")
    }  # fmt: skip
    planted = {frozenset(one["groups"]) for one in city.facts["groups"]["conflicts"]}
    listed = {frozenset((one["group_a"], one["group_b"])) for one in rows("conflicts.csv")}
    # The list misses four and invents three; the audit misses one and invents none.
    assert (len(planted), len(planted - listed), len(listed - planted)) == (47, 4, 3)
    assert (len(planted - rivalries), len(rivalries - planted)) == (1, 0)


def _agreement(rows, review):
    told = {row["INCIDENT_NO"] for row in rows("incident_reviews.csv")}
    second = {row["INCIDENT_NO"]: row["BETWEEN"] for row in rows("second_codes.csv")}
    planted = kappa(["Y" if number in told else "N" for number in second], list(second.values()))
    pairs = selectors.pairs(review)
    found = kappa(
        [first.involvement for first, _ in pairs], [other.involvement for _, other in pairs]
    )
    assert len(pairs) >= 30
    assert all(first.coder_id != other.coder_id for first, other in pairs)
    assert abs(found - planted) < TOLERANCE


def _codes(rows, review, truly_between):
    told = {row["INCIDENT_NO"] for row in rows("incident_reviews.csv")}
    number = {
        one.incident_id: one.incident.incident_number for one in selectors.listed(review)
    }  # fmt: skip
    codes = selectors.codes(review.window_start, review.window_end)
    assert (codes.contested, codes.uncoded) == (0, 0)
    assert 50 <= len(codes.given) <= sessions.MOST
    assert {one.how for one in codes.given} == {"only", "agreed", "settled"}
    between = {number[one.incident_id] for one in codes.given if one.basis == "both"}
    true = {one for one in number.values() if truly_between[one]}
    # None is invented; what is missed is what no review could tell.
    assert between <= true
    assert true - between == true - told
    assert len(between) / len(true) > 0.6


def test_a_second_coder_differs_in_the_share_that_is_planted(city, rows):
    told = {row["INCIDENT_NO"] for row in rows("incident_reviews.csv")}
    second = rows("second_codes.csv")
    differing = [
        row["INCIDENT_NO"] for row in second
        if (row["BETWEEN"] == "Y") != (row["INCIDENT_NO"] in told)
    ]  # fmt: skip
    assert differing == city.facts["second_codes"]["differing"]
    assert abs(len(differing) / len(second) - DIFFERS_SHARE) < 0.025


def test_building_again_holds_no_second_session(city, held, being):  # noqa: F811
    sessions.build(city.folder)
    with being("captain"):
        assert Session.objects.count() == 2
