"""The list, the map and the time strip of any filter speak of the same shootings."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access.models import Agency
from ceasefire.access.services import agency_record
from ceasefire.registry import pictures
from ceasefire.registry.models import Incident
from ceasefire.registry.selectors import filtering, listing
from ceasefire.registry.selectors.filtering import Filter, Placed, Standing

FIRST = date(2024, 1, 1)
DAYS = st.none() | st.dates(FIRST - timedelta(days=40), FIRST + timedelta(days=900))


@pytest.fixture
def varied(shoot):
    """Shootings of every sort: undated, unplaced, withheld, unfounded, outside, by hand."""
    neighbour = agency_record(name="Eastbank Police", kind=Agency.Kind.NEIGHBOUR_POLICE)
    for n in range(90):
        row = {"incident_number": f"R-{n}", "address": f"{n} OAK ST", "killed": n % 2}
        row |= {"district_stated": f"{n % 3}", "verification": ("verified", "hold")[n % 5 == 0]}
        if n % 4 == 0:
            row |= {"neighbourhood_found": "Mill Hollow", "neighbourhood_stated": "Oldtown"}
        if n % 7 == 0:
            row |= {"victims": None, "killed": None, "injured": False}
        if n % 11 == 0:
            row |= {"verification": "unfounded", "verification_reason": "a firework"}
        if n % 13 == 0:
            row |= {"withheld_at": "2026-01-01T00:00Z", "review_due": date(2026, 3, 1)}
        if n % 17 == 0:
            row |= {"feed": None}
        if n % 19 == 0:
            row |= {"agency": neighbour}
        if n % 23 == 0:
            row |= {"occurred_on": None, "occurred_from": None, "occurred_to": None}
        at = None if n % 6 == 0 else (n * 10, n * 20)
        made = shoot(FIRST + timedelta(days=n * 8), at, **row)
        if n % 9 == 1:
            Incident.objects.filter(pk=made.pk).update(in_city=False)
    return neighbour


def chosen():
    return st.builds(
        Filter,
        since=DAYS,
        until=DAYS,
        district=st.sampled_from(["", "1", "none such"]),
        neighbourhood=st.sampled_from(["", "Mill Hollow", "Oldtown"]),
        kind=st.sampled_from(["", *Incident.Kind.values]),
        standing=st.sampled_from(["", *Standing.values]),
        source=st.sampled_from(["", "hand", "feed", "agency"]),
        placed=st.sampled_from(["", *Placed.values]),
        text=st.sampled_from(["", "oak", "R-1", "%", "nobody"]),
    )


def test_list_map_and_strip_agree_on_the_count_of_any_filter(varied, feed):
    source = {"feed": f"feed-{feed.pk}", "agency": f"agency-{varied.pk}"}

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(chosen())
    def agree(one):
        one = Filter(**vars(one) | {"source": source.get(one.source, one.source)})
        listed = one.rows().count()
        totals = listing.totals(one)
        on_map = listing.on_map(one)
        days = listing.by_day(one)
        assert totals.count == listed == len(on_map)
        assert sum(row.latitude is None for row in on_map) == totals.unplaced
        assert sum(count for _day, count in days) + totals.undated == listed
        assert sum(totals.of_kind(kind) for kind in Incident.Kind) == listed
        if days:
            steps = strip_rows(days, one, totals.undated)
            assert sum(count for _name, count in steps) == listed - totals.undated

    agree()


def strip_rows(days, one, undated):
    since, until = pictures.stretch(days, one.since, one.until)
    return pictures.draw_strip(days, since, until, lambda first, last: "", undated).rows


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1995, 1, 1), date(2035, 1, 1)), st.integers(0, 9000))
def test_the_bars_of_a_strip_follow_one_another_without_gap_or_overlap(since, length):
    spans = pictures._spans(since, since + timedelta(days=length))
    assert spans[0][0] == since
    assert spans[-1][1] == since + timedelta(days=length)
    for (_first, last), (following, _last) in pairwise(spans):
        assert following == last + timedelta(days=1)
    assert len(spans) <= 75


def test_without_a_choice_everything_but_the_withheld_is_shown(varied):
    assert listing.totals(Filter()).withheld == 0
    assert listing.totals(Filter(standing=Standing.EVERY)).withheld == 7


def test_what_counts_is_verified_present_and_not_outside(varied):
    rows = Filter(standing=Standing.COUNTED).rows()
    assert rows.exists()
    for row in rows:
        assert (row.verification, row.withheld_at) == ("verified", None)
        assert row.in_city is not False


def test_a_district_is_as_found_and_only_without_a_place_as_stated(shoot):
    found = shoot(FIRST, (0, 0), district_found="North", district_stated="South")
    stated = shoot(FIRST, district_stated="South")
    assert list(Filter(district="North").rows()) == [found]
    assert list(Filter(district="South").rows()) == [stated]


def test_the_default_is_the_last_twelve_months_of_data(shoot):
    for day in (date(2020, 2, 29), date(2019, 3, 2), date(2019, 2, 28)):
        shoot(day)
    period = filtering.last_months()
    assert (period.since, period.until) == (date(2019, 3, 1), date(2020, 2, 29))


def test_places_are_offered_in_the_order_of_reading(shoot):
    for name in ("10", "9", "älmsted", "Zoo", "2", "apple"):
        shoot(FIRST, district_stated=name)
    districts, _neighbourhoods = filtering.places_of(Filter())
    assert districts == ["2", "9", "10", "apple", "Zoo", "älmsted"]


def test_a_place_spelled_in_two_ways_is_one_choice_that_finds_both(shoot):
    for name in ("NORTHBANK", "Northbank"):
        shoot(FIRST, neighbourhood_stated=name)
    _districts, offered = filtering.places_of(Filter(neighbourhood="NORTHBANK"))
    assert offered == ["NORTHBANK"]
    assert Filter(neighbourhood="NORTHBANK").rows().count() == 2
