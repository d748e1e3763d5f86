"""The same seed gives the same bytes, whatever the process, the environment or numpy's version."""

import hashlib
import os
import subprocess
import sys
from datetime import date

import pytest

from ceasefire.demo.city import generate

# The digest of every file of the default city. It may change only when the city is changed on
# purpose; if another platform or numpy version changes it, the generator is at fault.
GOLDEN = "f1c8c6c1cd1a2e527d8df493191184bd504baff3ab9a1249502592cc30eac6b2"

ELSEWHERE = """
import sys
from pathlib import Path
from ceasefire.demo.city import generate
generate(Path(sys.argv[1]))
"""


def digest(folder) -> str:
    """One SHA-256 over the names and bytes of every file."""
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def test_the_default_city_has_the_recorded_bytes(city):
    assert digest(city.folder) == GOLDEN


def test_another_process_with_another_hash_seed_and_threads_writes_the_same_bytes(city, tmp_path):
    elsewhere = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "OMP_NUM_THREADS": "1",
        "TZ": "Asia/Tokyo",
    }
    elsewhere |= {"LC_ALL": "C", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path / "again")]
    subprocess.run(command, check=True, env=elsewhere)
    assert digest(tmp_path / "again") == digest(city.folder)


def test_another_seed_gives_other_bytes_in_every_file_that_is_drawn(city, quiet_city):
    same = {
        name for name, sha in city.facts["files"].items() if quiet_city.facts["files"][name] == sha
    }
    assert same == {"agencies.csv", "city.json", "costs.csv", "residents.csv"}


def test_the_truth_names_every_file_with_its_hash(city):
    written = {
        path.relative_to(city.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in city.folder.rglob("*")
        if path.is_file() and path.name != "truth.json"
    }
    assert written == city.facts["files"]


def test_a_city_replaces_an_earlier_city_and_leaves_nothing_else_beside_it(tmp_path):
    generate(tmp_path / "town", seed=3, years=1)
    generate(tmp_path / "town", seed=4, years=1)
    assert [path.name for path in tmp_path.iterdir()] == ["town"]
    assert "Seed 4" in (tmp_path / "town" / "README.txt").read_text()


def test_a_folder_with_other_files_is_refused_and_untouched(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="new or empty folder"):
        generate(tmp_path, years=1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_failure_midway_leaves_nothing_behind(tmp_path):
    def interrupt(done, total, what):
        if done == total - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(tmp_path / "town", years=1, progress=interrupt)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_up_to_the_total(tmp_path):
    seen = []
    generate(tmp_path / "town", years=1, progress=lambda *step: seen.append(step))
    assert [done for done, _, _ in seen] == list(range(len(seen)))
    assert seen[-1] == (seen[-1][1], seen[-1][1], "done")


def test_an_end_that_is_no_sunday_is_refused_with_the_nearest_one(tmp_path):
    with pytest.raises(ValueError, match="try 2026-11-15"):
        generate(tmp_path / "town", end=date(2026, 11, 18))


def test_a_scale_below_one_is_refused(tmp_path):
    with pytest.raises(ValueError, match="1 or more"):
        generate(tmp_path / "town", scale=0)
