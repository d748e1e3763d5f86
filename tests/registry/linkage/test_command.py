"""`./ceasefire link`: files outside the register, from the command line."""

import csv
import json

import pyarrow.parquet as pq

from tests.config.test_commands import run

GIVEN = ("Ana", "Luis", "Maya", "Omar", "Rosa", "Tariq", "Vera", "Wade", "Yusuf", "Zoe")
FAMILY = ("Abernathy", "Bustamante", "Castellano", "Dunleavy", "Escarcega", "Fitzgerald")


def people():
    """Sixty people, and a second record of every other one with an error in it."""
    for number in range(60):
        given, family = GIVEN[number % 10], FAMILY[number % 6] + "aeiou"[number % 5]
        born = f"19{60 + number % 40:02}-{1 + number % 12:02}-{1 + number % 28:02}"
        street = f"{100 + 7 * number} {FAMILY[number % 5]} Street"
        yield [f"a{number}", given, family, born, street]
        if number % 2:
            wrong = (given[:-1], family, born), (given, family[:-2] + family[-1], born)
            yield [f"b{number}", *wrong[number % 4 // 2], street]


def written(path):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["record_id", "First", "Last", "DOB", "Address"], *people()])
    return path


def test_a_file_is_linked_from_the_command_line_and_again_the_same(tmp_path, own_folder):
    path, out = written(tmp_path / "people.csv"), tmp_path / "out.parquet"
    home = own_folder / "home"
    answers = [run("link", path, "--out", out, "--json", home=home) for _twice in range(2)]
    told = [json.loads(answer.stdout) for answer in answers]
    assert told[0] == told[1]
    assert {name: told[0][name] for name in ("records", "pairs", "clusters", "out")} == {
        "records": 90, "pairs": 30, "clusters": 60, "out": str(out)
    }  # fmt: skip
    found = pq.read_table(out).to_pydict()
    person = dict(zip(found["record_id"], found["cluster_id"], strict=True))
    assert all(person[one] == person[f"b{one[1:]}"] for one in person if one[0] == "a"
               and f"b{one[1:]}" in person)  # fmt: skip


def test_what_cannot_be_linked_is_refused_in_words(tmp_path, own_folder):
    path, home = tmp_path / "people.csv", own_folder / "home"
    path.write_text("record_id,name\n1,Ana Diaz\n1,Luis Ortega\n")
    twice = run("link", path, home=home)
    assert (twice.returncode, "stands twice" in twice.stderr) == (1, True)
    path.write_text("record_id,name\n1,Ana Diaz\n,Luis Ortega\n")
    assert "has no id" in run("link", path, home=home).stderr
    assert "No engine 'spork'" in run("link", path, "--engine", "spork", home=home).stderr
    assert not path.with_suffix(".people.parquet").exists()
