"""The two sides of a study's shootings as a frame each: who was shot, and who is suspected.

Where agencies told who they are, each person stands once. Else the victims stand as the city's
published file has them, a row for each time that somebody was hit.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.people import SUSPECT, VICTIM
from ceasefire.problem_analysis.study.words import Words


@dataclass(frozen=True)
class Side:
    """frame: age, age_low, age_high (NaN where not known), sex, race ("" where not known)."""

    key: str
    label: Words
    by_race: Words
    by_sex: Words
    by_age: Words
    frame: pd.DataFrame


WORDS = {
    VICTIM: (_("People shot"), _("People shot, by race"), _("People shot, by sex"),
             _("People shot, by age at their first shooting of the study")),
    SUSPECT: (_("Suspects"), _("Suspects, by race"), _("Suspects, by sex"),
              _("Suspects, by age at their first shooting of the study")),
    "row": (_("Victims"), _("Victims, by race"), _("Victims, by sex"), _("Victims, by age")),
}  # fmt: skip


def sides(material: Material) -> list[Side]:
    """Empty where no file tells of anybody."""
    people = material.people
    if people is not None:
        return [
            Side(side, *WORDS[side], _known(people.side(side)))
            for side in (VICTIM, SUSPECT) if len(people.side(side))
        ]  # fmt: skip
    if material.victims.empty:
        return []
    return [Side(VICTIM, *WORDS["row"], _told(material.victims))]


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    told = frame[["age", "sex", "race"]].copy()
    told["age_low"], told["age_high"] = told["age"], told["age"]
    return told


def _told(victims: pd.DataFrame) -> pd.DataFrame:
    """race: with ethnicity where the file gives it in a column of its own."""
    told = victims[["age", "age_low", "age_high", "sex", "race"]].copy()
    exact = told["age"].notna()
    for column in ("age_low", "age_high"):
        told[column] = np.where(exact, told["age"], told[column])
    return told
