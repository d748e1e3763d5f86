"""The intake on the command line: what it refuses, and the words it prints."""

from argparse import Namespace
from datetime import UTC, datetime

import pytest

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.roles import Role
from ceasefire.config.running import Refused
from ceasefire.intake import portals, services
from ceasefire.intake.commands import Intake
from ceasefire.intake.loading import load
from ceasefire.intake.services import IntakeRefused
from tests.intake.pages import shootings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loaded(rivermouth, police_agency, operator, write):
    """Two publications of one feed; the second corrects an age."""
    feed = services.feed_open(name="rivermouth", agency=police_agency)
    rows = shootings(8)
    load(write(rows, "a.csv"), feed=feed, as_of=datetime(2021, 6, 1, 12, tzinfo=UTC))
    rows[2]["Victim Age"] = "33"
    load(write(rows, "b.csv"), feed=feed, as_of=datetime(2021, 6, 2, 12, tzinfo=UTC))
    return feed


def batches(feed: str, *, json: bool = False) -> dict:
    return Intake()._batches(Namespace(feed=feed, json=json))


def test_batches_are_told_in_the_city_s_time_with_what_took_another_s_place(loaded, capsys):
    found = batches("rivermouth")["batches"]
    assert found[1]["as_of"] == "2021-06-02T12:00:00+00:00"
    told = capsys.readouterr().out
    assert "2021-06-02 08:00" in told
    assert "added 1, changed 0, unchanged 7, vanished 1, rejected 0" in told
    assert told.count("took the place of another row") == 1


def test_batches_of_a_feed_that_nobody_opened_are_refused(loaded):
    with pytest.raises(Refused, match="no feed 'elsewhere' that you may read"):
        batches("elsewhere")


def test_batches_of_a_feed_that_the_asker_may_not_read_are_refused_alike(loaded, account):
    with (
        identity.acting(actor_of_user(account(Role.OUTREACH))),
        pytest.raises(Refused, match="no feed 'rivermouth' that you may read"),
    ):
        batches("rivermouth")


def test_an_older_publication_is_refused_in_the_city_s_time(loaded, write):
    with pytest.raises(IntakeRefused, match="already known as of 2021-06-02 08:00;"):
        load(write(shootings(3)), feed=loaded, as_of=datetime(2021, 6, 1, tzinfo=UTC))


def test_a_fetch_that_accepts_nothing_is_refused_before_anything_is_fetched(monkeypatch):
    monkeypatch.setattr(portals, "fetch", lambda *_: pytest.fail("fetched"))
    with pytest.raises(Refused, match="--accept"):
        Intake()._fetch(Namespace(accept=False))
