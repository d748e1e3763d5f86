"""An item as a reader sees it: words in their language, figures with their units, pictures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ceasefire.kit.charts import Chart
from ceasefire.kit.charts.canvas import Palette
from ceasefire.kit.tables import Number
from ceasefire.problem_analysis.study import figures, words
from ceasefire.problem_analysis.study.results import Column, Item, Of, Table, Unit
from ceasefire.problem_analysis.study.words import Sentence
from ceasefire.registry.words import number

NOT_SHOWN = "–"


@dataclass(frozen=True)
class ShownTable:
    caption: str
    columns: list
    rows: list[list[str]]
    foot: str


@dataclass(frozen=True)
class Shown:
    """about: (what it says, in words) in the order in which a page prints it."""

    number: str
    key: str
    title: str
    about: list[tuple[str, str]]
    sentences: list[str]
    lacking: str
    tables: list[ShownTable]
    figures: list[Chart]
    notes: list[str]


class Showing:
    """Shows the items of one edition. group: the name of a group by its number, for its readers."""

    def __init__(
        self, *, palette: Palette = "screen", group: Callable[[int], str] | None = None
    ) -> None:
        self.palette, self.group = palette, group

    def item(self, item: Item) -> Shown:
        lacking = item.lacking and self._sentence(item.lacking, item)
        return Shown(
            number=item.number,
            key=item.number.lower(),
            title=self.words(item.title),
            about=self._about(item),
            sentences=list(self._sentences(item.sentences, item)),
            lacking=lacking or self.words(item.left_out),
            tables=[self.table(one) for one in item.tables],
            figures=[self._figure(one, item) for one in item.figures],
            notes=list(self._sentences(item.notes, item)),
        )

    def words(self, told) -> str:
        return words.shown(told, self.group)

    def _about(self, item: Item) -> list[tuple[str, str]]:
        told = (
            (_("What it counts"), item.definition), (_("Unit"), item.unit),
            (_("Shares are of"), item.denominator), (_("Method"), item.method),
        )  # fmt: skip
        return [(name, self.words(said)) for name, said in told if said]

    def _sentences(self, told: Iterable[Sentence], item: Item) -> Iterable[str]:
        for one in told:
            said = self._sentence(one, item)
            if said is not None:
                yield said

    def _sentence(self, one: Sentence, item: Item) -> str | None:
        """None where a figure that it names is not shown."""
        found = {name: self._plain(value) for name, value in one.plain.items()}
        for name, cell in one.cells.items():
            table = item.table(cell.table)
            value = table.cell(cell.row, cell.column)
            if value is None:
                return None
            unit = next(c.unit for c in table.columns if c.key == cell.column)
            found[name] = figure(value, unit)
        said = self.words(one.words)
        return said % found if found else said

    def _plain(self, value) -> str:
        if isinstance(value, dict):
            return self.words(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        return number(value, 0 if float(value).is_integer() else 2)

    def table(self, table: Table) -> ShownTable:
        return ShownTable(
            caption=self.words(table.caption),
            columns=[self.words(table.stub), *(Number(self._heading(c)) for c in table.columns)],
            rows=[self._row(table, row) for row in table.rows],
            foot=counted(table.of),
        )

    def _heading(self, column: Column) -> str:
        return self.words(column.label)

    def _row(self, table: Table, row) -> list[str]:
        label = self.words(row.label)
        if row.note:
            label = f"{label} ({self.words(row.note)})"
        shown = (
            NOT_SHOWN if value is None else figure(value, column.unit)
            for value, column in zip(row.cells, table.columns, strict=True)
        )
        return [label, *shown]

    def _figure(self, one, item: Item) -> Chart:
        table = item.table(one.table) if one.table else None
        return figures.KINDS[one.kind](
            figures.Drawn(
                one, table, self.words(one.title), self._sentence(one.sentence, item) or "",
                self.words, self.palette,
            )
        )  # fmt: skip


def figure(value: float, unit: Unit) -> str:
    """A figure as its unit is written."""
    if unit is Unit.SHARE:
        return f"{number(100 * value, 1)}%"
    if unit is Unit.P:
        return _("under 0.001") if value < 0.001 else number(value, 3)
    if unit is Unit.MONEY:
        return f"${number(value)}"
    return number(value, {Unit.COUNT: 0, Unit.MEAN: 1, Unit.RATE: 1, Unit.RATIO: 2}[unit])


def counted(of: Of) -> str:
    """What a table's counts are of; no table leaves it unsaid."""
    return {
        Of.SHOOTINGS: _("Counts are shootings."),
        Of.PEOPLE: _("Counts are people."),
        Of.GROUPS: _("Rows are groups; counts are shootings."),
        Of.PUBLISHED: _("Figures as their source prints them."),
    }[of]
