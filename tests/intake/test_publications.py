"""Publications of one feed, compared by content: what is new, gone and changed."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from ceasefire.intake.mapping import propose
from ceasefire.intake.normalise import Normaliser
from ceasefire.kit.readers import open_table

DELTAS = {
    "2023-07-05": (37, 2),
    "2023-07-12": (29, 0),
    "2023-07-19": (28, 0),
    "2023-07-26": (40, 0),
    "2023-08-02": (32, 3),
}


@pytest.fixture
def publication(shared_data):
    folder = shared_data / "philadelphia_shootings" / "weekly"
    if not folder.is_dir():
        pytest.skip("the Philadelphia publications are absent")

    def read(day: str, mapping=None) -> dict[str, list]:
        path = folder / f"shootings_{day}.csv.gz"
        mapping = mapping or propose(path, as_of=date.fromisoformat(day)).mapping
        return normalised(path, mapping, date.fromisoformat(day)) | {"mapping": mapping}

    return read


def normalised(path, mapping, as_of: date) -> dict[str, list]:
    columns = defaultdict(list)
    normaliser = Normaliser(mapping, zone="America/New_York", as_of=as_of)
    with open_table(path) as table:
        for chunk in table.chunks():
            rows = normaliser.chunk(chunk)
            assert rows.faults == []
            for name, values in rows.columns.items():
                columns[name] += values
    return columns


def only(columns: dict[str, list], others: dict[str, list], key: str) -> Counter:
    return Counter(columns[key]) - Counter(others[key])


def test_weekly_publications_differ_by_the_counts_that_their_source_states(publication):
    before = publication("2023-06-28")
    saved = before["mapping"]
    for day, (added, gone) in DELTAS.items():
        after = publication(day, saved)
        new, old = only(after, before, "content_key"), only(before, after, "content_key")
        assert (new.total(), old.total()) == (added, gone), day
        before = after


def test_a_recoded_wound_comes_out_as_changed_and_not_as_new(publication):
    before, after = publication("2021-06-07"), publication("2022-06-27")
    old, new = only(before, after, "content_key"), only(after, before, "content_key")
    changed = left_by_incident(before, old) & left_by_incident(after, new)
    assert 3_150 < old.total() < 3_250
    assert changed.total() >= 0.95 * 3_060
    # what is left is what the year between the two publications brought
    assert new.total() - changed.total() < 2_800


def left_by_incident(columns: dict[str, list], left: Counter) -> Counter:
    found, left = Counter(), left.copy()
    for content, incident in zip(columns["content_key"], columns["incident_key"], strict=True):
        if left[content]:
            left[content] -= 1
            found[incident] += 1
    return found


def test_a_file_compared_with_itself_shows_no_difference(publication):
    first, again = publication("2023-06-28"), publication("2023-06-28")
    for key in ("content_key", "rest_key", "incident_key"):
        assert first[key] == again[key]
