"""What somebody tries who runs SQL of their own as the web role, with or without an identity."""

import base64
import pickle
import re
from contextlib import suppress

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection, connections
from psycopg import errors

from ceasefire.access import identity
from ceasefire.access.asking import actor_of_user
from ceasefire.access.audiences import audience_of
from ceasefire.access.partitions import Room
from ceasefire.access.policies import declared, policy_of
from ceasefire.access.roles import Role
from ceasefire.access.sealing.services import record_key_make
from ceasefire.access.services import agency_record
from ceasefire.access.walls import blueprint
from ceasefire.access.walls.names import ROOMS, WEB
from tests.conftest import in_force
from tests.house import CaseNote, Errand
from tests.walls import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "he sleeps at the aunt's"


@pytest.fixture
def raw(transactional_db):
    """The web role on its own connection, with whatever it likes to say."""
    wanted = connections["default"].get_connection_params()
    wanted = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port")}
    path = "-c search_path=public,investigative,shared,services,aggregate"
    with psycopg.connect(**wanted, options=path, autocommit=True) as opened:
        yield opened


@pytest.fixture
def worker(account):
    return actor_of_user(account(Role.OUTREACH))


@pytest.fixture
def colleague(account):
    """An outreach worker of another organisation."""
    with identity.acting(identity.OPERATOR):
        other = in_force(agency_record(name="Other outreach", kind="community"))
    return actor_of_user(account(Role.OUTREACH, other, "colleague"))


@pytest.fixture
def captain(account):
    return actor_of_user(account(Role.CAPTAIN))


@pytest.fixture
def note(worker):
    with identity.acting(identity.OPERATOR, Room.SERVICES):
        return CaseNote.objects.create(agency_id=worker.agency_id, words=WORDS).pk


def become(raw, actor, room: Room) -> None:
    """In the transaction at hand; a role that is not one's own room's may be taken too."""
    asked = "SELECT set_config('wall.proof', %s, true), set_config('role', %s, true)"
    raw.execute(asked, [actor.proof if actor else "", ROOMS[room]])


def test_c02_nobody_hangs_a_function_of_the_wall_on_a_table_of_their_own(raw):
    """What stands behind a trigger runs as its owner, and would run an asker's cast too."""
    with as_owner() as owner:
        behind = owner.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = 'wall'::regnamespace AND prorettype = 'trigger'::regtype"
        ).fetchall()
    raw.execute("CREATE TEMP TABLE lure (id bigint)")
    assert behind
    for (function,) in behind:
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(
                f"CREATE TRIGGER t AFTER INSERT ON lure FOR EACH ROW EXECUTE FUNCTION {function}"
            )


def test_c02_the_web_role_calls_the_functions_that_are_listed_and_no_other():
    with as_owner() as owner:
        called = owner.execute(
            "SELECT DISTINCT proname, r.role FROM pg_proc, unnest(%s::text[]) AS r (role)"
            " WHERE pronamespace = 'wall'::regnamespace"
            " AND has_function_privilege(r.role, pg_proc.oid, 'EXECUTE')",
            [[WEB, *ROOMS.values()]],
        ).fetchall()
        known = owner.execute(
            "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'wall'::regnamespace"
        ).fetchall()
    generated = {name for name, _role in called if name.startswith(("glass_", "names_of_"))}
    assert {name for name, _role in called} - generated <= {*blueprint.CALLED}
    assert {*blueprint.CALLED} <= {name for (name,) in known}


class Program:
    def __reduce__(self):
        return print, ("a program ran",)


def test_c02_what_somebody_writes_into_the_cache_is_never_run(raw, capsys):
    cache.set("counter", [1.5, 2.5])
    assert cache.get("counter") == [1.5, 2.5]
    program = base64.b64encode(pickle.dumps(Program())).decode()
    assert raw.execute("UPDATE web_cache SET value = %s", [program]).rowcount
    assert cache.get("counter") is None
    assert "a program ran" not in capsys.readouterr().out


# One operator, and half a one as PostgreSQL counts.
ASKED = ('>= %s COLLATE "C"', '>= ANY (ARRAY[%s COLLATE "C"])')


def _was_asked(raw, actor, room, table: str, asked: str, at_least: str) -> bool:
    with raw.transaction():
        become(raw, actor, room)
        for way in ("indexscan", "bitmapscan", "indexonlyscan"):
            raw.execute(f"SET LOCAL enable_{way} = off")
        plan = raw.execute(
            f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT FROM {table}"
            f" WHERE words {asked}", [at_least],
        ).fetchall()  # fmt: skip
    return not any("never executed" in line for (line,) in plan)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("who", ["captain", "colleague"])
def test_c03_a_foreign_case_note_is_not_spelled_out_by_what_the_planner_skips(
    raw, note, who, asked, request
):
    actor = request.getfixturevalue(who)
    answers = {
        _was_asked(raw, actor, Room.SERVICES, "house_casenote", asked, letter)
        for letter in ("", "a", WORDS, "zzz")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("who", ["captain", "colleague"])
def test_c06_words_for_a_few_are_not_spelled_out_by_what_the_planner_skips(
    raw, worker, who, asked, request
):
    with identity.acting(identity.OPERATOR, Room.SHARED):
        Errand.objects.create(audience=audience_of(people=[worker.user_id]), words=WORDS)
    actor = request.getfixturevalue(who)
    answers = {
        _was_asked(raw, actor, Room.SHARED, "house_errand", asked, letter)
        for letter in ("", "a", WORDS, "zzz")
    }
    assert len(answers) == 1


def _order_of_asking(raw, room, model) -> str:
    """The conditions of a read of a whole table, as PostgreSQL asks them of each row."""
    column = next(one.column for one in model._meta.concrete_fields if _compared(one, model))
    with raw.transaction():
        become(raw, None, room)
        for way in ("indexscan", "bitmapscan", "indexonlyscan"):
            raw.execute(f"SET LOCAL enable_{way} = off")
        plan = raw.execute(
            f'EXPLAIN (COSTS OFF) SELECT FROM {model._meta.db_table} WHERE "{column}"'
            " >= ANY (ARRAY['a' COLLATE \"C\"])"
        ).fetchall()
    (asked,) = (line for (line,) in plan if "Filter: " in line and "'{a}'" in line)
    return asked.split("'{a}'")[0]


def _compared(field, model) -> bool:
    """A text that a room may ask for."""
    text = field.get_internal_type() in ("CharField", "TextField")
    return text and field.name not in policy_of(model).named


NARROWED = {
    model.__name__: model for model, policy in declared().items()
    if (policy.by or policy.also) and not policy.open
    and any(_compared(one, model) for one in model._meta.concrete_fields)
}  # fmt: skip


@pytest.mark.parametrize("name", NARROWED)
def test_c03_what_decides_about_a_row_is_asked_before_the_cheapest_text_of_an_asker(raw, name):
    model = NARROWED[name]
    room = policy_of(model).room
    before = _order_of_asking(raw, room if room in ROOMS else Room.SHARED, model)
    if policy_of(model).opened:
        assert "wall.same(" in before
        assert "wall.paired(" in before
        return
    with as_owner() as owner:
        (policy,) = owner.execute(
            "SELECT qual FROM pg_policies WHERE tablename = %s AND cmd = 'SELECT'",
            [model._meta.db_table],
        ).fetchone()
    # All that the policy asks stands there, but for the lists that an index needs.
    asked = re.split(r"= ANY \(\(", policy)[0].count("SELECT wall.")
    assert asked
    # PostgreSQL 17 names a question asked once "InitPlan 1", earlier ones "$0".
    assert len(re.findall(r"InitPlan \d+|\$\d+", before)) >= asked, before


def test_c03_police_in_the_services_role_change_no_key_and_no_audience(raw, captain, worker, keys):
    with identity.acting(worker, Room.SERVICES):
        key = record_key_make(room=Room.SERVICES)
        audience_of(agencies=[worker.agency_id])
    for statement in (
        "UPDATE access_recordkey SET wrapped = NULL, destroyed_because = 'x'",
        "DELETE FROM access_recordkey",
        "DELETE FROM access_audience",
        "UPDATE access_audience SET agencies = '{1}'",
    ):
        with raw.transaction(force_rollback=True):
            become(raw, captain, Room.SERVICES)
            with suppress(errors.InsufficientPrivilege):
                assert raw.execute(statement).rowcount == 0, statement
    with raw.transaction():
        become(raw, captain, Room.SERVICES)
        assert raw.execute("SELECT count(*) FROM access_recordkey").fetchone() == (0,)
        assert raw.execute("SELECT count(*) FROM access_audience").fetchone() == (0,)
    assert not key.is_destroyed


def test_c03_a_worker_destroys_no_record_s_key(raw, worker, keys):
    with identity.acting(worker, Room.SERVICES):
        record_key_make(room=Room.SERVICES)
    with raw.transaction(force_rollback=True):
        become(raw, worker, Room.SERVICES)
        with pytest.raises(errors.InsufficientPrivilege, match="this home alone"):
            raw.execute("UPDATE access_recordkey SET wrapped = NULL")


def test_c06_a_number_is_given_and_never_chosen(raw, worker, note):
    """A number that is taken would tell of a row that is not shown."""
    with raw.transaction(force_rollback=True):
        become(raw, worker, Room.SERVICES)
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute(
                "INSERT INTO house_casenote (id, agency_id, words) VALUES (%s, %s, 'x')",
                [note, worker.agency_id],
            )


def test_c02_the_next_borrower_finds_no_setting_no_cursor_and_no_table_of_the_one_before(captain):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE house_casenote (words text)")
        cursor.execute("SELECT set_config('wall.proof', %s, false)", [captain.proof])
        cursor.execute("DECLARE held CURSOR WITH HOLD FOR SELECT 1")
    connection.close_at = None  # as on a server, where connections are kept
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass('pg_temp.house_casenote'),"
            " coalesce(current_setting('wall.proof', true), ''),"
            " (SELECT count(*) FROM pg_cursors WHERE name = 'held'), current_setting('timezone')"
        )
        assert cursor.fetchone() == (None, "", 0, "UTC")


def test_c18_nobody_writes_what_the_database_alone_may_say(raw, captain):
    said = "SELECT wall.audit(%s, '', '', '{}', '{}', '', '', 'done', NULL, '{\"ok\": true}')"
    for verb in ("names.read", "glass.opened", "history.masked", "audit.verified"):
        for actor in (None, captain):
            with raw.transaction(force_rollback=True):
                become(raw, actor, Room.INVESTIGATIVE)
                with pytest.raises(errors.InsufficientPrivilege):
                    raw.execute(said, [verb])


def test_c18_who_added_a_row_and_when_is_not_the_asker_s_word(raw, captain, colleague):
    with raw.transaction(force_rollback=True):
        become(raw, captain, Room.INVESTIGATIVE)
        maker, fresh = raw.execute(
            'INSERT INTO access_export (identifier, maker_id, made_by, agency_id, "table", room,'
            " selection, columns, form, purpose, rows, with_names, wants_approval, made_at,"
            " expires_at, sha256) VALUES ('X', %s, 'Somebody', %s, 'incidents', 'investigative',"
            " '{}', '[]', 'csv', 'x', 1, false, false, '2020-01-01', now() + interval '1 day', '')"
            " RETURNING maker_id, made_at > now() - interval '1 minute'",
            [colleague.user_id, captain.agency_id],
        ).fetchone()
    assert (maker, fresh) == (captain.user_id, True)


def test_c18_every_field_that_is_declared_as_stamped_is_the_databases_own():
    stamped = {
        (model._meta.db_table, model._meta.get_field(name).column)
        for model, policy in declared().items()
        for name in policy.stamped
    }
    with as_owner() as owner:
        told = owner.execute(
            "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgfoid = 'wall.stamp'::regproc"
        ).fetchall()
    held = {(table.split(".")[-1], words.split("wall.stamp")[1]) for table, words in told}
    assert stamped
    for table, column in stamped:
        columns = {name for of, words in held if of == table for name in re.findall(r"\w+", words)}
        assert column in columns, (table, column)


def test_c18_no_room_writes_over_what_the_database_has_stamped():
    with as_owner() as owner:
        for model, policy in declared().items():
            for column in (model._meta.get_field(name).column for name in policy.stamped):
                may = owner.execute(
                    "SELECT rolname FROM pg_roles WHERE rolname = ANY (%s)"
                    " AND has_column_privilege(rolname, %s, %s, 'UPDATE')",
                    [[WEB, *ROOMS.values()], model._meta.db_table, column],
                ).fetchall()  # fmt: skip
                assert may == [], (model, column)


def test_c19_a_room_queues_nothing_under_the_lock_of_the_home_s_own_work(raw, captain):
    """What waits under the lock of sealing would keep the log from being sealed."""
    queued = (
        "INSERT INTO procrastinate_jobs (queue_name, args, status, priority, attempts, task_name,"
        " queueing_lock, lock) VALUES ('default', '{}', 'todo', 0, 0, %s, %s, %s)"
    )
    home = "seal the audit log"
    for locks in (("x", home, None), ("seal", home, None), ("x", None, home)):
        with raw.transaction(force_rollback=True):
            become(raw, captain, Room.INVESTIGATIVE)
            with pytest.raises(errors.InsufficientPrivilege, match="own task"):
                raw.execute(queued, locks)
    with raw.transaction(force_rollback=True):
        become(raw, captain, Room.INVESTIGATIVE)
        assert raw.execute(queued, ["x", 'x {"batch_id": 1}', None]).rowcount == 1


def test_c21_this_home_alone_opens_the_weeks_to_review(raw, captain):
    for actor in (None, captain):
        with raw.transaction(force_rollback=True):
            become(raw, actor, Room.INVESTIGATIVE)
            with pytest.raises(errors.InsufficientPrivilege, match="this home"):
                raw.execute("SELECT wall.audit_reviews_open('2040-01-01')")


def test_c57_nobody_asks_what_another_account_was_shown(raw, captain):
    with raw.transaction(force_rollback=True):
        become(raw, captain, Room.INVESTIGATIVE)
        with pytest.raises(errors.InsufficientPrivilege):
            raw.execute("SELECT wall.reading_require(1, 'officer', '{outreach.client:1}')")


def test_c12_a_transaction_that_sees_the_past_has_no_identity(raw, captain):
    raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with raw.transaction():
        become(raw, captain, Room.INVESTIGATIVE)
        assert raw.execute("SELECT count(*) FROM wall.who()").fetchone() == (0,)


def test_c01_what_one_room_asks_is_not_read_by_another(raw):
    shown = "SELECT setting FROM pg_settings WHERE name = 'track_activities'"
    assert raw.execute(shown).fetchone() == ("off",)
    with pytest.raises(errors.InsufficientPrivilege):
        raw.execute("SET track_activities = on")
