"""Rows read by a child process, so that no file can take this one's memory, time or secrets."""

import json
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .faults import FileFault, RowFault, too_much
from .limits import Limits
from .pieces import Piece

FRAME_LIMIT = 64 * 1024 * 1024


class SandboxedReader:
    """The reader of `kind`, at work in `worker`; only text and numbers come back, as JSON."""

    def __init__(self, kind: str, path: Path, limits: Limits) -> None:
        self.place = path.name
        self._child = _start(kind, path, limits)
        try:
            header = self._receive()
        except FileFault:
            self.close()
            raise
        self.columns = tuple(header["columns"])
        self.notes = list(header["notes"])

    def pieces(self) -> Iterator[Piece]:
        while piece := self._receive().get("piece"):
            piece["faults"] = [RowFault(*fault) for fault in piece["faults"]]
            yield Piece(**piece)

    def close(self) -> None:
        self._child.kill()
        self._child.stdout.close()
        self._child.wait()

    def _receive(self) -> dict[str, Any]:
        head = self._child.stdout.read(4)
        size = struct.unpack(">I", head)[0] if len(head) == 4 else FRAME_LIMIT
        data = self._child.stdout.read(size) if size < FRAME_LIMIT else b""
        if not data:
            raise too_much(self.place)
        message = json.loads(data)
        if "fault" in message:
            raise FileFault(*message["fault"])
        return message


def _start(kind: str, path: Path, limits: Limits) -> subprocess.Popen:
    """A fresh interpreter (not a fork) with this one's module path and nothing else of it."""
    settings = json.dumps(asdict(limits))
    module = "ceasefire.kit.readers.worker"
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, kind, str(path.resolve()), settings],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LC_ALL": "C.UTF-8"},
    )
