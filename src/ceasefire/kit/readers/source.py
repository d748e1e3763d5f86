"""The bytes of a file, unpacked from gzip or zip, within limits."""

import gzip
import lzma
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .faults import FileFault
from .limits import MB, Limits

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
BROKEN = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile)


class Source:
    """A byte stream over `path` that knows how much of the file it has used.

    Unpacks gzip, and zip with exactly one member. Raises FileFault when the packed data are
    broken, cut short or grow beyond the limits.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path = path
        self.place = path.name
        self.limits = limits
        self.packing = packing(path)
        self.size = max(path.stat().st_size, 1)
        self._raw: BinaryIO = path.open("rb")
        # Zip is unpacked in strides of a megabyte, too coarse for a progress bar.
        self._member_size = 0
        self._stream = self._unpacked()
        self._out = 0
        self._failure: FileFault | None = None

    def read(self, count: int) -> bytes:
        """Up to `count` bytes, empty at the end; what could be unpacked comes before a fault."""
        parts: list[bytes] = []
        while count > 0 and (data := self._read_some(count, bool(parts))):
            parts.append(data)
            count -= len(data)
            self._out += len(data)
            self._check_growth()
        return b"".join(parts)

    def _read_some(self, count: int, some_read: bool) -> bytes:
        if self._failure:
            raise self._failure
        try:
            return self._stream.read1(count)
        except BROKEN:
            self._failure = self._broken()
        if some_read:
            return b""
        raise self._failure

    @property
    def fraction(self) -> float:
        if self._member_size:
            return min(self._out / self._member_size, 1.0)
        return min(self._raw.tell() / self.size, 1.0)

    def close(self) -> None:
        self._stream.close()
        self._raw.close()

    def rewind(self) -> None:
        self._stream.seek(0)
        self._out = 0

    def _unpacked(self) -> BinaryIO:
        if self.packing == "gzip":
            return gzip.GzipFile(fileobj=self._raw)
        if self.packing == "zip":
            return self._only_member()
        return self._raw

    def _only_member(self) -> BinaryIO:
        try:
            archive = zipfile.ZipFile(self._raw)
        except zipfile.BadZipFile as error:
            raise self._broken() from error
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) != 1:
            raise FileFault(
                self.place,
                f"the zip archive holds {len(members)} files",
                "send one file to an archive, or the file itself",
            )
        refuse_unsafe_name(members[0].filename, self.place)
        if members[0].flag_bits & 1:
            raise FileFault(self.place, "the archive has a password", "send it without a password")
        self._member_size = members[0].file_size
        return archive.open(members[0])

    def _broken(self) -> FileFault:
        return FileFault(
            self.place,
            f"the {self.packing} data are cut short or damaged",
            "fetch the file again and compare its size with the publisher's",
        )

    def _check_growth(self) -> None:
        if self.packing is None:
            return
        limits = self.limits
        dense = self._out > limits.ratio_from and self._out > limits.ratio * self._raw.tell()
        if dense or self._out > limits.unpacked:
            raise FileFault(
                self.place,
                f"it unpacks to more than {self._out // MB} MB from {self.size} bytes",
                "send the file unpacked, or in parts",
            )


def packing(path: Path) -> str | None:
    """ "gzip", "zip" or None, by the first bytes of the file."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(GZIP):
        return "gzip"
    return "zip" if start == ZIP else None


def refuse_unsafe_name(name: str, place: str) -> None:
    """A member that would be written outside its folder is the mark of an attack."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise FileFault(
            place, "a member of the archive has an unsafe path", "pack the file again by itself"
        )


def checked(source: Source) -> Source:
    """The same source, unpacked once to the end so that a bomb or a cut is found at once."""
    lines = 0
    try:
        while source.packing and (data := source.read(MB)):
            lines += data.count(b"\n")
    except FileFault as fault:
        raise fault.after_row(lines) from fault
    source.rewind()
    return source
