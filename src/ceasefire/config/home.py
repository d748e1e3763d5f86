"""The one folder that holds everything this installation keeps (`CEASEFIRE_HOME`)."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


def default_home(name: str = "ceasefire") -> Path:
    """`~/.ceasefire` for a person, `/var/lib/ceasefire` for root."""
    if os.geteuid() == 0:
        return Path("/var/lib") / name
    return Path.home() / f".{name}"


@dataclass(frozen=True)
class Home:
    path: Path

    @classmethod
    def at(cls, path: str | Path | None = None, name: str = "ceasefire") -> "Home":
        chosen = path or os.environ.get("CEASEFIRE_HOME") or default_home(name)
        return cls(Path(chosen).expanduser().resolve())

    def folder(self, name: str) -> Path:
        """A folder of this home that only its owner may enter."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o711)
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def secret(self, name: str) -> str:
        """A random secret, made on first use; safe when two processes ask at once."""
        path = self.folder("secrets") / name
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text()

    @property
    def is_demo(self) -> bool:
        """Demo homes may keep known passwords; every other home refuses them."""
        return (self.path / "demo.json").exists()
