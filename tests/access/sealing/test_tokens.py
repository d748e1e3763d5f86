"""Names are found by keyed hashes, in the spellings that people use."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access.partitions import Room
from ceasefire.access.sealing.keyring import KeyMissing
from ceasefire.access.sealing.tokens import fold, sort_key, tokens_of

names = st.text("abcdefghijklmnopqrstuvwxyzñáéü", min_size=4, max_size=12)


def meet(one, other):
    return bool(tokens_of(one, Room.SERVICES) & tokens_of(other, Room.SERVICES))


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Muñoz", "munoz"),
        ("O'Neal", "ONeal"),
        ("Nuñez-Lopez", "LOPEZ NÚÑEZ"),
        ("Jiménez", "Ximenez"),
        ("Gimenez", "Jimenez"),
        ("González", "Gonsales"),
        ("Vásquez", "Basques"),
        ("Stephen", "Steven"),
        ("Catherine", "Katherine"),
        ("Hernández", "Ernandes"),
        ("Darnell", "Darnel"),
        ("Marcus", "Marucs"),
        ("Ñandú", "ñandu"),
    ],
)
def test_a_name_is_found_by_another_spelling(keys, stored, asked):
    assert meet(stored, asked)


@pytest.mark.parametrize(
    ("stored", "asked"), [("Smith", "Jones"), ("Darnell", "Marcus"), ("Al", "Bo"), ("", "Al")]
)
def test_different_names_do_not_meet(keys, stored, asked):
    assert not meet(stored, asked)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=names, place=st.integers(0, 11), letter=st.sampled_from("bkrs"))
def test_one_letter_more_or_less_or_changed_still_meets(keys, name, place, letter):
    place = min(place, len(name) - 1)
    for other in (
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1 :],
    ):
        assert len(fold(other)) < 4 or meet(name, other)


def test_rooms_share_no_token(keys):
    assert not tokens_of("Wrenfield", Room.SERVICES) & tokens_of("Wrenfield", Room.INVESTIGATIVE)


def test_tokens_stay_the_same_when_the_rooms_key_is_rotated(keys):
    before = tokens_of("Wrenfield", Room.SERVICES)
    keys.make(Room.SERVICES)
    assert tokens_of("Wrenfield", Room.SERVICES) == before


def test_a_room_without_a_key_names_itself(keys):
    keys.path(Room.SERVICES).unlink()
    with pytest.raises(KeyMissing, match="'services' has no search key"):
        tokens_of("Wrenfield", Room.SERVICES)


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_has_few_tokens(keys, text):
    assert len(tokens_of(text, Room.SERVICES)) <= 12 * 44


def test_names_are_in_the_order_that_people_expect():
    given = ["Nz", "ñandu", "Ñato", "Oak", "nadal", "Álvarez", "Zoe", "abel"]
    assert sorted(given, key=sort_key) == [
        "abel", "Álvarez", "nadal", "Nz", "ñandu", "Ñato", "Oak", "Zoe",
    ]  # fmt: skip
