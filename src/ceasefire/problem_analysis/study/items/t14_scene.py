"""T14: indoors or outdoors, the kind of place, and how many were hit at once."""

import pandas as pd
from django.utils.translation import gettext_lazy as _

from ceasefire.problem_analysis.study.items.item import About, Found, Lacking, share
from ceasefire.problem_analysis.study.material import Material
from ceasefire.problem_analysis.study.results import Column, Of, Row, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence

ABOUT = About(
    number="T14",
    chapter="incidents",
    title=_("The scene"),
    definition=_(
        "Where shootings occurred, in the words of the city's files, and how many people each hit."
    ),
    unit=_("shootings"),
    denominator=_("shootings of which the files tell it"),
    method=_("Counts of the files' own words, letter case aside. Nothing is guessed."),
)
SHOWN = 15


def build(material: Material) -> Found | Lacking:
    of = material.incidents
    tables = [
        _words(of, "setting", _("Inside or outside"), _("Setting")),
        _words(of, "premises", _("Kind of place"), _("Premises")),
        _hit(of),
    ]
    tables = [one for one in tables if one]
    if not tables:
        return Lacking(Sentence(_("No file tells the setting, the premises or the victims.")))
    silent = _(
        "The register holds no rounds, casings or vehicles of these shootings: the city's files "
        "have no column for them."
    )
    return Found(tables=tables, notes=[Sentence(silent)])


def _words(of: pd.DataFrame, column: str, caption, stub) -> Table | None:
    told = of[column].str.strip().str.casefold()
    known = told[told != ""]
    if known.empty:
        return None
    counts = known.value_counts()
    order = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    rows = [Row(word, word.capitalize(), [n, share(n, len(known))]) for word, n in order[:SHOWN]]
    if rest := sum(n for _word, n in order[SHOWN:]):
        rows.append(Row("·rest", _("All others"), [rest, share(rest, len(known))]))
    return _table(column, caption, stub, rows, len(of) - len(known), len(of))


def _hit(of: pd.DataFrame) -> Table | None:
    known = of["victims"].dropna()
    # A file that tells only of shootings in which nobody was hit does not tell how many were.
    if not known.any() and len(known) < len(of):
        return None
    labels = ((0, _("Nobody")), (1, _("One person")), (2, _("Two")), (3, _("Three")))
    rows = [Row(str(n), label, [int((known == n).sum()), share(int((known == n).sum()),
            len(known))]) for n, label in labels]  # fmt: skip
    more = int((known >= 4).sum())
    rows.append(Row("4", _("Four or more"), [more, share(more, len(known))]))
    return _table("hit", _("People hit in one shooting"), _("People hit"), rows,
                  len(of) - len(known), len(of))  # fmt: skip


def _table(key, caption, stub, rows: list[Row], unknown: int, every: int) -> Table:
    rows = [*rows, Row("·unknown", _("Not told"), [unknown, None]),
            Row("·all", _("All"), [every, None], total=True)]  # fmt: skip
    columns = (Column("n", _("Shootings")), Column("share", _("Share of those told"), Unit.SHARE))
    return Table(key, caption, stub, Of.SHOOTINGS, columns, rows)
