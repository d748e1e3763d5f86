"""From alike records to people: what may never happen, whatever the evidence says."""

from hypothesis import given
from hypothesis import strategies as st

from ceasefire.registry.matching.assigning import Alike, assign

FRESH = st.integers(-8, -1)
KNOWN = st.integers(1, 8)
PAIRS = st.lists(
    st.tuples(FRESH, st.one_of(FRESH, KNOWN), st.floats(-5, 20)).filter(lambda p: p[0] != p[1]),
    max_size=25,
)
TWO = st.lists(st.tuples(FRESH, st.one_of(FRESH, KNOWN)).filter(lambda p: p[0] != p[1]), max_size=4)


def alike(one, other, weight):
    return Alike(one, other, weight, joins=weight >= 5)


def groups(found):
    members = {}
    for record, group in found.group.items():
        members.setdefault(group, set()).add(record)
    return members


def test_records_that_are_alike_enough_are_one_group():
    found = assign([-1, -2, -3], people={}, alike=[alike(-1, -2, 9), alike(-2, -3, 2)])
    assert found.group[-1] == found.group[-2] != found.group[-3]
    assert [(one.one, one.other) for one in found.ask] == [(-2, -3)]


def test_a_new_record_comes_to_the_person_it_is_most_like():
    people = {1: 10, 2: 20}
    found = assign([-1], people=people, alike=[alike(-1, 1, 6), alike(-1, 2, 9)])
    assert found.person == {found.group[-1]: 20}
    assert [(one.other, one.weight) for one in found.ask] == [(1, 6)]  # are 10 and 20 one person?


def test_two_people_of_the_register_are_never_joined():
    people = {1: 10, 2: 20}
    found = assign([-1], people=people, alike=[alike(-1, 1, 20)], certain=[(-1, 2)])
    assert found.person == {found.group[-1]: 20}
    assert len(found.ask) == 1


def test_what_somebody_decided_apart_is_neither_joined_nor_asked_again():
    found = assign([-1], people={1: 10}, alike=[alike(-1, 1, 15)], apart=[(-1, 1)])
    assert (found.person, found.ask) == ({}, [])


def test_what_is_apart_stays_apart_through_a_third_record():
    pairs = [alike(-1, -2, 9), alike(-2, -3, 8)]
    found = assign([-1, -2, -3], people={}, alike=pairs, apart=[(-1, -3)])
    assert found.group[-1] != found.group[-3]


@given(PAIRS, TWO, TWO, st.dictionaries(KNOWN, st.integers(10, 13)))
def test_no_group_holds_two_people_or_what_was_decided_apart(pairs, certain, apart, people):
    known = people.keys()
    pairs = [alike(*p) for p in pairs if p[1] < 0 or p[1] in known]
    certain, apart = ([p for p in two if p[1] < 0 or p[1] in known] for two in (certain, apart))
    fresh = list(range(-8, 0))
    found = assign(fresh, people=people, alike=pairs, certain=certain, apart=apart)
    assert found.group.keys() == set(fresh)

    def side(record):
        person = people.get(record)
        group = found.group.get(record)
        return person if person is not None else found.person.get(group, ("new", group))

    assert all(side(one) != side(other) for one, other in apart)
    asked = [frozenset((side(one.one), side(one.other))) for one in found.ask]
    assert all(len(pair) == 2 for pair in asked)
    assert len(asked) == len(set(asked))
    for pair in pairs:
        together = side(pair.one) == side(pair.other)
        parted = {frozenset((side(a), side(b))) for a, b in apart}
        assert together or frozenset((side(pair.one), side(pair.other))) in {*asked, *parted}


@given(PAIRS, st.dictionaries(KNOWN, st.integers(10, 13)), st.randoms())
def test_the_order_of_the_pairs_does_not_matter(pairs, people, random):
    pairs = [alike(*p) for p in pairs if p[1] < 0 or p[1] in people]
    shuffled = random.sample(pairs, len(pairs))
    one, other = (assign(range(-8, 0), people=people, alike=p) for p in (pairs, shuffled))
    assert groups(one) == groups(other)
    assert one.person == other.person
