"""Both walls, table by table and standing by standing, and the web role with raw SQL in hand."""

import itertools
from datetime import date

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.models import Agency, Membership
from ceasefire.access.partitions import Room
from ceasefire.access.policies import declared, policy_of
from ceasefire.access.roles import STANDINGS, Role, Standing
from ceasefire.access.services import account_open, agency_record
from ceasefire.access.walls.names import ROOMS
from ceasefire.registry.models import Incident
from tests.conftest import in_force
from tests.house import MODELS, CaseNote, Item, Tip
from tests.people import attest
from tests.walls import as_owner

NUMBERS = itertools.count(1)
CLOSED = (Room.INVESTIGATIVE, Room.SHARED, Room.SERVICES)
TABLES = [model for model, policy in declared().items() if policy.room in CLOSED]


def table(model) -> str:
    return f"{policy_of(model).room.value}.{model._meta.db_table}"


@pytest.fixture
def agencies(db):
    """Two agencies of each kind."""
    with identity.acting(identity.OPERATOR):
        made = {
            kind: [agency_record(name=f"{kind} {nth}", kind=kind) for nth in "AB"]
            for kind in Agency.Kind.values
        }
    for one in itertools.chain.from_iterable(made.values()):
        in_force(one)
    return made


@pytest.fixture
def rows(agencies):
    """A row of every small table for every agency."""
    for model in MODELS:
        with identity.acting(identity.OPERATOR, policy_of(model).room):
            for one in itertools.chain.from_iterable(agencies.values()):
                model.objects.create(agency=one, words=f"canary {one.name}")


def hire(standing: Standing, agency: Agency):
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        person = account_open(
            username=f"person{next(NUMBERS)}", password="a long enough password 1",
            display_name="Somebody", role=standing.role, agency=agency, starts=date(2020, 1, 1),
        )  # fmt: skip
    attest(person)
    return person


def by_policy(model, actor) -> set[int]:
    """The rows that the first wall gives, asked without the second."""
    scope = policy_of(model).scope(actor)
    every = model._base_manager.none() if scope is None else model._base_manager.filter(scope)
    with identity.acting(identity.OPERATOR, policy_of(model).room):
        return set(every.values_list("pk", flat=True))


def by_database(model, actor) -> set[int]:
    """The rows that the second wall gives to raw SQL, in the table's own room."""
    with identity.acting(actor, policy_of(model).room), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table(model)}")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_c01_both_walls_give_every_standing_the_same_rows_of_every_table(standing, agencies, rows):
    actor = actor_of_user(hire(standing, agencies[standing.agency_kind][0]))
    for model in MODELS:
        assert by_database(model, actor) == by_policy(model, actor), model
    policy = policy_of(CaseNote)
    seen = len(by_database(CaseNote, actor))
    assert seen == (1 if standing in policy.limited else 0)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    people=st.lists(st.tuples(st.sampled_from(STANDINGS), st.integers(0, 1)), max_size=4),
    planted=st.lists(
        st.tuples(st.sampled_from(MODELS), st.sampled_from(Agency.Kind.values), st.integers(0, 1)),
        max_size=12,
    ),
)
def test_c01_the_walls_agree_for_any_people_and_any_rows(agencies, people, planted):
    with transaction.atomic():
        for model, kind, nth in planted:
            with identity.acting(identity.OPERATOR, policy_of(model).room):
                model.objects.create(agency=agencies[kind][nth], words="x")
        for standing, nth in people:
            actor = actor_of_user(hire(standing, agencies[standing.agency_kind][nth]))
            for model in MODELS:
                assert by_database(model, actor) == by_policy(model, actor)
        transaction.set_rollback(True)


def refused(actor, room, statement) -> str:
    """The database's own words of refusal."""
    with (
        identity.acting(actor, room),
        pytest.raises(ProgrammingError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(refusal.value)


def test_c02_police_are_denied_every_services_table_and_outreach_every_investigative_one(
    agencies, rows
):
    captain = actor_of_user(hire(Standing(Role.CAPTAIN, "police"), agencies["police"][0]))
    worker = actor_of_user(hire(Standing(Role.OUTREACH, "community"), agencies["community"][0]))
    for model in TABLES:
        room, statement = policy_of(model).room, f"SELECT count(*) FROM {table(model)}"
        if room is Room.SERVICES:
            assert "permission denied" in refused(captain, Room.INVESTIGATIVE, statement)
        if room is Room.INVESTIGATIVE:
            assert "permission denied" in refused(worker, Room.SERVICES, statement)
    assert any(policy_of(model).room is Room.SERVICES for model in TABLES)


def test_c03_a_captain_who_reaches_the_services_room_itself_finds_it_empty(agencies, rows):
    captain = actor_of_user(hire(Standing(Role.CAPTAIN, "police"), agencies["police"][0]))
    with identity.acting(captain, Room.SERVICES), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table(CaseNote)}")
        assert cursor.fetchone() == (0,)


def test_nobody_writes_a_row_for_another_agency(agencies, rows):
    worker = actor_of_user(hire(Standing(Role.OUTREACH, "community"), agencies["community"][0]))
    other = agencies["community"][1]
    statement = f"INSERT INTO {table(CaseNote)} (agency_id, words) VALUES ({other.pk}, 'x')"
    assert "row-level security" in refused(worker, Room.SERVICES, statement)
    with identity.acting(worker, Room.SERVICES), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table(CaseNote)} SET words = 'x'")
        assert cursor.rowcount == 1
        cursor.execute(f"DELETE FROM {table(CaseNote)} WHERE agency_id = {other.pk}")
        assert cursor.rowcount == 0


def test_whoever_only_reads_changes_nothing(agencies, rows):
    captain = actor_of_user(hire(Standing(Role.CAPTAIN, "police"), agencies["police"][0]))
    with identity.acting(captain, Room.INVESTIGATIVE), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table(Tip)} SET words = 'x'")
        assert cursor.rowcount == 0
        cursor.execute(f"SELECT count(*) FROM {table(Tip)}")
        assert cursor.fetchone()[0] > 0


def test_c12_an_ended_membership_closes_the_database_at_once(agencies, rows):
    person = hire(Standing(Role.CAPTAIN, "police"), agencies["police"][0])
    actor = actor_of_user(person)
    assert by_database(Tip, actor)
    with identity.acting(identity.OPERATOR, Room.ACCOUNT):
        Membership.objects.filter(user=person).update(ends=date(2021, 1, 1))
    assert not by_database(Tip, actor)
    assert actor_of_user(person) is None


@pytest.fixture
def raw():
    """The web role on its own connection, with whatever it likes to say."""
    wanted = connections["default"].get_connection_params()
    wanted = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port")}
    with psycopg.connect(**wanted, autocommit=True) as opened:
        yield opened


@pytest.fixture
def kept(transactional_db):
    """Rows that another connection can see."""
    with as_owner() as owner:
        owner.execute(
            "INSERT INTO aggregate.access_agency (name, kind) VALUES ('Kept', 'community')"
        )
        for model in (Tip, Item, CaseNote):
            owner.execute(
                f"INSERT INTO {table(model)} (agency_id, words)"
                " SELECT id, 'canary' FROM aggregate.access_agency"
            )
            assert owner.execute(f"SELECT count(*) FROM {table(model)}").fetchone()[0] >= 1


INVENTED = [
    "", "s:" + "0" * 64, "s:" + "f" * 64, "p:0:9999999999:" + "0" * 64,
    "p:1:9999999999:" + "a" * 64, "operator", "p:0", "s:' OR true --",
]  # fmt: skip


def test_c02_raw_sql_of_the_web_role_reads_nothing_without_an_identity(raw, kept):
    for model in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(f"SELECT * FROM {table(model)}")


@pytest.mark.parametrize("proof", INVENTED)
def test_c02_no_invented_identity_opens_any_row_in_any_room(raw, kept, proof):
    for room, role in ROOMS.items():
        raw.execute("RESET ROLE")
        raw.execute("SELECT set_config('wall.proof', %s, false)", [proof])
        raw.execute(f"SET ROLE {role}")
        for model in TABLES:
            if policy_of(model).room is room:
                assert raw.execute(f"SELECT count(*) FROM {table(model)}").fetchone() == (0,)


def claims(owner, user_id) -> list[str]:
    """What somebody might write, who has seen how a claim looks."""
    real = f"|{{at}}|{user_id}|1|1|captain|police|false|false"
    now = owner.execute("SELECT extract(epoch FROM now())").fetchone()[0]
    told = real.format(at=now)
    return ["x", told, "0" * 64 + told, "|".join(["", *["1"] * 8]), "0" * 64 + "|x" * 8]


def test_c02_no_invented_claim_opens_any_row(raw, kept):
    with as_owner() as owner:
        for claim in claims(owner, 1):
            for room, role in ROOMS.items():
                raw.execute("RESET ROLE")
                raw.execute("SELECT set_config('wall.claim', %s, false)", [claim])
                raw.execute(f"SET ROLE {role}")
                for model in (one for one in TABLES if policy_of(one).room is room):
                    rows = raw.execute(f"SELECT count(*) FROM {table(model)}")
                    assert rows.fetchone() == (0,)


def test_c02_a_claim_serves_its_own_transaction_and_proof_alone(raw, transactional_db, account):
    """Also for somebody who has read another's claim, or keeps an own one for later."""
    captain = actor_of_user(account(Role.CAPTAIN))
    who = "SELECT user_id FROM wall.who()"
    with raw.transaction():
        raw.execute("SELECT set_config('wall.proof', %s, true)", [captain.proof])
        assert raw.execute(who).fetchone() == (captain.user_id,)
        claim = raw.execute("SELECT current_setting('wall.claim')").fetchone()[0]
        assert raw.execute(who).fetchone() == (captain.user_id,)
        raw.execute("SELECT set_config('wall.proof', '', true)")
        assert raw.execute(who).fetchone() is None
    for proof in ("", captain.proof):
        with raw.transaction():
            raw.execute("SELECT set_config('wall.claim', %s, true)", [claim])
            raw.execute("SELECT set_config('wall.proof', %s, true)", [proof])
            assert raw.execute(who).fetchone() == ((captain.user_id,) if proof else None)


def test_a_role_that_ends_in_the_same_transaction_ends_at_once(raw, transactional_db, account):
    user = account(Role.CAPTAIN)
    captain = actor_of_user(user)
    who = "SELECT count(*) FROM wall.who()"
    with as_owner() as owner, owner.transaction():
        owner.execute("SELECT set_config('wall.proof', %s, true)", [captain.proof])
        assert owner.execute(who).fetchone() == (1,)
        owner.execute(
            "UPDATE access_membership SET ended_at = now(), ended_because = 'left'"
            " WHERE user_id = %s", [user.pk],
        )  # fmt: skip
        assert owner.execute(who).fetchone() == (0,)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM wall.key",
        "SELECT * FROM wall.role_of(1)",
        "SELECT wall.looked_up(0)",
        "SELECT wall.asleep(1)",
        "SELECT * FROM wall.session",
        "INSERT INTO wall.session (secret_hash, user_id, ends) VALUES ('x', 1, now())",
        "SELECT wall.session_begin(1, sha256('x'), 9999999999, 'x')",
        "SELECT wall.audit_seal(10, 9999999999, 'x')",
        "SELECT wall.audit_sign(1, 'x', 'x')",
        "SET ROLE ceasefire_keeper",
        "ALTER TABLE services.house_casenote DISABLE ROW LEVEL SECURITY",
        "DROP POLICY wall_select ON services.house_casenote",
        "CREATE FUNCTION wall.who2() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE public.mine (id int)",
        "GRANT SELECT ON services.house_casenote TO ceasefire_web",
        "INSERT INTO access_membership (user_id, agency_id, role, starts)"
        " VALUES (1, 1, 'captain', now())",
    ],
)
def test_c10_the_web_role_cannot_move_the_wall_nor_name_itself(raw, kept, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(statement)


def test_c49_no_room_wipes_the_counters_of_failed_sign_ins(raw, transactional_db):
    for role in ROOMS.values():
        raw.execute(f"SET ROLE {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute("DELETE FROM web_cache")


def test_the_next_borrower_of_a_connection_finds_nobody(transactional_db, operator):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('wall.proof', true)")
        role, proof = cursor.fetchone()
        assert (role, proof[:4]) == (ROOMS[Room.INVESTIGATIVE], "p:0:")
    told = connection.connection.execute("SELECT current_user, current_setting('wall.proof', true)")
    assert told.fetchone() in [("ceasefire_web", ""), ("ceasefire_web", None)]


def test_a_rolled_back_savepoint_does_not_lose_the_identity(agencies, rows):
    captain = actor_of_user(hire(Standing(Role.CAPTAIN, "police"), agencies["police"][0]))
    with identity.acting(captain):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
        assert Tip.objects.exists()


def test_a_savepoint_is_rolled_back_though_the_identity_has_changed_inside(agencies, rows):
    captain = actor_of_user(hire(Standing(Role.CAPTAIN, "police"), agencies["police"][0]))
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        identity.acting(captain),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT nothing FROM nowhere")
    with identity.acting(captain):
        assert Tip.objects.exists()


def test_every_table_with_content_has_row_security_forced_and_stands_in_its_room(db):
    with connection.cursor() as cursor:
        for model, policy in declared().items():
            cursor.execute(
                "SELECT relrowsecurity, relforcerowsecurity, relnamespace::regnamespace::text"
                " FROM pg_class WHERE oid = to_regclass(%s)",
                [model._meta.db_table],
            )
            schema = "public" if policy.room is Room.ACCOUNT else policy.room.value
            assert cursor.fetchone() == (True, True, schema), model


def test_every_model_of_ours_has_a_policy_or_is_of_the_account_room():
    from django.apps import apps

    ours = [m for m in apps.get_models() if m.__module__.startswith("ceasefire.")]
    without = {m.__name__ for m in ours if m not in declared()}
    assert without == {"User", "DraftKept", "PasswordStanding", "SignOnInvitation", "UsageNotice"}
    assert Incident in ours


def test_the_database_keeps_no_secret_of_a_session(signed_in):
    client = signed_in(Role.CAPTAIN)
    assert client.get("/").status_code == 200
    secret = client.cookies["sessionid"].value
    with as_owner() as owner:
        for name in ("public.django_session", "wall.session"):
            rows = owner.execute(f"SELECT t::text FROM {name} t").fetchall()
            assert not any(secret in row[0] for row in rows)


def test_c50_an_ended_session_shows_nothing_though_the_cookie_lives_on(signed_in):
    from ceasefire.access.asking import session_end

    client = signed_in(Role.CAPTAIN)
    assert client.get("/").status_code == 200
    session_end(client.cookies["sessionid"].value)
    assert client.get("/").status_code == 401
