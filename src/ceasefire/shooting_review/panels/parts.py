"""What a panel is made of: sentences, figures, tables. Page and PDF show the same parts."""

from dataclasses import dataclass, field

from ceasefire.kit.charts import Chart
from ceasefire.kit.tables import Number


@dataclass(frozen=True)
class Table:
    """Words in every cell, formatted for the reader; columns of figures are `Number`."""

    caption: str
    columns: list[str | Number]
    rows: list[list[str]]


@dataclass(frozen=True)
class Panel:
    """`key` names the panel's anchor. `notes` say how the figures were made."""

    key: str
    title: str
    sentences: list[str]
    figures: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Headline:
    """One of the figures of the first page."""

    value: str
    unit: str
    note: str


@dataclass(frozen=True)
class CardPart:
    """One shooting. `place_map` is None where the place is not known."""

    key: str
    title: str
    badge: str
    facts: list[tuple[str, str]]
    lines: list[str]
    alert: str
    place_map: Chart | None


@dataclass(frozen=True)
class CardGroup:
    key: str
    title: str
    sentence: str
    cards: list[CardPart]


@dataclass(frozen=True)
class Report:
    """A whole packet in words and pictures, in the order in which it is read.

    `coverage`: empty where the files cover the whole week.
    """

    title: str
    subtitle: str
    stamp: list[str]
    coverage: str
    headlines: list[Headline]
    overview: Panel
    groups: list[CardGroup]
    panels: list[Panel]
