"""What is compared is written one way, so that only errors differ."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.registry.linkage import values

TODAY = date(2026, 11, 23)


@given(st.text())
def test_whatever_is_written_is_compared_as_plain_words(text):
    told = values.plain(text)
    assert told.isascii()
    assert told == " ".join(told.split()).lower()
    assert values.plain(told) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("O’Ñate-Núñez", "onate nunez"), ("  DE LA CRUZ ", "de la cruz"), ("Łukasz", "lukasz"),
        ("Smith, Jr.", "smith"), ("UNKNOWN", None), ("-", None), ("Иван Нгуен", "ivan nguen"),
        ("Γιώργος", "giorgos"), ("김민수", "gimminsu"), ("ʻAkahi Kāne", "akahi kane"),
    ],
)  # fmt: skip
def test_a_name_is_folded_without_title_or_accent(text, told):
    assert values.name(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Diaz, Ana Maria", ("ana", "diaz")), ("Ana Maria Diaz", ("ana", "diaz")),
        ("DIAZ", (None, "diaz")), ("Dr. Ana Diaz", ("ana", "diaz")), ("", (None, None)),
    ],
)  # fmt: skip
def test_a_whole_name_is_taken_apart_in_either_order(text, told):
    assert values.whole_name(text) == told


@pytest.mark.parametrize(
    ("text", "order", "told"),
    [
        ("1990-03-14", "ymd", "19900314"), ("3/14/1990", "mdy", "19900314"),
        ("14/3/1990", "dmy", "19900314"), ("3/14/55", "mdy", "19550314"),
        ("3/14/05", "mdy", "20050314"), ("19900231", "ymd", "19900231"), ("soon", "mdy", None),
    ],
)  # fmt: skip
def test_a_birth_date_is_eight_figures_and_an_impossible_one_keeps_its_own(text, order, told):
    assert values.born(text, order, TODAY) == told


@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%Y%m%d"]))
def test_any_birth_date_is_read_back_from_any_usual_writing(day, written):
    assert values.born(day.strftime(written), "mdy", TODAY) == f"{day:%Y%m%d}"
