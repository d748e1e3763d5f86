"""Precision and recall of what is joined, on published files with known truth."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from ceasefire.registry.linkage.linking import link
from ceasefire.registry.linkage.records import records_of
from ceasefire.registry.linkage.training import train

# file, its column of truth, least precision, least recall
PUBLISHED = {
    "febrl 1": ("febrl/dataset1.csv", "rec_id", 0.995, 0.995),
    "febrl 2": ("febrl/dataset2.csv", "rec_id", 0.995, 0.995),
    "febrl 3": ("febrl/dataset3.csv", "rec_id", 0.999, 0.98),
    "fake 1000": ("splink/fake_1000.csv", "cluster", 0.99, 0.68),
}


def pairs_of(people: dict[str, str]) -> set[tuple[str, str]]:
    """Every two records of one person."""
    together: dict[str, list[str]] = {}
    for record, person in people.items():
        together.setdefault(person, []).append(record)
    return {pair for them in together.values() for pair in combinations(sorted(them), 2)}


def joined(path: Path) -> dict[str, str]:
    table = records_of([path])
    people = link(table, train(table)).people.to_pydict()
    return dict(zip(people["record_id"], people["cluster_id"], strict=True))


def truth_of(path: Path, column: str) -> dict[str, str]:
    """FEBRL's ids say whose copy a record is: rec-122-dup-0 is of rec-122-org."""
    with path.open(newline="") as file:
        rows = [*csv.DictReader(file, skipinitialspace=True)]
    first = next(iter(rows[0]))
    if column == "rec_id":
        return {row[first]: row[first].split("-")[1] for row in rows}
    return {row[first]: row[column] for row in rows}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_files_are_joined_as_their_truth_says(shared_data, name):
    file, column, least_precision, least_recall = PUBLISHED[name]
    path = shared_data / "linkage" / file
    true, found = pairs_of(truth_of(path, column)), pairs_of(joined(path))
    right = len(true & found)
    assert right / len(found) >= least_precision
    assert right / len(true) >= least_recall
