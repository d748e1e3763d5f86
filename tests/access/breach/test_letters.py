"""C54: letters say what happened, in the reader's language, and name nobody else."""

import io
import json

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from ceasefire.access.breach.letters import Letter, letter_data, letter_pdf
from ceasefire.access.breach.models import Duty
from ceasefire.access.breach.services import words_set
from ceasefire.access.breach.words import CLASSES
from ceasefire.access.describing import DataClass
from tests.access.breach.test_breach import auditor, breach, look, suspect  # noqa: F401

pytestmark = pytest.mark.django_db
MINE, OTHER = "registry.person:12", "registry.person:99"


@pytest.fixture
def told(breach, suspect):  # noqa: F811
    look(suspect, MINE, OTHER, about="registry.incident:3")
    return words_set(
        breach=breach, for_letters="An account was used by a stranger.",
        for_letters_es="Una persona ajena usó una cuenta.",
        contact="Ceasefire office, 555-0100",
    )  # fmt: skip


def words_of(letter: Letter) -> str:
    """Everything that the letter's template is given, in the letter's language."""
    with translation.override(letter.language):
        return json.dumps(letter_data(letter), ensure_ascii=False)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("to", list(Duty))
def test_c54_every_letter_is_made_in_both_languages(told, language, to):
    letter = Letter(told, to, language)
    words = words_of(letter)
    assert ("stranger" in words, "persona ajena" in words) == (language == "en", language == "es")
    assert "555-0100" in words
    made = pikepdf.open(io.BytesIO(letter_pdf(letter)))
    assert str(made.Root.Lang) == language


def test_c54_a_letter_to_a_person_names_that_person_s_record_and_nobody_else(told, suspect):  # noqa: F811
    words = words_of(Letter(told, Duty.PEOPLE, "en", MINE))
    assert MINE in words
    for other in (OTHER, suspect.display_name, told.suspicion):
        assert other not in words


def test_a_letter_goes_to_nobody_whom_the_breach_did_not_reach(told):
    with pytest.raises(ValidationError, match="not among those"):
        letter_pdf(Letter(told, Duty.PEOPLE, "en", "registry.person:5"))


def test_a_letter_waits_for_its_words(told):
    words_set(breach=told, for_letters="Only English.", for_letters_es="", contact="x")
    told.refresh_from_db()
    with pytest.raises(ValidationError, match="First write"):
        letter_pdf(Letter(told, Duty.PEOPLE, "es"))


def test_the_attorney_general_is_told_how_many_and_which_kinds(told):
    data = letter_data(Letter(told, Duty.ATTORNEY_GENERAL, "en"))
    assert "Records of 2 persons were reached." in data["paragraphs"]
    assert data["classes"] == ["Facts of shootings", "What law enforcement noted about suspicion"]


def test_every_class_has_words_for_outsiders():
    assert set(CLASSES) == set(DataClass)
