"""What somebody types meets what is stored: every one-letter variant, and not everything."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access.partitions import Room
from ceasefire.access.sealing import keyring
from ceasefire.registry.search import tokens
from ceasefire.registry.search.finding import read
from ceasefire.registry.search.tokens import Near, Who, asked, stored

LETTERS = "abcdefghijklmnopqrstuvwxyz"
words = st.text(st.sampled_from(LETTERS), min_size=4, max_size=12)


@pytest.fixture(autouse=True, scope="module")
def key():
    if not keyring.numbered(Room.INVESTIGATIVE):
        keyring.make(Room.INVESTIGATIVE)


def found(who: Who, typed: str) -> Near | None:
    """The nearest way in which a record of somebody is found by what is typed."""
    held = stored(who)
    return next((near for near, numbers in asked(typed).items() if numbers & held), None)


@st.composite
def edited(draw, word: str) -> str:
    at, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from(LETTERS))
    ways = {
        "added": word[:at] + letter + word[at:],
        "left out": word[:at] + word[at + 1 :],
        "changed": word[:at] + letter + word[at + 1 :],
        "swapped": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }
    return ways[draw(st.sampled_from(sorted(ways)))]


@given(st.data(), words, words)
def test_a_full_name_with_one_letter_wrong_is_found(data, given_name, family):
    who = Who(given=given_name, family=family)
    wrong = data.draw(st.sampled_from((0, 1)))
    typed = [given_name, family]
    typed[wrong] = data.draw(edited(typed[wrong]))
    if data.draw(st.booleans()):
        typed.reverse()
    if len(typed[wrong]) > 3 and typed[0] != typed[1] and given_name != family:
        assert found(who, " ".join(typed)) is not None


@given(st.data(), words, words)
def test_one_name_alone_with_one_letter_wrong_is_found(data, given_name, family):
    typed = data.draw(edited(family))
    if len(typed) > 3:
        assert found(Who(given=given_name, family=family), typed) is not None


@given(words, words)
def test_a_missing_space_is_found_whichever_name_stands_first(given_name, family):
    who = Who(given=given_name, family=family)
    if given_name != family:
        assert found(who, given_name + family) is not None
        assert found(who, family + given_name) is not None


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("María Núñez", Near.SAME), ("nunez, maria", Near.SAME), ("MARIA NUÑEZ", Near.SAME),
        ("Maria Nunes", Near.LETTER), ("Nuñez", Near.SAME), ("marianunez", Near.TOGETHER),
        ("Mariah Nuniez", Near.SOUND), ("Maria", Near.SAME), ("Marta Suarez", None),
        ("Peter", None),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_type_it(typed, near):
    assert found(Who(given="María", family="Núñez"), typed) == near


def test_other_names_and_two_surnames_are_found():
    who = Who(given="Juan", family="De la Cruz", alias="Flaco, Juancho Perez")
    for typed in ("flaco", "Juan Delacruz", "Perez Juancho", "de la cruz juan", "Juan Cruz"):
        assert found(who, typed) is not None, typed


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_and_gives_few_numbers(text):
    told = read(text)
    assert sum(len(numbers) for numbers in asked(told.name).values()) < 2_000
    assert all(isinstance(day, date) for days in told.days for day in days)


@given(st.dates(date(1900, 1, 1), date(2030, 1, 1)))
def test_a_day_is_read_however_it_is_written(day):
    for text in (day.isoformat(), f"{day.month}/{day.day}/{day.year}"):
        (days,) = read(f"Lopez {text}").days
        assert day in days
    assert read(f"Lopez {day.isoformat()}").name == "Lopez"


def test_a_number_that_is_written_otherwise_is_the_same():
    assert tokens.cases(["26-00117"]) == tokens.cases(["26 00117".replace(" ", "")])
    assert tokens.cases(["26-00117"]) & stored(Who(family="Lopez", numbers=["26 00117"]))
    assert not tokens.cases(["Lopez"])


def test_two_rooms_have_no_number_in_common(monkeypatch):
    here = stored(Who(given="Ann", family="Lopez", born=date(1990, 5, 1)))
    monkeypatch.setattr(keyring, "search_key", lambda room: b"another room's key" * 2)
    assert not here & stored(Who(given="Ann", family="Lopez", born=date(1990, 5, 1)))
