"""The file being loaded, kept by its own hash until it has been applied or refused, then removed.

A load that was interrupted starts again from it; what a mapping leaves out on purpose must not
linger on a disk, so nothing is kept longer.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings

BLOCK = 1 << 20


@dataclass(frozen=True)
class Received:
    name: str
    sha256: str
    size: int
    path: Path


def receive(path: Path, name: str | None = None) -> Received:
    """Copy a file into this home, under its SHA-256.

    Raises OSError where the file cannot be read or the disk is full; nothing is left half-copied.
    """
    folder = settings.HOME.folder("files")
    part = folder / f"{uuid4().hex}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with open(path, "rb") as source, open(part, "wb") as target:
            while block := source.read(BLOCK):
                digest.update(block)
                target.write(block)
                size += len(block)
        kept = folder / f"{digest.hexdigest()}{safe_endings(name or path.name)}"
        part.rename(kept)
    finally:
        part.unlink(missing_ok=True)
    return Received(name or path.name, digest.hexdigest(), size, kept)


def kept_path(sha256: str, name: str) -> Path:
    return settings.HOME.folder("files") / f"{sha256}{safe_endings(name)}"


def safe_endings(name: str) -> str:
    """The endings that say what a file is (".csv.gz"), and nothing that leads elsewhere."""
    endings = re.findall(r"\.[a-z0-9]{1,8}(?=\.|$)", Path(name).name.lower())
    return "".join(endings[-2:])


def remove(sha256: str, name: str) -> None:
    kept_path(sha256, name).unlink(missing_ok=True)


def free_space() -> int:
    return shutil.disk_usage(settings.HOME.folder("files")).free
