"""Real processes, killed for real: a load is all there or not there, and starts again."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from ceasefire.config.home import Home
from ceasefire.kit.postgres import Server
from tests.benchmarks.rows import write_incidents

ROWS = 10_000


@pytest.fixture
def home(made_home):
    """A home with a server of its own, and a city; nothing of the test run's database."""
    write_incidents(made_home.parent / "incidents.csv", ROWS)
    command(made_home, "city", "--name", "R", "--time-zone", "America/Chicago", "--epsg", "32610")
    return made_home


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}


def words(home, *arguments):
    return [sys.executable, "-m", "ceasefire", *map(str, arguments), "--home", str(home), "--json"]


def command(home, *arguments):
    done = subprocess.run(
        words(home, *arguments), env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def load(home):
    return ("intake", "load", home.parent / "incidents.csv", "--feed", "police", "--accept")


def server(home):
    held = Home(home)
    return Server(held.path, held.secret("postgres"))


def start_loading(home):
    return subprocess.Popen(
        words(home, *load(home)),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(home, state, seconds=60):
    """Wait until the newest batch is in this state, seen from outside."""
    import psycopg

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with psycopg.connect(server(home).url()) as connection:
                row = connection.execute(
                    "SELECT state FROM investigative.intake_batch ORDER BY id DESC LIMIT 1"
                ).fetchone()
            if row and row[0] == state:
                return
        except psycopg.Error:
            pass
        time.sleep(0.02)
    raise AssertionError(f"no batch came to be {state}")


@pytest.mark.parametrize("state", ["staging", "applying"])
def test_a_killed_load_is_not_there_and_the_same_command_finishes_it(home, state):
    process = start_loading(home)
    wait_until(home, state)
    process.kill()
    process.wait()
    answer = command(home, *load(home))
    assert (answer["added"], answer["rows"]) == (ROWS, ROWS)
    batches = command(home, "intake", "batches", "--feed", "police")["batches"]
    assert [batch["state"] for batch in batches] == ["applied"]


def test_a_killed_database_comes_back_and_the_same_command_finishes_the_load(home):
    process = start_loading(home)
    wait_until(home, "staging")
    postmaster = int((server(home).data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    process.wait(timeout=60)
    assert process.returncode != 0
    assert command(home, *load(home))["added"] == ROWS
