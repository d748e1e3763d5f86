"""C27: when its clock ends, a session goes with all that it says, and so does every copy."""

from uuid import uuid4

import pytest
from django.http import QueryDict

from ceasefire.access import identity
from ceasefire.access.models import User
from ceasefire.access.purposes.services import stating
from ceasefire.access.retention import purging
from ceasefire.access.retention.rules import latest_purge
from ceasefire.access.sign_in.models import DraftKept
from ceasefire.access.sign_in.sealing import seal
from ceasefire.problem_analysis.sessions import services
from ceasefire.problem_analysis.sessions.auditing import Said, group_walk
from ceasefire.problem_analysis.sessions.models import Session
from ceasefire.registry.sources.models import Source
from tests.problem_analysis.sessions.conftest import CODE, code, plan
from tests.walls import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = (
    "session", "attendee", "guest", "listed", "code", "contest", "settlement", "walked",
)  # fmt: skip
GUEST = "Rosa Vorrick-Delgado"
JUDGED = {one: CODE[one] for one in ("involvement", "basis", "motivated", "circumstance")}


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
            owner.execute(f"SELECT count(*) FROM investigative.problem_analysis_{one}").fetchone()[
                0
            ]
            for one in tables
        ]


def over(table, number):
    """Its clock ends; that of what hangs on it does not."""
    with as_owner() as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute(
            f"UPDATE investigative.{table} SET purge_on = current_date,"
            " basis_on = current_date - 1 WHERE id = %s",
            [number],
        )


@pytest.fixture
def whole(differ, once, review, being, police_agency):
    """A closed review of which every kind of row stands, and one whose agenda names its guest."""
    with being("analyst"):
        services.attendance_enter(session=review, username="officer")
        services.guest_attest(session=review, name=GUEST, agency=police_agency, token=uuid4())
        code(once, words="Two cars came by.")
        services.code_contest(listed=once, reason="The report was withdrawn.")
    with being("captain"):
        services.code_settle(listed=differ, words="Both reports were read.", **JUDGED)
    with being("analyst"):
        services.session_close(session=review, words="One stays contested.")
        other = plan(title="The next one", agenda=f"{GUEST} tells of the autumn.")
        services.session_open(session=other)
        services.session_close(session=other, words=f"{GUEST} had to leave.")
    return review


def test_c27_a_session_leaves_with_its_shootings_codes_and_whoever_attended(whole, why):
    assert 0 not in left(*TABLES[:-1])
    over("problem_analysis_session", whole.pk)
    purge(why)
    assert left(*TABLES) == [1, 0, 0, 12, 0, 0, 0, 0]


def test_c27_the_name_of_a_guest_leaves_drafts_and_the_words_of_other_sessions(
    whole, staff, being, why
):
    user = User.objects.only("pk").get(pk=staff["analyst"].user_id)
    typed, path = QueryDict(mutable=True), "/analysis/sessions/1/guest/"
    typed["name"] = GUEST
    sealed = seal(typed.urlencode(), purpose="drafts", about=f"{user.pk} {path}")
    with identity.outside_rooms():
        DraftKept.objects.create(user=user, path=path, sealed=sealed)
    over("problem_analysis_session", whole.pk)
    purge(why)
    with identity.outside_rooms():
        assert not DraftKept.objects.exists()
    with being("analyst"):
        other = Session.objects.get()
    assert other.agenda == "(removed) tells of the autumn."
    assert other.closing_words == "(removed) had to leave."


def test_c27_a_shooting_leaves_a_session_by_its_own_clock_with_its_codes(whole, differ, why):
    over("problem_analysis_listed", differ.pk)
    purge(why)
    # Of the other coded shooting the code and its contest stand; of the two lists one row is gone.
    assert left("session", "listed", "code", "contest", "settlement") == [2, 23, 1, 1, 0]


def test_c24_no_clock_of_a_session_is_longer_than_that_of_intelligence(whole, being):
    with being("analyst"):
        listed = list(whole.listed.select_related("incident"))
        assert whole.purge_on <= latest_purge("intelligence", whole.on)
        assert whole.guests.get().purge_on <= latest_purge("intelligence", whole.on)
    for one in listed:
        assert one.purge_on <= latest_purge("intelligence", one.incident.occurred_on)


def test_c27_what_an_audit_said_of_groups_leaves_on_the_same_day(audit, group, being, why):
    with being("analyst"):
        group_walk(session=audit, group=group, said=Said(size=(10, 25), activity="active"))
        said = Source.objects.get(form=Source.Form.SESSION)
        assert said.purge_on == audit.purge_on
        assert group.statements.filter(source=said).count() == 2
    over("problem_analysis_session", audit.pk)
    over("registry_source", said.pk)
    purge(why)
    assert left("session", "walked") == [0, 0]
    with being("analyst"):
        assert group.statements.filter(about__in=["size", "activity"]).count() == 0
        assert group.statements.count() == 1


def test_c27_a_group_takes_the_walk_of_it_along(audit, group, being, why):
    with being("analyst"):
        group_walk(session=audit, group=group)
    over("registry_group", group.pk)
    purge(why)
    assert left("session", "walked") == [1, 0]
