"""The command line: a table of contents, clear refusals, one JSON object."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ceasefire.config.commands import CONTENTS

ROOT = Path(__file__).resolve().parents[2]


def run(*words, home=None, typed=None, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    command = [sys.executable, "-m", "ceasefire", *map(str, words)]
    if home:
        command += ["--home", str(home)]
    return subprocess.run(
        command,
        env=clean | environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def home(own_folder):
    return own_folder / "home"


def test_help_names_every_verb():
    done = run("--help")
    assert done.returncode == 0
    for verbs in CONTENTS.values():
        for verb in verbs:
            assert f"  {verb.name} " in done.stdout


def test_an_unknown_verb_is_wrong_usage():
    assert run("shoot").returncode == 2
    assert run("intake").returncode == 2
    assert run("packet").returncode == 2


def test_a_preview_needs_no_database(home, tmp_path):
    path = tmp_path / "city.csv"
    path.write_text("Case,Date,Injured\nA1,1/2/2026,Y\nA2,1/13/2026,N\n")
    done = run("intake", "preview", path, "--json", home=home)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["unit"], answer["rows"], answer["incidents"]) == ("incident", 2, 2)
    assert not (home / "postgres").exists()


def test_a_file_that_is_not_there_is_refused_in_words(home):
    done = run("intake", "preview", "nowhere.csv", "--json", home=home)
    assert done.returncode == 1
    assert "nowhere.csv" in done.stderr
    assert "Traceback" not in done.stderr


def open_account(home, username, role, *words):
    agencies = {"administrator": ("City computing", "vendor"), "director": ("Office", "ceasefire")}
    agency, kind = agencies.get(role, ("Police", "police"))
    name = ("--name", username.title(), "--role", role, "--agency", agency, "--agency-kind", kind)
    return run("account", username, *name, *words, home=home, typed="a long enough password\n")


def test_a_home_with_accounts_asks_who_is_asking(made_home, tmp_path):
    assert open_account(made_home, "sam", "administrator").returncode == 0
    assert open_account(made_home, "ana", "analyst", "--as", "sam").returncode == 0
    uncertified = run("packet", "2026-W01", "--as", "ana", home=made_home)
    assert (uncertified.returncode, "no account 'ana'" in uncertified.stderr) == (1, True)
    own = run("certify", "ana", "--as", "sam", home=made_home)
    assert (own.returncode, "Somebody else" in own.stderr) == (1, True)
    assert open_account(made_home, "dora", "director", "--as", "sam").returncode == 0
    assert run("certify", "ana", "--as", "dora", home=made_home).returncode == 0
    refused = run("packet", "2026-W01", home=made_home)
    assert refused.returncode == 1
    assert "--as USER" in refused.stderr
    path = tmp_path / "city.csv"
    path.write_text("Case,Date\nA1,1/2/2026\nA2,1/13/2026\n")
    assert run("intake", "preview", path, home=made_home).returncode == 1
    assert run("intake", "preview", path, "--as", "ana", home=made_home).returncode == 0


def test_accounts_are_refused_in_words(made_home):
    first = open_account(made_home, "ana", "analyst")
    assert (first.returncode, "must be a system administrator" in first.stderr) == (1, True)
    open_account(made_home, "sam", "administrator")
    again = open_account(made_home, "sam", "administrator", "--as", "sam")
    assert (again.returncode, "already" in again.stderr) == (1, True)
    other = open_account(made_home, "bo", "analyst", "--agency-kind", "club", "--as", "sam")
    assert other.returncode == 2
    nobody_s = open_account(made_home, "bo", "prosecutor", "--as", "sam")
    assert (nobody_s.returncode, "has no Prosecutor" in nobody_s.stderr) == (1, True)


def test_a_city_says_what_counts_as_a_verified_shooting(made_home):
    words = ("--name", "R", "--time-zone", "America/Chicago", "--epsg", "32615")
    done = run(
        "city", *words, "--verified", "A confirmed discharge.", "--excludes", "suicide, accident",
        "--age-bands", "0,18,25", home=made_home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "review on Tuesday" in done.stdout
    refused = run("city", "--age-bands", "18,0", home=made_home)
    assert (refused.returncode, "must rise" in refused.stderr) == (1, True)


def test_the_start_script_hands_over_quickly_and_parses_on_old_pythons():
    import ast

    tree = ast.parse((ROOT / "ceasefire").read_text(), feature_version=(3, 8))
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert imported <= sys.stdlib_module_names


def test_another_postgresql_can_stand_in_for_the_embedded_one(home, own_folder):
    """DATABASE_URL replaces the embedded server: nothing of a cluster appears in the home."""
    from ceasefire.kit.postgres import Server, running

    with running(Server(own_folder / "elsewhere", "secret", durable=False)) as url:
        done = run("routes", "--json", home=home, DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["routes"]
        assert not (home / "postgres").exists()


def test_the_audit_log_is_sealed_and_verified_from_the_command_line(made_home):
    open_account(made_home, "sam", "administrator")
    # The account and its agency's agreement are the log's first lines.
    assert json.loads(run("audit", "seal", "--json", "--as", "sam", home=made_home).stdout) == {
        "seals": [1]
    }
    assert json.loads(run("audit", "seal", "--json", "--as", "sam", home=made_home).stdout) == {
        "seals": []
    }
    first = json.loads(run("audit", "verify", "--json", "--as", "sam", home=made_home).stdout)
    assert (first["ok"], first["first_bad_row"], first["missing_tail"]) == (True, None, None)
    # Verifying is itself a line of the log.
    assert json.loads(run("audit", "seal", "--json", "--as", "sam", home=made_home).stdout) == {
        "seals": [2]
    }
    again = run("audit", "verify", "--as", "sam", home=made_home)
    assert (again.returncode, "The log is whole." in again.stdout) == (0, True)
    names = sorted(path.name for path in (made_home / "seals").glob("*/*/*/*"))
    assert names == ["seal-0000000001.json", "seal-0000000002.json"]
