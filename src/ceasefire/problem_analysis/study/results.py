"""What a table or figure of a study holds: figures with their units, and where they came from.

Nothing here names a person. A group is kept by its number, and named for whoever may read it.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from ceasefire.problem_analysis.study import words
from ceasefire.problem_analysis.study.words import Sentence, Words


class Unit(StrEnum):
    """How a figure is written, and what it is: a share is of its table's own total."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"  # for 100,000 residents
    MEAN = "mean"
    RATIO = "ratio"
    P = "p"
    MONEY = "money"


class Of(StrEnum):
    """What is counted; small cells of people are suppressed in public, a city's own count of
    shootings is not."""

    SHOOTINGS = "shootings"
    PEOPLE = "people"
    GROUPS = "groups"
    # Figures from outside the register, as their source prints them.
    PUBLISHED = "published"


@dataclass(frozen=True)
class Column:
    key: str
    label: Words
    unit: Unit = Unit.COUNT


@dataclass(frozen=True)
class Row:
    """cells: one for each column; None where nothing can be said, or it is suppressed.
    total: it is the sum of the others. note: what else to know of it ("part of the year").
    within: keys of rows, of whatever table of the same side, whose people all of these are."""

    key: str
    label: Words
    cells: Sequence[float | None]
    total: bool = False
    note: Words = ""
    within: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """caption, stub (what the rows are): words. whole: the column that other counts add up to."""

    key: str
    caption: Words
    stub: Words
    of: Of
    columns: Sequence[Column]
    rows: Sequence[Row]
    whole: str | None = None
    # Rows or columns that overlap add up to nothing: one shooting may stand in several. Where there
    # is a `whole`, only rows overlap: in each of them the other counts add up to it.
    adds_up: bool = True

    def cell(self, row: str, column: str) -> float | None:
        """The figure there. Raises KeyError where the table has no such row or column."""
        at = next((i for i, one in enumerate(self.columns) if one.key == column), None)
        found = next((one for one in self.rows if one.key == row), None)
        if at is None or found is None:
            raise KeyError(f"{self.key} has no cell {row}, {column}.")
        return found.cells[at]


@dataclass(frozen=True)
class Figure:
    """A picture of a table (`table`), or of `data` that is none, such as a map's grid.

    kind: how it is drawn (`figures.KINDS`). columns: which of the table's it shows."""

    key: str
    kind: str
    title: Words
    sentence: Sentence
    table: str = ""
    columns: Sequence[str] = ()
    data: dict | None = None
    # Not in a public edition: it shows single places or groups.
    public: bool = True


@dataclass(frozen=True)
class Item:
    """One numbered table or figure of the analysis, whole, as an edition keeps it.

    lacking: why the register cannot tell it; then there are no tables. left_out: in a public
    edition, why it is not there.
    """

    number: str
    chapter: str
    title: Words
    definition: Words
    unit: Words
    denominator: Words
    method: Words
    sentences: Sequence[Sentence] = ()
    tables: Sequence[Table] = ()
    figures: Sequence[Figure] = ()
    notes: Sequence[Sentence] = ()
    lacking: Sentence | None = None
    left_out: Words = ""

    def table(self, key: str) -> Table:
        return next(one for one in self.tables if one.key == key)


def kept(item: Item) -> dict:
    """As JSON: words in every language, no figure that is not a number."""
    return _kept(asdict(item, dict_factory=_plain))


def _plain(pairs) -> dict:
    return dict(pairs)


def _kept(told):
    if isinstance(told, dict):
        return {name: _kept(value) for name, value in told.items()}
    if isinstance(told, list | tuple):
        return [_kept(value) for value in told]
    if isinstance(told, bool) or told is None:
        return told
    if isinstance(told, int | float) or (hasattr(told, "__float__") and not isinstance(told, str)):
        value = float(told)
        return None if not math.isfinite(value) else int(value) if value.is_integer() else value
    return words.kept(told)


def read(told: dict) -> Item:
    """An item as an edition keeps it."""
    return Item(
        **{
            **told,
            "sentences": [_sentence(one) for one in told["sentences"]],
            "notes": [_sentence(one) for one in told["notes"]],
            "lacking": _sentence(told["lacking"]) if told["lacking"] else None,
            "tables": [_table(one) for one in told["tables"]],
            "figures": [Figure(**{**one, "sentence": _sentence(one["sentence"])})
                        for one in told["figures"]],
        }
    )  # fmt: skip


def _table(told: dict) -> Table:
    return Table(
        **{
            **told,
            "of": Of(told["of"]),
            "columns": [Column(one["key"], one["label"], Unit(one["unit"]))
                        for one in told["columns"]],
            "rows": [Row(**one) for one in told["rows"]],
        }
    )  # fmt: skip


def _sentence(told: dict) -> Sentence:
    cells = {name: words.Cell(**one) for name, one in told["cells"].items()}
    return Sentence(told["words"], cells, told["plain"])
