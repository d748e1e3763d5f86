"""The criteria of a tie, as arithmetic, and the database's count of the same."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.registry.affiliations import criteria
from ceasefire.registry.affiliations.criteria import Cited, judge
from ceasefire.registry.affiliations.models import Affiliation, Citation
from ceasefire.registry.sources.models import Source
from tests.registry.affiliations.conftest import AGO, TODAY, draft, source

BORN = date(1995, 5, 1)
WEAK = ("arrest", "place", "kinship", "clothing", "online")
REPORT = {"form": "report", "reliability": "reliable", "content": "confirmed", "on": TODAY - AGO}

cited = st.builds(
    Cited,
    criterion=st.sampled_from(Citation.Criterion.values),
    form=st.sampled_from(Source.Form.values),
    reliability=st.sampled_from(Source.Reliability.values),
    content=st.sampled_from(Source.Content.values),
    on=st.dates(TODAY - timedelta(days=1800), TODAY - timedelta(days=1)),
    origin=st.integers(0, 3),
)


def of(criterion, origin, **more):
    return Cited(criterion, **REPORT | more, origin=origin)


@given(st.lists(cited), cited)
def test_one_more_source_never_takes_anything_away(sources, more):
    before, after = (judge(those, today=TODAY, born=BORN) for those in (sources, [*sources, more]))
    assert before.origins <= after.origins <= before.origins + 1


@given(st.lists(cited), st.randoms())
def test_the_order_of_the_sources_does_not_matter(sources, chance):
    mixed = sorted(sources, key=lambda _one: chance.random())
    one, other = (judge(those, today=TODAY, born=BORN) for those in (sources, mixed))
    assert (one.origins, one.basis_on) == (other.origins, other.basis_on)


@given(st.lists(cited.filter(lambda one: one.criterion in WEAK)))
def test_c32_arrest_place_kinship_clothing_and_social_media_never_suffice(sources):
    assert judge(sources, today=TODAY, born=BORN).origins == 0


@given(st.lists(cited, min_size=1))
def test_c32_what_goes_back_to_one_origin_counts_once(sources):
    same = [Cited(one.criterion, one.form, one.reliability, one.content, one.on, 1)
            for one in sources]  # fmt: skip
    assert judge(same, today=TODAY, born=BORN).origins <= 1


@given(st.lists(cited), st.dates(date(2012, 1, 1), TODAY))
def test_c39_nothing_counts_from_before_somebody_was_thirteen(sources, born):
    verdict = judge(sources, today=TODAY, born=born)
    assert verdict.basis_on is None or verdict.basis_on.year - born.year >= 13


def test_two_of_two_origins_suffice_and_say_the_newest_day():
    verdict = judge([of("own_word", 1), of("court", 2, on=TODAY)], today=TODAY, born=BORN)
    assert verdict.suffices
    assert verdict.basis_on == TODAY


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"form": "tip"}, "form"), ({"form": "online"}, "form"),
        ({"reliability": "unreliable"}, "reliability"), ({"reliability": "unknown"}, "reliability"),
        ({"content": "doubtful"}, "content"), ({"on": date(2015, 1, 1)}, "old"),
    ],
)  # fmt: skip
def test_a_source_that_does_not_count_says_why(more, why):
    verdict = judge([of("own_word", 1), of("court", 2, **more)], today=TODAY, born=BORN)
    assert verdict.refused == ((1, why),)
    assert not verdict.suffices


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture],
          deadline=None)  # fmt: skip
@given(sources=st.lists(cited, min_size=1, max_size=5))
def test_c32_the_database_counts_what_the_criteria_count(ben, group, being, sources):
    with being("analyst"):
        tie = Affiliation.objects.filter(person=ben).first() or draft(ben, group)
        Citation.objects.filter(affiliation=tie).delete()
        first: dict[int, Source] = {}
        for one in sources:
            told = {name: getattr(one, name) for name in REPORT}
            made = source(repeats=first.get(one.origin), **told)
            first.setdefault(one.origin, made)
            Citation.objects.create(affiliation=tie, source=made, criterion=one.criterion)
        tie.refresh_from_db()
        assert tie.grounds == judge(sources, today=TODAY, born=BORN).origins


def test_the_codes_of_the_criteria_are_those_of_the_forms():
    assert set(Citation.Criterion.values) - criteria.QUALIFYING == set(WEAK)
    assert set(Source.Form.values) >= criteria.NEVER_FORMS
    assert set(Source.Reliability.values) >= criteria.TRUSTED
    assert set(Source.Content.values) >= criteria.DOUBTED
