"""Text files of rows: comma, semicolon, tab or pipe between the cells."""

import csv
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, compress, islice, repeat

from .faults import FileFault, RowFault
from .layout import DELIMITERS, delimiter_of, header_index, sample_rows, unique_names
from .limits import MB
from .pieces import Piece
from .source import Source
from .text import TextBlocks, encoding_of, lines_of

SAMPLE = 65_536
# Rows become columns a few at a time, so that they stay in the processor's cache.
STEP = 2_000

Rows = list[list[str]]


class DelimitedReader:
    """Rows of a CSV-like file, numbered by the line of the file on which they start."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.notes: list[str] = []
        self._blocks = TextBlocks(source, encoding_of(source.read(SAMPLE)))
        source.rewind()
        blocks = iter(self._blocks)
        first, second = next(blocks, ""), next(blocks, "")
        blocks = self._watched(chain([first, second], blocks))
        self._lines = chain.from_iterable(map(lines_of, blocks))
        self._next_line = 1
        self._read_layout(lines_of(first[:SAMPLE]), goes_on=bool(second))

    def close(self) -> None:
        self.source.close()

    def pieces(self) -> Iterator[Piece]:
        while lines := self._some_lines():
            yield self._split(lines) or self._parsed(lines)
        if self._blocks.strays:
            self.notes.append(self._blocks.note)

    def _some_lines(self) -> list[str]:
        try:
            return list(islice(self._lines, STEP))
        except FileFault as fault:
            raise fault.after_row(self._next_line - 1) from fault

    def _split(self, lines: list[str]) -> Piece | None:
        """Plain lines, without a quotation mark and of one width: twice as quick as parsing."""
        text, width = self._delimiter.join(lines), len(self.columns)
        separators = set(map(str.count, lines, repeat(self._delimiter)))
        if '"' in text or separators != {width - 1} or width == 1:
            return None
        if max(map(len, lines)) > csv.field_size_limit():
            return None
        cells = text.split(self._delimiter)
        first, self._next_line = self._next_line, self._next_line + len(lines)
        numbers = list(range(first, self._next_line))
        columns = [cells[i::width] for i in range(width)]
        return Piece(numbers, columns, [], self.source.fraction)

    def _parsed(self, lines: list[str]) -> Piece:
        """The same lines by the csv module, and those after them that end the last row."""
        reader = self._csv(chain(lines, self._lines), strict=True)
        first = self._next_line
        rows: Rows = []
        numbers: list[int] = []
        faults: list[RowFault] = []
        while reader.line_num < len(lines):
            got: Rows = []
            try:
                got.extend(islice(reader, len(lines) - reader.line_num))
                numbers += self._number(got, first + reader.line_num)
            except csv.Error as error:
                # The rows before the bad one are in the list already.
                numbers += self._number(got, None)
                faults += _unparsed(error, range(self._next_line, first + reader.line_num))
                self._next_line = first + reader.line_num
            except FileFault as fault:
                raise fault.after_row(self._next_line - 1) from fault
            rows += got
        return self._piece(rows, numbers, faults)

    def _read_layout(self, lines: list[str], goes_on: bool) -> None:
        self._delimiter = delimiter_of(lines)
        rows = sample_rows(lines, self._delimiter)
        index = header_index(rows)
        if index is None:
            raise self._fault("no row of column names was found", "put them in the first row")
        reader = self._csv(self._lines, strict=False)
        for _ in range(index):
            next(reader)
        header_line = reader.line_num + 1
        self.columns = unique_names(next(reader))
        self._next_line = reader.line_num + 1
        self._refuse_layout(goes_on or any(map(any, rows[index + 1 :])))
        self._note_layout(header_line)

    def _csv(self, lines: Iterable[str], strict: bool):
        return csv.reader(lines, delimiter=self._delimiter, skipinitialspace=True, strict=strict)

    def _refuse_layout(self, has_rows: bool) -> None:
        limit = self.source.limits.columns
        if len(self.columns) > limit:
            raise self._fault(
                f"the header has {len(self.columns)} columns, more than {limit}",
                "check the delimiter, and send only the columns that are needed",
            )
        if not has_rows:
            raise self._fault("there is a header and no rows", "send a file with rows")

    def _note_layout(self, header_line: int) -> None:
        if header_line > 1:
            self.notes.append(f"header on row {header_line}")
        if self._delimiter != ",":
            self.notes.append(f"separator {DELIMITERS[self._delimiter]}")
        if self._blocks.encoding != "utf-8":
            self.notes.append(f"{self._blocks.encoding} text")
        if self.source.packing:
            self.notes.append(f"unpacked from {self.source.packing}")

    def _watched(self, blocks: Iterable[str]) -> Iterator[str]:
        """The same blocks; refuses a row that goes on, over quoted line ends, without end."""
        line, chars = self._next_line, 0
        for block in blocks:
            if self._next_line != line:
                line, chars = self._next_line, 0
            chars += len(block)
            if chars > self.source.limits.row_chars + MB:
                raise self._fault("one row goes on for too long", "check the quotation marks")
            yield block

    def _number(self, rows: Rows, next_line: int | None) -> list[int]:
        """The line on which each row starts; moves on to the line after the last of them."""
        start = self._next_line
        if next_line == start + len(rows):
            self._next_line = next_line
            return list(range(start, next_line))
        *numbers, self._next_line = accumulate(map(_height, rows), initial=start)
        return numbers

    def _piece(self, rows: Rows, numbers: list[int], faults: list[RowFault]) -> Piece:
        width = len(self.columns)
        if not set(map(len, rows)) <= {width}:
            fitted = [_fitted(row, width) for row in rows]
            faults += [
                _wrong_width(number, len(row), width)
                for row, number, fit in zip(rows, numbers, fitted, strict=True)
                if fit is None and any(row)
            ]
            rows = [row for row in fitted if row]
            numbers = list(compress(numbers, fitted))
        return Piece(numbers, list(zip(*rows, strict=True)), faults, self.source.fraction)

    def _fault(self, reason: str, remedy: str) -> FileFault:
        return FileFault(self.source.place, reason, remedy)


def _height(row: list[str]) -> int:
    """Lines that a row takes: one, and one more for each line end within its cells."""
    return 1 + sum(c.count("\n") + c.count("\r") - c.count("\r\n") for c in row)


def _fitted(row: list[str], width: int) -> list[str] | None:
    """The row at the header's width; None for a blank line or a row of another width."""
    if len(row) < width or any(row[width:]) or not any(row):
        return None
    return row[:width]


def _wrong_width(row: int, cells: int, columns: int) -> RowFault:
    return RowFault(
        row,
        None,
        f"the row has {cells} cells where the header has {columns}",
        "check for a missing or extra separator in the row",
    )


def _unparsed(error: csv.Error, lines: range) -> list[RowFault]:
    """A fault for each line that a stray quotation mark swallowed, so that none goes unseen."""
    if "field limit" in str(error):
        reason = f"a cell is longer than {csv.field_size_limit():,} characters"
    else:
        reason = "a quotation mark is out of place or never closed"
    return [RowFault(line, None, reason, "check the quotation marks in the row") for line in lines]
