"""Turns each protecting mechanism off in turn and names the tests that turn red.

    python -m tests.mechanisms              all of them (minutes); prints a table
    python -m tests.mechanisms c12 door     those whose control or words contain one of these

A mechanism whose absence turns no test red is a promise that nobody keeps: the run fails. Each is
turned off in a test database of its own, or in the process of its own tests, and nowhere else.
"""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SWITCH = "CEASEFIRE_WITHOUT"
RED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True)
class Mechanism:
    """control: as in docs/controls.md. tests: what pytest is told, and so what should turn red.

    off: statements of the test database's owner, or a change of the process that runs the tests.
    """

    control: str
    words: str
    tests: tuple[str, ...]
    off: str | Callable[[], None]

    @property
    def name(self) -> str:
        return f"{self.control} {self.words}"


def altered(function: str, old: str, new: str) -> str:
    """SQL that writes a function of the wall again with one place of its text changed."""
    return (
        f"DO $off$ DECLARE told text := pg_get_functiondef('{function}'::regprocedure); BEGIN"
        f" IF position($a${old}$a$ IN told) = 0 THEN RAISE 'nothing to alter: {function}'; END IF;"
        f" EXECUTE replace(told, $a${old}$a$, $a${new}$a$); END $off$"
    )


def patched(where: str, value) -> Callable[[], None]:
    """In the tests' process: `module:name` or `module:Class.name` is something else."""

    def off():
        module, _colon, path = where.partition(":")
        holder = importlib.import_module(module)
        *outer, name = path.split(".")
        for one in outer:
            holder = getattr(holder, one)
        getattr(holder, name)
        setattr(holder, name, value)

    return off


def chosen() -> Mechanism | None:
    """The one that is to be off in this process."""
    from tests.mechanisms_off import MECHANISMS

    wanted = os.environ.get(SWITCH)
    return next((one for one in MECHANISMS if one.name == wanted), None) if wanted else None


def switch_off_in_database(connection) -> None:
    one = chosen()
    if one is not None and isinstance(one.off, str):
        with connection.cursor() as cursor:
            cursor.execute(one.off)


def switch_off_in_process() -> None:
    one = chosen()
    if one is not None and not isinstance(one.off, str):
        one.off()


def reds(mechanism: Mechanism) -> list[str]:
    """The tests that fail while the mechanism is off."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *mechanism.tests],
        cwd=ROOT,
        env=os.environ | {SWITCH: mechanism.name},
        capture_output=True,
        text=True,
        check=False,
    )
    return RED.findall(done.stdout)


def run(words: list[str]) -> int:
    from tests.mechanisms_off import MECHANISMS

    asked = [w.lower() for w in words] or [""]
    kept = [one for one in MECHANISMS if any(word in one.name.lower() for word in asked)]
    unproved = 0
    for one in kept:
        red = reds(one)
        unproved += not red
        print(f"{one.name:<90} {red[0].rpartition('::')[2] if red else 'NO TEST TURNED RED'}")
    print(f"{len(kept)} mechanisms turned off; {len(kept) - unproved} were missed by a test.")
    return 1 if unproved or not kept else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
