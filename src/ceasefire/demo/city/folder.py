"""Writing a city's folder all at once: either every file is there, or nothing has changed."""

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path


class Folder:
    """Collects files in a folder beside the target; `publish()` puts it in the target's place."""

    def __init__(self, target: Path):
        if target.exists() and not _replaceable(target):
            raise FileExistsError(
                f"{target} holds other files: name a new or empty folder, or an earlier city's."
            )
        self._target = target
        self._part = target.with_name(target.name + ".part")
        self.hashes: dict[str, str] = {}
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir(parents=True)

    def write(self, name: str, content: bytes) -> None:
        path = self._part / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.hashes[name] = hashlib.sha256(content).hexdigest()

    def write_csv(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence],
        *,
        end: str,
        mark: str = "",
    ) -> None:
        """`end` ends every line; `mark` goes first (a byte-order mark, where an agency has one)."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator=end)
        writer.writerow(header)
        writer.writerows(rows)
        self.write(name, (mark + text.getvalue()).encode())

    def write_json(self, name: str, value: object) -> None:
        self.write_lines(name, [value])

    def write_lines(self, name: str, values: Iterable[object]) -> None:
        """One JSON value on each line."""
        lines = (json.dumps(v, ensure_ascii=False, separators=(",", ":")) + "\n" for v in values)
        self.write(name, "".join(lines).encode())

    def publish(self) -> None:
        old = self._target.with_name(self._target.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        if self._target.exists():
            self._target.rename(old)
        self._part.rename(self._target)
        shutil.rmtree(old, ignore_errors=True)

    def discard(self) -> None:
        shutil.rmtree(self._part, ignore_errors=True)


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / "truth.json").exists() or not any(target.iterdir()))
