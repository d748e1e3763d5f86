"""Portals fetched from a server on this machine that answers in their recorded shapes."""

import json

import pytest

from ceasefire.intake import portals
from ceasefire.intake.portals import PortalFault, fetch
from ceasefire.kit import fetching
from ceasefire.kit.readers import open_table
from tests.intake.recorded import Arcgis, Portal, Socrata, served


@pytest.fixture
def waits(monkeypatch):
    """Nobody waits in a test; what would have been waited for is written down."""
    waited = []
    monkeypatch.setattr(fetching.Client.__init__, "__kwdefaults__", {"sleep": waited.append})
    return waited


@pytest.fixture(autouse=True)
def small_pages(monkeypatch, waits):
    monkeypatch.setattr(portals, "PAGE_ROWS", 30)


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("kind", [Socrata, Arcgis])
def test_every_row_comes_once_and_in_order(kind, tmp_path):
    portal = kind(100)
    with served(portal) as address:
        rows = lines(fetch(address, tmp_path))
    name = "incident_number" if kind is Socrata else "CASE_NO"
    prefix = "S" if kind is Socrata else "A"
    assert [row[name] for row in rows] == [f"{prefix}-{n}" for n in range(100)]
    assert [path.name for path in tmp_path.iterdir()] == [rows_file(tmp_path)]


def rows_file(folder) -> str:
    return next(path.name for path in folder.iterdir() if path.suffix == ".jsonl")


@pytest.mark.parametrize("kind", [Socrata, Arcgis])
def test_a_fetched_file_is_one_that_the_readers_take(kind, tmp_path):
    with served(kind(40)) as address:
        path = fetch(address, tmp_path)
    with open_table(path) as table:
        chunk = next(iter(table.chunks()))
    assert len(chunk) == 40
    if kind is Arcgis:
        assert chunk.columns["OCCURRED"][:2] == [None, "2024-03-14T22:05:00Z"]
        assert chunk.columns["geometry longitude"][:2] == [None, "-83.0"]
    else:
        assert chunk.columns["place latitude"][10] == "40.001"
        assert not any(name.startswith(":@") for name in table.columns)


@pytest.mark.parametrize("kind", [Socrata, Arcgis])
def test_an_interrupted_fetch_goes_on_where_it_stopped(kind, tmp_path):
    portal = kind(100)
    portal.broken_after = 2
    with served(portal) as address:
        with pytest.raises(PortalFault):
            fetch(address, tmp_path)
        portal.broken_after = None
        portal.asked.clear()
        assert len(lines(fetch(address, tmp_path))) == 100
    offset = "$offset" if kind is Socrata else "resultOffset"
    size = 30 if kind is Socrata else 25
    assert min(int(words[offset]) for words in portal.asked if offset in words) == 2 * size


@pytest.mark.parametrize("kind", [Socrata, Arcgis])
@pytest.mark.parametrize("change", ["rows", "mark"])
def test_a_dataset_that_changes_meanwhile_is_not_taken(kind, change, tmp_path):
    portal = kind(100)

    def publish():
        if change == "rows":
            portal.rows = 101
        else:
            portal.changed = "2024-06-02T00:00:00.000Z"

    portal.after_page = publish
    with served(portal) as address:
        with pytest.raises(PortalFault, match="changed while"):
            fetch(address, tmp_path)
        assert not list(tmp_path.rglob("*.jsonl"))
        portal.after_page = lambda: None
        assert len(lines(fetch(address, tmp_path))) == portal.rows


def test_pages_of_an_older_state_of_the_dataset_are_fetched_again(tmp_path):
    portal = Socrata(100)
    portal.broken_after = 1
    with served(portal) as address:
        with pytest.raises(PortalFault):
            fetch(address, tmp_path)
        portal.broken_after, portal.rows, portal.changed = None, 90, "later"
        portal.asked.clear()
        assert len(lines(fetch(address, tmp_path))) == 90
    assert any(words.get("$offset") == "0" for words in portal.asked)


def test_a_busy_server_is_given_the_time_it_asks_for(tmp_path, waits):
    portal = Socrata(10)
    portal.trouble = [(429, {"Retry-After": "17"}), (503, {})]
    with served(portal) as address:
        assert len(lines(fetch(address, tmp_path))) == 10
    assert 17.0 in waits
    assert 4.0 in waits, "without a time asked for, the wait doubles"
    assert waits.count(fetching.PAUSE_SECONDS) >= 3


def test_a_server_that_asks_for_a_day_is_not_waited_for_that_long(tmp_path, waits):
    portal = Socrata(10)
    portal.trouble = [(429, {"Retry-After": "86400"})]
    with served(portal) as address:
        fetch(address, tmp_path)
    assert max(waits) == fetching.LONGEST_WAIT_SECONDS


def test_a_server_that_stays_busy_is_given_up(tmp_path):
    portal = Socrata(10)
    portal.trouble = [(503, {})] * fetching.TRIES
    with served(portal) as address, pytest.raises(PortalFault, match="503"):
        fetch(address, tmp_path)


def test_one_question_at_a_time_from_somebody_who_says_who_asks(tmp_path):
    portal = Socrata(100)
    with served(portal) as address:
        fetch(address, tmp_path)
    assert portal.most_at_once == 1
    assert portal.agents == {fetching.USER_AGENT}


def test_a_redirect_to_another_host_is_refused(tmp_path):
    portal = Socrata(10)
    portal.trouble = [(302, {"Location": "http://localhost:9/elsewhere"})]
    with served(portal) as address, pytest.raises(PortalFault, match="localhost"):
        fetch(address, tmp_path)


def test_an_answer_larger_than_a_page_may_be_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST_ANSWER", 100)
    with served(Socrata(10)) as address, pytest.raises(PortalFault, match="larger"):
        fetch(address, tmp_path)


def test_what_an_arcgis_server_refuses_is_said_in_its_words(tmp_path):
    class Closed(Arcgis):
        def layer(self):
            return {"error": {"code": 499, "message": "Token Required"}}

    with served(Closed(10)) as address, pytest.raises(PortalFault, match="Token Required"):
        fetch(address, tmp_path)


def test_a_server_that_cannot_page_is_refused_and_not_half_fetched(tmp_path):
    class OnePage(Arcgis):
        def layer(self):
            return super().layer() | {"advancedQueryCapabilities": {"supportsPagination": False}}

    with served(OnePage(10)) as address, pytest.raises(PortalFault, match="page by page"):
        fetch(address, tmp_path)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/passwd", "no web address"),
        ("ftp://data.example.org/ab12-cd34", "no web address"),
        ("https://user:secret@data.example.org/d/ab12-cd34", "password"),
        ("https://data.example.org/about", "neither"),
        ("https://example.org/arcgis/rest/services/X/FeatureServer", "neither"),
        ("data.example.org/d/ab12-cd34", "no web address"),
    ],
)
def test_an_address_that_is_no_dataset_is_refused_in_words(address, words, tmp_path):
    with pytest.raises(PortalFault, match=words):
        fetch(address, tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "https://data.example.org/resource/ab12-cd34.json",
        "https://data.example.org/resource/ab12-cd34",
        "https://data.example.org/api/views/ab12-cd34/rows.csv?accessType=DOWNLOAD",
        "https://data.example.org/Public-Safety/Shootings/ab12-cd34/about_data",
        "https://data.example.org/d/ab12-cd34",
    ],
)
def test_a_socrata_dataset_is_known_by_any_of_its_addresses(address):
    assert portals.portal_at(address).base == "https://data.example.org/resource/ab12-cd34.json"


def test_a_query_at_the_end_of_a_layer_address_is_no_part_of_it():
    portal: Portal = portals.portal_at(
        "https://example.org/arcgis/rest/services/Public/Shootings/MapServer/3/query?where=1%3D1"
    )
    assert portal.base.endswith("/Public/Shootings/MapServer/3")
    assert "/" not in portal.key
