"""What may leave: each app declares its tables, with who may take them out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.module_loading import autodiscover_modules

from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room


@dataclass(frozen=True)
class Column:
    """names: whether the column identifies a person; such a column is a right of its own."""

    name: str
    title: str
    value: Callable[[object], object]
    names: bool = False


@dataclass(frozen=True)
class Table:
    """A table that may leave the product.

    rows: gives the rows of a selection (what JSON can say), through the reader's own policies.
    may_export, may_export_names: the two rights. person_linked: whether a row is about a person;
    such a table has a subject.
    """

    name: str
    title: str
    room: Room
    columns: tuple[Column, ...]
    rows: Callable[[dict], Iterable]
    may_export: Callable[[Actor], bool]
    may_export_names: Callable[[Actor], bool]
    person_linked: bool = True
    # How the audit log names the person of a row; a table about persons says so.
    subject: Callable[[object], str] | None = None
    # The words of an address that choose its rows, as a page that leads here gives them, and what
    # each is called.
    selects: Mapping[str, str] = field(default_factory=dict)

    def chosen_words(self, selection: dict) -> list[tuple[str, str]]:
        """What was chosen, each with its title; titles of an earlier version are shown as names."""
        return [(self.selects.get(name, name), value) for name, value in selection.items() if value]

    def subjects(self, rows: Iterable) -> list[str]:
        """The persons of these rows, each once, as the log names them."""
        return list(dict.fromkeys(map(self.subject, rows))) if self.subject else []

    def chosen(self, names: Sequence[str] | None) -> list[Column]:
        """The named columns in the table's order; without names all that identify nobody.

        Raises KeyError for a column that the table does not have.
        """
        if names is None:
            return [column for column in self.columns if not column.names]
        if unknown := set(names) - {column.name for column in self.columns}:
            raise KeyError(", ".join(sorted(unknown)))
        return [column for column in self.columns if column.name in names]


_tables: dict[str, Table] = {}


def declare(table: Table) -> None:
    _tables[table.name] = table


def declared_tables() -> dict[str, Table]:
    """Every table that may leave, by its name; each app declares its own in `exports`."""
    autodiscover_modules("exports")
    return _tables


def table_named(name: str) -> Table:
    """Raises KeyError."""
    return declared_tables()[name]


def tables_for(actor: Actor) -> list[Table]:
    """What this person may take out, of the room where this person works."""
    near = (actor.home_room, Room.AGGREGATE)
    every = declared_tables().values()
    return [table for table in every if table.room in near and table.may_export(actor)]
