"""From bytes to text: which encoding, and blocks of whole lines."""

import codecs
import io
from collections.abc import Iterator

from .faults import FileFault
from .limits import MB
from .source import Source

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BLOCK = MB
OTHER_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def encoding_of(start: bytes) -> str:
    """Encoding by its mark, or by where the NUL bytes of wide text stand; else UTF-8."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) // 5 and not even:
        return "utf-16-le"
    if even > len(start) // 5 and not odd:
        return "utf-16-be"
    return "utf-8"


class TextBlocks:
    """Blocks of whole lines of text from a source.

    A line of a UTF-8 file that is not UTF-8 is read as windows-1252, the usual cause, and
    counted: `strays` lines, the first of them `first_stray`.
    """

    def __init__(self, source: Source, encoding: str) -> None:
        self.source = source
        self.encoding = encoding
        self.lines = 0
        self.strays = 0
        self.first_stray = 0

    def __iter__(self) -> Iterator[str]:
        if self.encoding == "utf-8":
            return self._narrow()
        return self._wide()

    @property
    def note(self) -> str:
        return (
            f"{self.strays} lines read as windows-1252 text, the first on line {self.first_stray}"
        )

    def _narrow(self) -> Iterator[str]:
        rest = b""
        first = True
        while data := self.source.read(BLOCK):
            data = rest + data
            cut = _line_end(data, b"\n", b"\r")
            self._refuse_endless(len(data) - cut)
            rest = data[cut:]
            if cut:
                yield self._decode(data[:cut].removeprefix(codecs.BOM_UTF8 if first else b""))
                first = False
        if rest:
            yield self._decode(rest.removeprefix(codecs.BOM_UTF8 if first else b""))

    def _wide(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)(errors="replace")
        rest = ""
        while data := self.source.read(BLOCK):
            text = rest + decoder.decode(data).removeprefix("\ufeff")
            cut = _line_end(text, "\n", "\r")
            self._refuse_endless(len(text) - cut)
            rest = text[cut:]
            if cut:
                yield text[:cut]
        if rest:
            yield rest

    def _decode(self, data: bytes) -> str:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            text = self._decode_lines(data)
        self.lines += data.count(b"\n")
        return text

    def _decode_lines(self, data: bytes) -> str:
        lines = data.split(b"\n")
        return "\n".join(self._decode_line(line, self.lines + i) for i, line in enumerate(lines, 1))

    def _decode_line(self, line: bytes, number: int) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            self.strays += 1
            self.first_stray = self.first_stray or number
            return _western(line)

    def _refuse_endless(self, pending: int) -> None:
        if pending > self.source.limits.row_chars:
            raise FileFault(
                f"{self.source.place}, line {self.lines + 1}",
                f"one line is longer than {self.source.limits.row_chars // MB} MB",
                "check that this is a table with one row to a line",
            )


def lines_of(text: str) -> list[str]:
    """Lines with their ends; only CR and LF end a line, which str.splitlines alone cannot do."""
    if any(char in text for char in OTHER_LINE_ENDS):
        return list(io.StringIO(text, newline=""))
    return text.splitlines(keepends=True)


def _western(line: bytes) -> str:
    """windows-1252, and Latin-1 for the five bytes it leaves undefined."""
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _line_end(data, newline, old_newline) -> int:
    """Position after the last whole line; a final CR may be half of a CRLF, so it waits."""
    return data.rfind(newline) + 1 or data.rfind(old_newline, 0, len(data) - 1) + 1
