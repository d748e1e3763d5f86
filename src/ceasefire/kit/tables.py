"""The values that a table's cells and columns may hold, wherever the table is shown."""

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Number:
    """A column of figures: right-aligned, with thousands separators."""

    label: Words

    def __str__(self):
        return str(self.label)


@dataclass(frozen=True)
class Link:
    """A cell that leads somewhere."""

    text: Words
    url: str


@dataclass(frozen=True)
class Badge:
    """A status in words; kind is "", ok, due or late and only adds a colour and a picture."""

    text: Words
    kind: str = ""
