"""What can be wrong with a file, and with one row of it, in words for the person who sent it."""

from typing import NamedTuple


class FileFault(Exception):
    """The whole file is refused: `place`, `reason` and `remedy` in plain words."""

    def __init__(self, place: str, reason: str, remedy: str) -> None:
        super().__init__(place, reason, remedy)
        self.place = place
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}; {self.remedy}."

    def after_row(self, row: int) -> "FileFault":
        """The same fault, with the last row that could be read as its place."""
        return FileFault(f"{self.place}, after row {row}", self.reason, self.remedy)


class RowFault(NamedTuple):
    """One row is left out: its number in the file, the column if one is to blame, and why."""

    row: int
    column: str | None
    reason: str
    remedy: str


def too_much(place: str) -> FileFault:
    """The fault of a file whose parser ran out of the memory or time it may use."""
    return FileFault(
        place, "it needs more memory or time than a file may use", "send the table as CSV"
    )
