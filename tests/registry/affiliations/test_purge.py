"""What is over is gone from the tables too: ties, and conflicts with all that hangs on them."""

from datetime import timedelta

import pytest

from ceasefire.access import identity
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention import purging
from ceasefire.registry.affiliations import services
from ceasefire.registry.affiliations.models import Affiliation
from ceasefire.registry.conflicts import selectors
from ceasefire.registry.conflicts.services import (
    conflict_open,
    event_add,
    party_add,
    shooting_link,
)
from tests.registry.affiliations.conftest import AGO, TODAY, draft, source
from tests.walls import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def ledger_of_its_own(settings, tmp_path):
    settings.PURGE_LEDGER = tmp_path / "purges"
    settings.AUDIT_SEALS = tmp_path / "seals"


def purge(why):
    with identity.acting(identity.OPERATOR), stating(why):
        purging.purge_due()


def left(*tables) -> list[int]:
    with as_owner() as owner:
        return [
            owner.execute(f"SELECT count(*) FROM investigative.registry_{one}").fetchone()[0]
            for one in tables
        ]


def over(table, number):
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            f"UPDATE investigative.registry_{table} SET purge_on = current_date,"
            " basis_on = current_date - 1 WHERE id = %s",
            [number],
        )


def test_c33_a_tie_that_was_ended_leaves_with_its_citations_and_steps(standing, being, why):
    with being("captain"):
        services.tie_end(tie=standing, words="It was his cousin.")
    purge(why)
    assert left("affiliation", "citation", "tiestep") == [0, 0, 0]
    assert left("person", "group") == [1, 1]


def test_c27_a_delay_and_its_approval_go_with_their_tie(ben, group, being, why):
    with being("analyst"):
        tie = draft(ben, group)
    with being("captain"):
        services.tie_attest(tie=tie, words="I have read both.")
        asked = services.delay_ask(tie=tie, until=TODAY + DAY, words="A search comes first.")
    with being("captain2"):
        services.delay_approve(delay=asked, words="The warrant is signed.")
        services.tie_end(tie=tie, words="It was his cousin.")
    purge(why)
    assert left("affiliation", "tiestep") == [0, 0]


def test_c27_a_conflict_leaves_with_its_sides_and_whoever_is_tied_to_them(
    ben, group, being, why, shoot
):
    with being("analyst"):
        conflict = conflict_open(
            name="Dock and Mill", kind="feud", state="active", began_on=TODAY - 2 * AGO,
            newest_on=TODAY - AGO, one_side="Dock Street", other_side="Mill Hollow",
        )  # fmt: skip
        one, _other = selectors.sides(conflict)
        party_add(side=one, group=group, source=source())
        shooting_link(
            conflict=conflict, incident=shoot(TODAY - DAY, incident_number="T-1"), by_side=one,
            reason="The same corners.",
        )  # fmt: skip
        event_add(conflict=conflict, on=TODAY, kind="threat", words="Filmed.", side=one)
        draft(ben, None, side=one, role="party")
        assert Affiliation.objects.count() == 1
    over("conflict", conflict.pk)
    purge(why)
    gone = ("conflict", "side", "groupparty", "conflictshooting", "conflictevent", "affiliation")
    assert left(*gone) == [0] * 6
    assert left("person", "group") == [1, 1]


def test_c32_a_source_that_is_purged_takes_its_ground_with_it(standing, being, why):
    with being("officer"):
        assert Affiliation.objects.exists()
    with being("analyst"):
        first = standing.citations.first().source_id
    over("source", first)
    purge(why)
    with being("officer"):
        assert not Affiliation.objects.exists()
    with being("analyst"):
        assert Affiliation.objects.get().grounds == 1
