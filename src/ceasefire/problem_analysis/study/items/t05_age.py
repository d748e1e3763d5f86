"""T5: the age of the people shot, and of suspects."""

import numpy as np
import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.items.sides import Side, sides
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Figure, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Cell, Sentence, told

ABOUT = About(
    number="T5",
    chapter="people",
    title=_("Age of the people involved"),
    definition=_(
        "Age in whole years at the first shooting of the study that somebody was part of on that "
        "side. Where a file gives bands of age and no age, its own bands stand."
    ),
    unit=_("people where the agencies tell who they are, else victims of each shooting"),
    denominator=_("people of that side whose age, or band, is known"),
    method=_(
        "Counts; mean and median of those whose age is known to the year. A stated band is never "
        "divided or guessed at: one that does not fit stands as it is."
    ),
)
FIRSTS = (0, 18, 25, 35, 45)
OLDEST = 120


def build(material: Material) -> Found | Lacking:
    found = [one for one in sides(material) if one.frame["age_low"].notna().any()]
    if not found:
        return Lacking(Sentence(_("No file tells the age of anybody.")))
    tables = [table for side in found for table in _tables(side)]
    figures = [
        Figure(f"{side.key}-bands", "named", side.by_age,
               Sentence(_("Those whose age or band is known.")), table=f"{side.key}-bands",
               columns=["n"])
        for side in found
    ]  # fmt: skip
    return Found(sentences=[_young(side) for side in found if _fits(side)], tables=tables,
                 figures=figures)  # fmt: skip


def _fits(side: Side) -> bool:
    """Whether every known age or stated band lies inside one of our bands."""
    frame = side.frame.dropna(subset=["age_low"])
    return bool((_band(frame["age_low"]) == _band(frame["age_high"].fillna(OLDEST))).all())


def _band(ages: pd.Series) -> np.ndarray:
    return np.searchsorted(FIRSTS, ages.to_numpy(float), side="right") - 1


def _tables(side: Side) -> list[Table]:
    frame = side.frame
    known = frame.dropna(subset=["age_low"])
    bands = _ours(known) if _fits(side) else _stated(known)
    rows = [Row(key, label, [n, share(n, len(known))]) for key, label, n in bands]
    rows.append(Row("·unknown", _("Not known"), [len(frame) - len(known), None]))
    rows.append(Row("·all", _("All"), [len(frame), None], total=True))
    columns = (Column("n", side.label), Column("share", _("Share of those known"), Unit.SHARE))
    table = Table(f"{side.key}-bands", side.by_age, _("Age"), Of.PEOPLE, columns, rows)
    return [table, *_middle(side)]


def _ours(known: pd.DataFrame) -> list[tuple]:
    counts = pd.Series(_band(known["age_low"])).value_counts()
    return [(str(first), _label(first, _last(nth)), int(counts.get(nth, 0)))
            for nth, first in enumerate(FIRSTS)]  # fmt: skip


def _last(nth: int) -> int | None:
    return FIRSTS[nth + 1] - 1 if nth + 1 < len(FIRSTS) else None


def _stated(known: pd.DataFrame) -> list[tuple]:
    """The file's own bands, the youngest first."""
    bands = known[["age_low", "age_high"]].fillna(OLDEST).value_counts().sort_index()
    return [
        (f"{int(low)}", _label(int(low), None if high >= OLDEST else int(high)), int(n))
        for (low, high), n in bands.items()
    ]


def _label(low: int, high: int | None):
    if high is None:
        return told(_("%(low)s and over"), low=low)
    if not low:
        return told(_("under %(over)s"), over=high + 1)
    return f"{low}–{high}"


def _middle(side: Side) -> list[Table]:
    ages = side.frame["age"].dropna()
    if ages.empty:
        return []
    columns = (Column("n", _("Known to the year")), Column("mean", _("Mean"), Unit.MEAN),
               Column("median", _("Median"), Unit.MEAN))  # fmt: skip
    row = Row("ages", side.label, [len(ages), float(ages.mean()), float(ages.median())])
    return [Table(f"{side.key}-middle", _("Mean and median age"), _("Who"), Of.PEOPLE, columns,
                  [row], adds_up=False)]  # fmt: skip


def _young(side: Side) -> Sentence:
    return Sentence(
        _("%(who)s: %(share)s of those whose age is known were 18 to 24."),
        cells={"share": Cell(f"{side.key}-bands", "18", "share")},
        plain={"who": side.label},
    )
