"""That a record exists is itself protected: lists, counts, searches, what the database is asked.

How long the answers take is measured by `./ceasefire bench hidden`.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ceasefire.access.partitions import Room
from ceasefire.access.roles import Role, Standing
from tests.access_matrix.asking import Asker, bytes_of
from tests.access_matrix.matrix import PAGES
from tests.access_matrix.world import unseen, world

ANALYST = Standing(Role.ANALYST, "police")
NEIGHBOUR = Standing(Role.ANALYST, "neighbour_police")
LIST, RECORD = "/house/whispers/", "/house/whispers/{}/"
ABSENT = 10**9
PAGE = PAGES["house:whisper"]


@pytest.fixture(scope="module", name="world")
def _world(django_db_setup, django_db_blocker):
    with world(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def hidden(world):
    """The numbers of three hidden records of another police agency."""
    reader = unseen(world.strangers[ANALYST])
    return [world.make(PAGE.hidden, reader, Room.INVESTIGATIVE)[0] for _each in range(3)]


@pytest.fixture
def client(world):
    return Asker(world, world.readers[ANALYST]).client


def test_c06_a_search_for_a_hidden_record_finds_what_a_search_for_nonsense_finds(
    world, hidden, client
):
    asked = unseen(world.strangers[ANALYST]).planted
    found = client.get(LIST, {"q": asked})
    assert bytes_of(found, LIST) == bytes_of(client.get(LIST, {"q": "nonsense"}), LIST)
    assert "0 found" in found.content.decode()


def test_c06_a_hidden_record_is_in_no_list_and_in_no_count(world, hidden, client):
    before = client.get(LIST)
    world.make(PAGE.hidden, unseen(world.strangers[ANALYST]), Room.INVESTIGATIVE)
    assert bytes_of(client.get(LIST), LIST) == bytes_of(before, LIST)


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_c06_hidden_and_absent_answer_the_same_bytes_to_every_method(hidden, client, method):
    found = {bytes_as_text(getattr(client, method), number) for number in (*hidden, ABSENT)}
    assert len(found) == 1


def bytes_as_text(ask, number: int) -> str:
    url = RECORD.format(number)
    return repr(bytes_of(ask(url), url))


def test_c06_hidden_foreign_and_absent_cost_the_database_the_same_questions(world, hidden, client):
    """What a clock could tell apart is first of all one question more or less."""
    assert _questions(client, hidden[0]) == _questions(client, ABSENT)
    neighbour = Asker(world, world.readers[NEIGHBOUR]).client
    foreign = world.make(PAGE.record, world.readers[ANALYST], Room.INVESTIGATIVE)[0]
    assert client.get(RECORD.format(foreign)).status_code == 200
    assert neighbour.get(RECORD.format(foreign)).status_code == 404
    assert _questions(neighbour, foreign) == _questions(neighbour, ABSENT)


def _questions(client, number: int) -> list[str]:
    client.get(RECORD.format(number))
    with CaptureQueriesContext(connection) as asked:
        assert client.get(RECORD.format(number)).status_code == 404
    return [re.sub(r"\b\d+\b|'[^']*'|s\d+_x\d+", "?", one["sql"]) for one in asked.captured_queries]
