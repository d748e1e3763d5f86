"""Turns each protecting mechanism off in turn and names a test that turned red.

    python -m tests.mechanisms              all of them (most of an hour); prints a table
    python -m tests.mechanisms c12 door     those whose control or words hold one of these
    python -m tests.mechanisms --at-once 2  with so many at a time

Each folder of tests keeps its own list, mechanisms.toml: the control, the mechanism in words, the
file and the text in it that does the work, what stands there when it is off, and the tests that
must see it. A mechanism is turned off in a copy of the product and nowhere else. One whose absence
turns no test red is a promise that nobody keeps: the run fails.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("src", "tests", "docs", "pyproject.toml", "ceasefire")
PASSED, FAILED = 0, 1
WRITTEN = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION (wall\.\w+)\(")
RED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Mechanism:
    """`on` stands in the file `file`; `off` takes its place; `tests` is what pytest is told."""

    control: str
    words: str
    file: str
    on: str
    off: str
    tests: str

    @property
    def name(self) -> str:
        return f"{self.control} {self.words}"


def listed() -> list[Mechanism]:
    """Every mechanism of every list, by control."""
    found = [
        Mechanism(**one)
        for path in sorted((ROOT / "tests").rglob("mechanisms.toml"))
        for one in tomllib.loads(path.read_text())["mechanism"]
    ]
    return sorted(found, key=lambda one: one.control)


def stale(chosen: list[Mechanism], place: Path = ROOT) -> list[str]:
    """Those whose text does no work any more: their lists are to be brought up to date."""
    gone = [
        f"{one.name}: {one.file} holds {f'{found} times' if found else 'no'} {one.on!r}"
        for one in chosen
        if (found := (place / one.file).read_text().count(one.on)) != 1
    ]
    return gone or [
        f"{one.name}: {newer} writes its function anew"
        for one in chosen
        for newer in _overtaken(place / one.file, one.on)
    ]


def _overtaken(path: Path, on: str) -> list[str]:
    """Later migrations that replace the function in which the text stands."""
    if path.parent.name != "migrations":
        return []
    before = path.read_text().partition(on)[0]
    names = WRITTEN.findall(before.rpartition("$$;")[2] + on)
    later = (one for one in sorted(path.parent.glob("*.py")) if one.name > path.name)
    return [one.name for one in later if {*names} & {*WRITTEN.findall(one.read_text())}]


@contextmanager
def copy() -> Iterator[Path]:
    """A copy of the product and of its tests, which may be broken."""
    with tempfile.TemporaryDirectory(prefix="ceasefire-mechanisms-") as folder:
        left_out = shutil.ignore_patterns("__pycache__")
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, Path(folder) / name, ignore=left_out)
            elif (ROOT / name).exists():
                shutil.copy2(ROOT / name, Path(folder) / name)
        yield Path(folder)


@contextmanager
def without(mechanism: Mechanism, place: Path) -> Iterator[None]:
    """Off, in that copy."""
    path = place / mechanism.file
    text = path.read_text()
    path.write_text(text.replace(mechanism.on, mechanism.off, 1))
    try:
        yield
    finally:
        path.write_text(text)


def reds(mechanism: Mechanism, place: Path) -> list[str]:
    """The tests that fail in the copy while the mechanism is off.

    Raises RuntimeError where the tests could not be run at all.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    paths = {"PYTHONPATH": str(place / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    with without(mechanism, place):
        done = subprocess.run(
            [*command, *shlex.split(mechanism.tests)],
            cwd=place,
            env=kept | paths,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode not in (PASSED, FAILED):
        raise RuntimeError(f"{mechanism.name}: no test ran.\n{done.stdout}{done.stderr}")
    return RED.findall(done.stdout)


def run(chosen: list[Mechanism], at_once: int) -> int:
    """Print each with the test that saw it; 1 where one was seen by none."""
    unseen, places = 0, SimpleQueue()

    def seen(mechanism: Mechanism) -> list[str]:
        place = places.get()
        try:
            return reds(mechanism, place)
        finally:
            places.put(place)

    with ExitStack() as held:
        for _nth in range(at_once):
            places.put(held.enter_context(copy()))
        crew = held.enter_context(ThreadPoolExecutor(at_once))
        for one, red in zip(chosen, crew.map(seen, chosen), strict=True):
            unseen += not red
            print(f"{one.name}: {_short(red[0]) if red else 'NO TEST TURNED RED'}", flush=True)
    print(f"{len(chosen)} mechanisms turned off; {len(chosen) - unseen} were seen by a test.")
    return 1 if unseen or not chosen else 0


def _short(test: str) -> str:
    return test.rpartition("::")[2]


def main(words: list[str]) -> int:
    told = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    told.add_argument("words", nargs="*")
    told.add_argument("--at-once", type=int, default=1)
    said = told.parse_args(words)
    asked = [word.lower() for word in said.words] or [""]
    chosen = [one for one in listed() if any(word in one.name.lower() for word in asked)]
    if faults := stale(chosen):
        sys.exit("\n".join(faults))
    return run(chosen, said.at_once)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
