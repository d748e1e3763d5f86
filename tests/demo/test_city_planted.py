"""What was planted can be found again by counting, and a null leaves nothing to find."""

from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from scipy.spatial import cKDTree

from ceasefire.demo.city.effects import draw_effects

FOOT = 1200 / 3937


def table(truth) -> dict[str, list]:
    """Columns of the verified shootings."""
    columns = truth.facts["incidents"]["columns"]
    rows = [r for r in truth.facts["incidents"]["rows"] if r[columns.index("cause")] != "unfounded"]
    return dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True))


def close_pairs(truth) -> tuple[int, float]:
    """Pairs within the planted reach in space and time, and how many chance alone would give."""
    facts, t = truth.facts["near_repeat"], table(truth)
    at = np.column_stack([t["x_feet"], t["y_feet"]]) * FOOT
    day = np.array([date.fromisoformat(d).toordinal() for d in t["date"]])
    near = cKDTree(at).query_pairs(facts["within_m"], output_type="ndarray")
    lag = np.abs(day[near[:, 0]] - day[near[:, 1]])
    found = int(((lag >= 1) & (lag <= facts["within_days"])).sum())
    daily = np.bincount(day - day.min())
    soon = sum(int(daily[k:] @ daily[:-k]) for k in range(1, facts["within_days"] + 1))
    n = len(day)
    return found, len(near) * soon / (n * (n - 1) / 2)


def test_planted_near_repeats_are_found_by_counting_close_pairs(city):
    found, by_chance = close_pairs(city)
    planted = len(city.facts["near_repeat"]["pairs"])
    assert found / by_chance > 2
    # Each planted pair is one excess pair; its brothers and grandchildren add some more.
    assert 0.9 * planted < found - by_chance < 1.5 * planted


def test_a_city_without_near_repeats_has_no_more_close_pairs_than_chance(quiet_city):
    assert quiet_city.facts["near_repeat"]["is_null"]
    found, by_chance = close_pairs(quiet_city)
    assert abs(found - by_chance) < 4 * by_chance**0.5


def test_the_number_of_triggered_shootings_is_the_planted_strength(city):
    facts = city.facts["near_repeat"]
    expected = facts["triggered_per_shooting"] * city.facts["totals"]["all"]["verified"]
    assert len(facts["pairs"]) == pytest.approx(expected, abs=4 * expected**0.5)


def test_every_triggered_shooting_is_within_reach_of_what_triggered_it(city):
    t, facts = table(city), city.facts["near_repeat"]
    place = {
        n: (x * FOOT, y * FOOT)
        for n, x, y in zip(t["number"], t["x_feet"], t["y_feet"], strict=True)
    }
    day = {n: date.fromisoformat(d) for n, d in zip(t["number"], t["date"], strict=True)}
    for parent, child in facts["pairs"]:
        assert 1 <= (day[child] - day[parent]).days <= facts["within_days"]
        (e1, n1), (e2, n2) = place[parent], place[child]
        assert (e1 - e2) ** 2 + (n1 - n2) ** 2 <= facts["within_m"] ** 2


def test_replies_come_back_at_the_group_that_shot_within_the_planted_days(city):
    t, facts = table(city), city.facts["retaliation"]
    row = {n: i for i, n in enumerate(t["number"])}
    conflicts = {frozenset(c["groups"]) for c in city.facts["groups"]["conflicts"]}
    assert len(facts["pairs"]) > 100
    for before, reply in facts["pairs"]:
        i, j = row[before], row[reply]
        assert (t["target_group"][j], t["source_group"][j]) == (
            t["source_group"][i],
            t["target_group"][i],
        )
        assert frozenset((t["target_group"][j], t["source_group"][j])) in conflicts
        lag = date.fromisoformat(t["date"][j]) - date.fromisoformat(t["date"][i])
        assert 1 <= lag.days <= facts["within_days"]


def test_chains_are_runs_of_the_reply_pairs(city):
    facts = city.facts["retaliation"]
    links = [list(pair) for chain in facts["chains"] for pair in pairwise(chain)]
    assert sorted(links) == sorted(facts["pairs"])
    assert len({n for chain in facts["chains"] for n in chain}) == sum(map(len, facts["chains"]))


def test_a_null_city_has_no_replies_and_no_effect(quiet_city):
    assert quiet_city.facts["retaliation"]["is_null"]
    assert quiet_city.facts["retaliation"]["pairs"] == []
    assert quiet_city.facts["programme"]["rate_ratio"] == 1.0


def ratio_of_ratios(truth) -> tuple[float, float]:
    """Log of the change in the programme's districts over the change elsewhere, and its error."""
    t, facts = table(truth), truth.facts["programme"]
    served = [d in facts["districts"] for d in t["district"]]
    after = [d >= facts["start"] for d in t["date"]]
    n = Counter(zip(served, after, strict=True))
    log_ratio = np.log(n[True, True] * n[False, False] / (n[True, False] * n[False, True]))
    # Triggering makes counts about 1.4 times as variable as independent ones.
    return log_ratio, 1.4 * sum(1 / count for count in n.values()) ** 0.5


def test_the_programmes_effect_is_the_change_in_its_districts_over_that_elsewhere(double_city):
    log_ratio, error = ratio_of_ratios(double_city)
    planted = np.log(double_city.facts["programme"]["rate_ratio"])
    assert abs(log_ratio - planted) < 3 * error < abs(planted)


def test_a_null_programme_changes_nothing(quiet_city):
    log_ratio, error = ratio_of_ratios(quiet_city)
    assert abs(log_ratio) < 3 * error


def test_effects_are_null_in_about_a_quarter_of_seeds_each():
    drawn = [draw_effects(seed, 1, date(2026, 11, 15)) for seed in range(400)]
    for share in (
        sum(e.near_repeat == 0 for e in drawn) / 400,
        sum(e.retaliation == 0 for e in drawn) / 400,
        sum(e.programme_ratio == 1 for e in drawn) / 400,
    ):
        assert share == pytest.approx(0.25, abs=0.08)
    assert all(e.untriggered_share > 0.5 for e in drawn)


def test_hot_places_hold_their_planted_share_of_untriggered_shootings(city):
    t, facts = table(city), city.facts["hot_places"]
    plain = [
        h for h, cause in zip(t["hot_place"], t["cause"], strict=True) if cause == "untriggered"
    ]
    assert sum(h is not None for h in plain) / len(plain) == pytest.approx(
        facts["share_of_untriggered"], abs=0.03
    )
    counts = [row[-1] for row in facts["rows"]]
    assert sum(counts[:25]) > 2 * sum(counts[-25:])


def test_shootings_look_like_a_citys(city):
    """Rise and fall, evenings, weekends, summers, young men, five victims to four incidents."""
    totals, calendar = city.facts["totals"], city.facts["calendar"]
    years = {year: tally["verified"] for year, tally in totals["years"].items()}
    assert 900 < max(years.values()) < 1300
    assert max(years, key=years.get) in ("2021", "2022")
    assert years["2019"] < 0.7 * years["2022"] > years["2025"]
    hours = {int(h): n for h, n in calendar["hours"].items()}
    assert sum(hours[h] for h in (20, 21, 22, 23)) > 4 * sum(hours[h] for h in (6, 7, 8, 9))
    weekdays = calendar["weekdays"]
    assert (
        weekdays["5"] + weekdays["6"]
        > 2.2 * (sum(weekdays.values()) - weekdays["5"] - weekdays["6"]) / 5
    )
    months = calendar["months"]
    assert sum(months[m] for m in "678") > 1.1 * sum(months[m] for m in ("12", "1", "2"))
    whole = totals["all"]
    assert whole["victims"] / whole["incidents"] == pytest.approx(1.25, abs=0.05)
    people = {row[0]: row[5] for row in city.facts["people"]["persons"]["rows"]}
    hit = city.facts["people"]["victims"]["rows"]
    young_men = sum(18 <= age <= 34 and people[person] == "M" for _, person, age, _ in hit)
    assert young_men / len(hit) > 0.5


def test_twice_the_scale_has_twice_the_shootings_places_and_groups(city, double_city):
    once, double = (c.facts["totals"]["all"]["verified"] for c in (city, double_city))
    assert double == pytest.approx(2 * once, rel=0.06)
    for count in (
        lambda facts: len(facts["hot_places"]["rows"]),
        lambda facts: len(facts["groups"]["members"]),
    ):
        assert count(double_city.facts) == 2 * count(city.facts)
