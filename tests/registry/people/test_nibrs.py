"""Files shaped as NIBRS's segments: codes become our words, and nobody is made of a business."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access import names
from ceasefire.intake.columns import Bad
from ceasefire.intake.people import nibrs
from ceasefire.intake.people.roles import roles_of
from ceasefire.kit.values import Age
from ceasefire.registry.people.models import Involvement, Person, PersonRecord

HEADER = (
    "Incident Number", "Incident Date", "Incident Hour", "Segment", "Person Sequence Number",
    "UCR Offense Code", "Weapon/Force Code", "Type of Injury", "Type of Victim", "Last Name",
    "First Name", "DOB", "Age", "Sex", "Race", "Ethnicity", "Relationship",
)  # fmt: skip


def row(number, segment, offence, weapon="", injury="", kind="", family="", given="", born="",
        age="", sex="", race="", ethnicity="", relation=""):  # fmt: skip
    return (number, "2026-01-03", "21", segment, "1", offence, weapon, injury, kind, family, given,
            born, age, sex, race, ethnicity, relation)  # fmt: skip


FILE = [
    row(
        "26-1",
        "Victim",
        "13A",
        "12A",
        "O",
        "I",
        "Lopez",
        "Ann",
        "1990-05-01",
        "35",
        "F",
        "W",
        "H",
        "ST",
    ),
    row("26-1", "Victim", "13A", "12A", "N", "I", "Reyes", "Cal", "", "2530", "M", "B", "N", "RU"),
    row("26-1", "Victim", "13A", "12", "M", "I", "", "", "", "00", "U", "U", "U", "RU"),
    row("26-1", "Victim", "13A", "", "", "B"),
    row("26-1", "Offender", "13A", "12", "", "", "Okafor", "Ben", "1988-11-23", "37", "M", "B"),
    row("26-1", "Arrestee", "13A", "", "", "", "Okafor", "Ben", "1988-11-23", "37", "M", "B"),
    row("26-2", "Victim", "09A", "11", "", "L", "Absent", "Nia", "1995-01-01", "31", "F", "A"),
    row("26-3", "Victim", "13A", "20", "L", "I", "Knife", "Joe", "1980-01-01", "46", "M", "W"),
    row("26-4", "Offender", "520", "12", "", "", "Carry", "Lee", "1980-01-01", "46", "M", "W"),
]


@pytest.fixture
def loaded(bring, shootings):
    return bring("involvements", HEADER, FILE)


def test_nobody_maps_the_codes_by_hand(loaded):
    fields = loaded.mapping.mapping["fields"]
    assert {name: one["column"] for name, one in fields.items()} == {
        "incident_number": "Incident Number", "role": "Segment",
        "offence_code": "UCR Offense Code", "weapon_code": "Weapon/Force Code",
        "injury_code": "Type of Injury", "victim_type": "Type of Victim",
        "relation": "Relationship", "ethnicity": "Ethnicity", "family": "Last Name",
        "given": "First Name", "born": "DOB", "age": "Age", "sex": "Sex", "race": "Race",
    }  # fmt: skip


def test_each_named_person_of_a_shooting_has_their_part(loaded):
    records = {one.pk: one for one in PersonRecord.objects.all()}
    told = names.read(records.values())
    parts = {
        (told[one.record_id].family, one.role) for one in Involvement.objects.all()
    }  # fmt: skip
    assert parts == {
        ("Lopez", "victim_hurt"), ("Reyes", "shot_at"), ("Okafor", "suspect"),
        ("Okafor", "arrested"), ("Absent", "victim_killed"),
    }  # fmt: skip


def test_codes_of_age_sex_and_race_become_words(loaded):
    records = list(PersonRecord.objects.all())
    told = names.read(records)
    race = {told[one.pk].family: (one.race, one.sex) for one in records}
    assert race["Lopez"] == ("White, Hispanic or Latino", "F")
    assert race["Okafor"] == ("Black or African American", "M")
    ages = dict(Involvement.objects.values_list("role", "age"))
    assert (ages["victim_hurt"], ages["shot_at"]) == (35, None)


def test_only_a_firearm_used_on_somebody_makes_a_shooting_and_nameless_rows_are_counted(loaded):
    told = loaded.report
    assert (told["shootings"], told["others"], told["rows_of_others"]) == (2, 2, 2)
    assert (told["no_person"], told["unnamed"], told["with_unnamed"]) == (1, 1, 1)
    assert Person.objects.count() == 4


def test_the_preview_says_what_was_understood(loaded):
    assert any("2 incidents with a firearm" in one for one in loaded.report["notes"])
    assert any("name nobody" in one for one in loaded.report["notes"])


def test_the_same_file_again_changes_nothing(loaded, bring):
    from tests.registry.people.test_files import LATER

    again = bring("involvements", HEADER, FILE, as_of=LATER)
    assert (again.added, again.changed, again.unchanged, again.vanished) == (0, 0, 5, 0)


def test_an_age_that_is_no_code_is_left_empty_and_said(bring, shootings):
    rows = [row("26-1", "Victim", "13A", "12", "O", "I", "Lopez", "Ann", age="3O"), *FILE[4:7]]
    batch = bring("involvements", HEADER, rows, despite="tried")
    assert batch.report["warnings"] == 1


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("NN", Age(0, 0, 0)), ("nb", Age(0, 0, 0)), ("BB", Age(0, 0, 0)), ("00", None),
        ("", None), ("07", Age(7, 7, 7)), ("98", Age(98, 98, 98)), ("99", Age(None, 99, None)),
        ("2530", Age(None, 25, 30)), ("25-30", Age(None, 25, 30)),
    ],
)  # fmt: skip
def test_age_codes(text, read):
    assert nibrs.age(text) == read


@pytest.mark.parametrize("text", ["3025", "XX", "150", "-4", "1e3", "25-25", "¹"])
def test_what_is_no_age_code_says_so(text):
    assert isinstance(nibrs.age(text), Bad)


@given(st.integers(1, 98))
def test_every_exact_age_is_read_as_itself(years):
    assert nibrs.age(f"{years:02}").exact == years


@given(st.integers(1, 98), st.integers(1, 98))
def test_a_range_is_read_where_it_is_one(low, high):
    read = nibrs.age(f"{low:02}{high:02}")
    assert (read == Age(None, low, high)) if low < high else isinstance(read, Bad)


@given(st.text(max_size=12))
def test_no_text_breaks_a_reader(text):
    nibrs.age(text)
    assert set(nibrs.weapons(text)) <= nibrs.WEAPONS
    nibrs.race(text, text)
    told = nibrs.in_words({"role": text, "offence_code": text, "injury_code": text})
    roles_of(told["role"] or "", told.get("outcome"))


codes = st.lists(st.sampled_from(sorted(nibrs.WEAPONS)), min_size=1, max_size=3)
marks = st.sampled_from([",", ";", " ", "|", " / "])


@given(codes, marks, st.booleans())
def test_a_firearm_is_found_wherever_it_stands_and_automatic_too(found, mark, automatic):
    text = mark.join(one + "A" * automatic for one in found)
    assert nibrs.weapons(text) == tuple(found)
    assert nibrs.has_firearm(text) == any(one in nibrs.FIREARMS for one in found)


rows = st.fixed_dictionaries(
    {
        "incident_number": st.sampled_from(["1", "2", "3"]),
        "role": st.sampled_from(["V", "O", "A"]),
        "offence_code": st.sampled_from(["09A", "13A", "520", "13A;520", "35A"]),
        "weapon_code": st.sampled_from([None, "12", "13A", "20", "40"]),
        "victim_type": st.sampled_from([None, *"ILBGSFROU"]),
        "family": st.sampled_from([None, "Lopez"]),
    }
)


@given(st.lists(rows, max_size=12), st.randoms())
def test_every_row_is_taken_or_counted_whatever_their_order(told, random):
    def sifted(order):
        sieve, counted = nibrs.Sieve(), Counter()
        for number, one in order:
            sieve.add(number, one)
        kept = {number for number, _said in sieve.sifted(counted)}
        return kept, counted

    numbered = list(enumerate(told))
    kept, counted = sifted(numbered)
    assert len(kept) + sum(counted[one] for one in ("rows of others", "no person", "unnamed")) == (
        len(told)
    )
    assert all(told[number]["family"] for number in kept)
    random.shuffle(numbered)
    assert sifted(numbered) == (kept, counted)
