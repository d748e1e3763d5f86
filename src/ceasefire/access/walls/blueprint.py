"""The second wall as SQL, from the same declarations as the first.

Read as a whole: roles, then for each model its schema, its grants and its row security. Run by the
tables' owner after every migration; running it again changes nothing.
"""

import hashlib
from collections.abc import Iterator
from importlib import resources

from django.apps import apps
from django.db import models
from psycopg import sql

from ceasefire.access.audit import verbs
from ceasefire.access.consent.models import Consent
from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.exceptional import blueprint as exceptional
from ceasefire.access.federal.models import DelegatedAuthority, FederalAttestation
from ceasefire.access.interests.models import InterestFlag
from ceasefire.access.models import Agency, Agreement, Audience, Membership, User
from ceasefire.access.narrowing import names
from ceasefire.access.partitions import Room
from ceasefire.access.policies import Policy, declared
from ceasefire.access.retention import walls as retention
from ceasefire.access.retention.quiet import FollowsRecord
from ceasefire.access.walls import door
from ceasefire.access.walls.names import KEEPER, ROOMS, SCHEMAS, WEB

# Who is asking comes first: what follows builds on it.
FUNCTIONS = [
    resources.files("ceasefire.access").joinpath(part, "functions.sql").read_text()
    for part in (
        *("walls", "consent", "interests", "federal", "purposes", "exceptional"),
        "criminal_history",
    )
]
FUNCTIONS += [
    resources.files("ceasefire").joinpath(*part, "functions.sql").read_text()
    for part in (("rights",), ("registry", "search"))
]
COUNTING = resources.files("ceasefire.access.walls").joinpath("counting.sql").read_text()
EVERY_ROOM = tuple(ROOMS.values())
# What pages of every room need of an account: whose name stands beside a row.
ACCOUNT_COLUMNS = ("id", "username", "display_name")
# Sign-in and the queue hold nothing of any room.
KEEPER_READS = (
    *(User, Membership, Agency, Agreement, Audience, Consent, DelegatedAuthority),
    HistoryCertificate,
)
# What a person says in the own name only: a function writes it, and nobody else.
KEEPER_WRITES = (InterestFlag, FederalAttestation)
# What pages, jobs, commands and row security call. Every other function of the wall is called by
# these alone: it answers about anybody, writes what it is told, or stands behind a trigger, which
# somebody could otherwise hang on a table of their own.
CALLED = (
    *("accounts", "bearer", "admits", "among", "analyse", "audience_marks", "audiences", "audit"),
    *("audit_anomalies", "audit_check", "audit_check_seals", "audit_count", "audit_of_account"),
    *("audit_of_subject", "audit_page", "audit_peers", "audit_removed"),
    *("audit_reviews_open", "audit_seal", "audit_seals", "audit_sign"),
    *("audit_state", "breach_kinds", "breach_subjects", "closed_records"),
    *("concerned", "consented", "court_copy", "exports_expire", "federal_attest"),
    *("federal_standing", "glass_close", "glass_open", "glass_review"),
    *("glass_seen", "goes_with", "groups_open", "history_certified", "holds_lapse", "interest_met"),
    *("interests_over", "is_head", "log_removal_approve", "log_removal_ask"),
    *("log_removal_sign", "log_removals", "may_write", "order_begin"),
    *("order_counts", "orders_alarm", "own_account", "own_agency", "own_or", "paired", "place"),
    *("purge_begin", "purge_check", "purge_claim", "purge_due", "purge_erase"),
    *("purge_finish", "purge_note", "purge_redact", "purge_sweep", "purge_traces"),
    *("purpose", "purpose_end", "purpose_live", "purpose_state", "purposes_stated", "quarter_ends"),
    *("reading_refused", "reading_step_up", "readings_forget", "require_seen"),
    *("retention_counts", "retention_rule", "rights_ask", "rights_recipients", "rights_track"),
    *("room", "rules_apply", "same", "seen", "session_begin", "session_end", "session_seen"),
    *("tie_shows", "today", "token_mask", "undecided", "who", "why_not"),
)
# A change of these may change who somebody is.
SAYS_WHO = (User, Membership, Agency, Agreement, DelegatedAuthority, FederalAttestation)
# Written by functions alone; guards of their own keep every row as it was written.
AUDIT_TABLES = (
    *("access_auditentry", "access_auditseal", "access_auditreview"),
    *("access_readingbudget", "access_readingalert", "access_export"),
    *("access_breach", "access_breachstep"),
)


def statements() -> Iterator[sql.Composable]:
    yield from _rooms()
    yield from map(sql.SQL, (*FUNCTIONS, retention.FUNCTIONS))
    yield from _verbs()
    yield from _keeper()
    yield from _framework()
    yield from exceptional.begin()
    for model, policy in sorted(declared().items(), key=lambda one: one[0]._meta.db_table):
        yield from _model(model, policy)
    yield sql.SQL(COUNTING)
    yield from retention.statements()


def digest(connection) -> str:
    """Changes when, and only when, the wall does."""
    sha = hashlib.sha256()
    for statement in statements():
        sha.update(statement.as_string(connection).encode())
    return sha.hexdigest()


def _rooms() -> Iterator[sql.Composable]:
    names = sql.SQL(", ").join(map(sql.Identifier, (WEB, *EVERY_ROOM)))
    for schema in SCHEMAS:
        yield sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema))
        # That a table exists is no secret; its rows are. So a refusal says "permission denied".
        yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(schema), names)


def _keeper() -> Iterator[sql.Composable]:
    everybody = sql.SQL(", ").join(map(sql.Identifier, (WEB, *EVERY_ROOM)))
    keeper = sql.Identifier(KEEPER)
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA wall FROM PUBLIC, {}").format(everybody)
    yield sql.SQL("REVOKE ALL ON ALL FUNCTIONS IN SCHEMA wall FROM PUBLIC")
    yield sql.SQL("GRANT USAGE ON SCHEMA wall TO {}, {}").format(keeper, everybody)
    yield sql.SQL("GRANT ALL ON ALL TABLES IN SCHEMA wall TO {}").format(keeper)
    yield sql.SQL("GRANT USAGE ON SCHEMA aggregate, services TO {}").format(keeper)
    for name in AUDIT_TABLES:
        yield sql.SQL("GRANT SELECT, INSERT, UPDATE ON {} TO {}").format(
            sql.Identifier(name), keeper
        )
    for model in (one for one in declared() if issubclass(one, FollowsRecord)):
        yield _grant("SELECT, UPDATE, DELETE", model, KEEPER)
    # The city's time zone, in which days and quarters end; its policy on groups; what is an
    # earlier list, and who sent it.
    labels = ("registry.City", "registry.GroupPolicy", "intake.Feed", "intake.Batch")
    for model in (*KEEPER_READS, *map(apps.get_model, labels)):
        yield _grant("SELECT", model, KEEPER)
    # It counts what becomes of an earlier list's rows.
    yield _grant("SELECT, UPDATE", apps.get_model("registry", "PriorList"), KEEPER)
    for model in KEEPER_WRITES:
        yield _grant("SELECT, INSERT, UPDATE", model, KEEPER)
    # Of a request that somebody without an account sends in.
    yield _grant("INSERT", apps.get_model("access", "RecordKey"), KEEPER)
    for model in SAYS_WHO:
        yield sql.SQL(
            "CREATE OR REPLACE TRIGGER claim_forget AFTER INSERT OR UPDATE OR DELETE ON {}"
            " FOR EACH STATEMENT EXECUTE FUNCTION wall.claim_forget()"
        ).format(_table(model))
    yield sql.SQL(
        """
        DO $$ DECLARE one regprocedure; BEGIN
            FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'wall'::regnamespace
                AND prosecdef AND proname <> 'analyse'
            LOOP EXECUTE format('ALTER FUNCTION %s OWNER TO {}', one); END LOOP;
        END $$
        """
    ).format(keeper)
    yield sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA wall TO {}").format(keeper)
    yield sql.SQL("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA wall FROM {}").format(everybody)
    yield sql.SQL(
        """
        DO $$ DECLARE one regprocedure; BEGIN
            FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'wall'::regnamespace
                AND proname = ANY ({}) AND prorettype <> 'trigger'::regtype
            LOOP EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {}', one); END LOOP;
        END $$
        """
    ).format(sql.Literal(list(CALLED)), everybody)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(keeper)


def _verbs() -> Iterator[sql.Composable]:
    """What the log may say: the database takes no row with a verb that no code has registered."""
    known = sql.SQL("{}::text[]").format(sql.Literal(verbs.registered()))
    yield sql.SQL("DELETE FROM wall.audit_verb WHERE name <> ALL ({})").format(known)
    yield sql.SQL("INSERT INTO wall.audit_verb SELECT unnest({}) ON CONFLICT DO NOTHING").format(
        known
    )


def _framework() -> Iterator[sql.Composable]:
    """Tables without a policy: sign-in for the web role itself, the queue and cache for all."""
    walled = set(declared())
    for model in apps.get_models(include_auto_created=True):
        if model in walled or not model._meta.managed:
            continue
        yield _grant("SELECT, INSERT, UPDATE, DELETE", model, WEB)
    columns = sql.SQL(", ").join(map(sql.Identifier, ACCOUNT_COLUMNS))
    everybody = sql.SQL(", ").join(map(sql.Identifier, EVERY_ROOM))
    yield sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(columns, _table(User), everybody)
    yield sql.SQL(
        """
        DO $$ DECLARE one regclass; BEGIN
            FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind IN ('r', 'v')
                AND relname LIKE 'procrastinate%'
            LOOP
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {1}', one);
                EXECUTE format('REVOKE ALL ON %s FROM {2}', one);
            END LOOP;
            -- A page queues work and sees whether it is done; the worker, outside every room,
            -- takes it, finishes it and clears it away.
            GRANT SELECT, INSERT ON procrastinate_jobs, procrastinate_events TO {2};
            GRANT SELECT ON procrastinate_workers TO {2};
            -- Identity columns need no right to their numbers; the queue's older kind does.
            FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
                AND relkind = 'S' AND relname LIKE 'procrastinate%'
            LOOP EXECUTE format('GRANT USAGE ON SEQUENCE %s TO {0}', one); END LOOP;
        END $$
        """
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, (WEB, *EVERY_ROOM))), sql.Identifier(WEB), everybody
    )
    # What waits under another task's lock would keep that task from its work.
    yield sql.SQL(
        "CREATE OR REPLACE TRIGGER own_place BEFORE INSERT ON procrastinate_jobs FOR EACH ROW"
        " WHEN (current_user = ANY ({}) AND (NEW.lock IS NOT NULL"
        " OR NOT starts_with(NEW.queueing_lock, NEW.task_name || ' {{')))"
        " EXECUTE FUNCTION wall.queue_refuse()"
    ).format(sql.Literal(list(EVERY_ROOM)))
    # The counters of failed sign-ins: no room may wipe them.
    yield sql.SQL("REVOKE ALL ON web_cache FROM {}").format(everybody)
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON web_cache TO {}").format(
        sql.Identifier(WEB)
    )
    yield sql.SQL("GRANT SELECT ON django_migrations TO {}").format(sql.Identifier(WEB))


def _model(model: type[models.Model], policy: Policy) -> Iterator[sql.Composable]:
    """One table: where it stands, which rooms may touch it, and whose rows each reader gets."""
    table = _table(model)
    yield from _placed(model, policy.room)
    yield sql.SQL("REVOKE ALL ON {} FROM {}").format(
        table, sql.SQL(", ").join(map(sql.Identifier, (WEB, *EVERY_ROOM)))
    )
    for role in _readers(policy.room):
        yield _grant(_right("SELECT", model, but=tuple(policy.named)), model, role)
    # Where some rows are not for everybody, numbers are given and never chosen: a row that is not
    # shown cannot be found by trying its number.
    alike = policy.by is None and not policy.also
    given = () if alike or not model._meta.auto_field else (model._meta.auto_field.name,)
    for role in _writers(policy):
        yield _grant(_right("INSERT", model, but=given), model, role)
        if not policy.stays:
            yield _grant("DELETE", model, role)
        kept = {*policy.fixed, *given}
        if any(one.name not in kept for one in model._meta.concrete_fields):
            yield _grant(_right("UPDATE", model, but=tuple(kept)), model, role)
    yield sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(table)
    yield sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(table)
    added = _allowed(model, policy, policy.full & policy.change, policy.limited & policy.change)
    if not policy.while_closing:
        added = sql.SQL("{} AND (SELECT wall.may_write())").format(added)
    changed = _narrowed(model, policy, added)
    for verb, using, check in (
        ("SELECT", _reach(model, policy), None),
        ("INSERT", None, added),
        ("UPDATE", changed, added),
        ("DELETE", changed, None),
    ):
        yield from _policy(table, verb, using, check)
    yield from _stamp(model, policy)
    if policy.named:
        yield from door.statements(model, policy, reach=_reach(model, policy))
    yield from exceptional.model_functions(model, policy)


def _placed(model: type[models.Model], room: Room) -> Iterator[sql.Composable]:
    if room is Room.ACCOUNT:
        return
    schema = sql.Identifier(room.value)
    yield sql.SQL(
        """
        DO $$ BEGIN
            IF to_regclass({}) IS NOT NULL THEN ALTER TABLE {} SET SCHEMA {}; END IF;
        END $$
        """
    ).format(
        sql.Literal(f"public.{model._meta.db_table}"),
        sql.Identifier("public", model._meta.db_table),
        schema,
    )


def _readers(room: Room) -> tuple[str, ...]:
    """Statistics and the city's map belong to every room; the web role reads accounts' tables."""
    if room in (Room.AGGREGATE, Room.ACCOUNT):
        return (WEB, *EVERY_ROOM)
    return (ROOMS[room],)


def _writers(policy: Policy) -> tuple[str, ...]:
    if policy.room is Room.ACCOUNT:
        return (WEB,)
    if policy.room is not Room.AGGREGATE:
        return (ROOMS[policy.room],)
    return tuple(sorted({ROOMS.get(standing.role.room, WEB) for standing in policy.change}))


def _reach(model: type[models.Model], policy: Policy) -> sql.Composable:
    """The condition on a row that is read; its functions are in subqueries, called once each."""
    if policy.open:
        return sql.SQL("true")
    own = _allowed(model, policy, policy.full, policy.limited)
    return _narrowed(model, policy, _opened(model, policy, own) if policy.opened else own)


def _opened(model, policy: Policy, own: sql.Composable) -> sql.Composable:
    """Where consents open rows too, several ways in one condition are dear: one that is declared to
    cost next to nothing decides before anything of the asker's own. To nobody but the policy's
    readers is anything of the table looked at."""
    first = [policy.by.first(model, policy.full), *(one.first(model) for one in policy.opened)]
    ways = [own, *(one.condition(model) for one in policy.opened)]
    either = (
        sql.SQL(" OR ").join(sql.SQL("({})").format(one) for one in part) for part in (first, ways)
    )
    gate = sql.SQL("SELECT wall.admits({})").format(names(policy.readers))
    return sql.SQL(" AND ").join(sql.SQL("({})").format(one) for one in (gate, *either))


def _narrowed(model, policy: Policy, condition: sql.Composable) -> sql.Composable:
    """The condition, and what narrows every reader besides."""
    every = [condition, *(also.condition(model) for also in policy.also)]
    return sql.SQL(" AND ").join(sql.SQL("({})").format(one) for one in every)


def _allowed(model, policy: Policy, full, limited) -> sql.Composable:
    if policy.by is None:
        return sql.SQL("(SELECT wall.admits({}))").format(names(full))
    return policy.by.condition(model, full, limited)


def _stamp(model: type[models.Model], policy: Policy) -> Iterator[sql.Composable]:
    table, fields = _table(model), [model._meta.get_field(name) for name in policy.stamped]
    yield sql.SQL("DROP TRIGGER IF EXISTS a_stamp ON {}").format(table)
    accounts = [one.column for one in fields if one.related_model is User]
    times = [one.column for one in fields if one.column not in accounts]
    if fields:
        # Triggers run in the order of their names: a guard sees what is stamped.
        yield sql.SQL(
            "CREATE TRIGGER a_stamp BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION"
            " wall.stamp({}, {})"
        ).format(table, *(sql.Literal("{" + ",".join(one) + "}") for one in (accounts, times)))


def _policy(table, verb: str, using, check) -> Iterator[sql.Composable]:
    name = sql.Identifier(f"wall_{verb.lower()}")
    yield sql.SQL("DROP POLICY IF EXISTS {} ON {}").format(name, table)
    said = sql.SQL("CREATE POLICY {} ON {} FOR {}").format(name, table, sql.SQL(verb))
    if using is not None:
        said += sql.SQL(" USING ({})").format(using)
    if check is not None:
        said += sql.SQL(" WITH CHECK ({})").format(check)
    yield said


def _table(model: type[models.Model]) -> sql.Composable:
    return sql.Identifier(model._meta.db_table)


def _right(right: str, model: type[models.Model], *, but: tuple[str, ...]) -> sql.Composable:
    """A right to the whole table, or to every column but the fields named."""
    if not but:
        return sql.SQL(right)
    columns = [one.column for one in model._meta.concrete_fields if one.name not in but]
    return sql.SQL(right + " ({})").format(sql.SQL(", ").join(map(sql.Identifier, columns)))


def _grant(rights: str | sql.Composable, model: type[models.Model], role: str) -> sql.Composable:
    rights = sql.SQL(rights) if isinstance(rights, str) else rights
    return sql.SQL("GRANT {} ON {} TO {}").format(rights, _table(model), sql.Identifier(role))
