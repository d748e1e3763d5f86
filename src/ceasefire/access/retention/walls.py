"""The part of the wall that keeps clocks: read from the declared models at every raising.

A model that inherits `Kept` gets its checks and triggers here and nowhere else, so that none can be
forgotten. The functions are in the three `.sql` files beside this one.
"""

from collections.abc import Iterable, Iterator
from importlib import resources

from django.db import models
from psycopg import sql
from psycopg.types.json import Jsonb

from ceasefire.access.partitions import Room
from ceasefire.access.policies import declared, policy_of
from ceasefire.access.retention import dependencies
from ceasefire.access.retention.classes import DEFAULTS, INTELLIGENCE, INTELLIGENCE_MONTHS
from ceasefire.access.retention.kept import Kept
from ceasefire.access.retention.log_removal import disclosures
from ceasefire.access.retention.models import (
    CourtCopy,
    Frozen,
    Hold,
    LogRemoval,
    Order,
    PurgeRun,
    PurgeTally,
    RetentionReview,
    RetentionRule,
)
from ceasefire.access.retention.policies import HEADS
from ceasefire.access.retention.quiet import Quiet
from ceasefire.access.sealing.fields import SealedField
from ceasefire.access.sealing.models import RecordKey, SealedRow, SearchToken
from ceasefire.access.walls.names import KEEPER, ROOMS, SCHEMAS, WEB

_HERE = resources.files("ceasefire.access.retention")
FUNCTIONS = "\n".join(
    _HERE.joinpath(f"{name}.sql").read_text() for name in ("kept", "frozen", "purge")
)
OWN_TABLES = (
    *(RetentionRule, RetentionReview, Hold, Order, Frozen, CourtCopy, PurgeRun, PurgeTally),
    LogRemoval,
)
CLOSED = (Room.INVESTIGATIVE, Room.SHARED, Room.SERVICES)
# Tables outside the closed rooms in which people write in words why they did something.
OFFICE_WORDS = frozenset(
    {
        *("access.export", "access.opening", "access.auditreview", "access.readingalert"),
        *("access.breach", "access.breachstep", "access.immigrationrequest"),
        "access.interestflag",
    }
)
WORDS = (models.TextField, models.CharField, models.JSONField)


def statements() -> Iterator[sql.Composable]:
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(_listed(SCHEMAS), _KEEPER)
    for model in OWN_TABLES:
        yield _grant(model._meta.db_table)
    yield _grant(RecordKey._meta.db_table, "SELECT")
    yield from _words_closed()
    # For one function, of which a trigger lets through what two people have decided.
    yield _grant("access_auditentry", "DELETE")
    yield from _own_triggers()
    yield from _filled("retention_default", _defaults())
    yield from _filled("retention_head", ((str(standing),) for standing in sorted(HEADS)))
    yield from _filled("retention_disclosure", ((verb,) for verb in disclosures()))
    yield from _filled("reach", map(_reach, reached()))
    yield from _filled("hangs", map(_hang, dependencies.all_hangs()))
    yield from _filled("swept", swept())
    for place in sorted({column[0] for column in swept()}):
        yield _grant(place, "SELECT, UPDATE")
    for model in reached():
        yield _grant(model._meta.db_table)
    for model in dependencies.kept_models():
        yield from _kept(model)
    for hang in (one for one in dependencies.all_hangs() if _may_fall_silent(one.parent)):
        yield from _trigger(
            hang.child, f"hangs_on_{hang.link}"[:60], f"BEFORE INSERT OR UPDATE OF {hang.column}",
            "parent_speaks", hang.column, hang.parent._meta.label_lower,
            when=f"NEW.{hang.column} IS NOT NULL",
        )  # fmt: skip


def _may_fall_silent(parent: type[models.Model] | None) -> bool:
    return parent is not None and issubclass(parent, Kept)


def _words_closed() -> Iterator[sql.Composable]:
    """Copies for the court: every column but the text itself may be selected."""
    table, rooms = sql.Identifier(CourtCopy._meta.db_table), _listed((WEB, *ROOMS.values()))
    columns = [f.column for f in CourtCopy._meta.concrete_fields if f.name != "words"]
    yield sql.SQL("REVOKE SELECT ON {} FROM {}").format(table, rooms)
    yield sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(_listed(columns), table, rooms)


def reached() -> list[type[models.Model]]:
    """Every table that a hold, an order or a purge can come to."""
    found = {
        *dependencies.kept_models(),
        *dependencies.sealed_models(),
        *dependencies.token_models(),
        *(hang.child for hang in dependencies.all_hangs()),
    }
    return sorted(found, key=lambda model: model._meta.label_lower)


def swept() -> Iterator[tuple]:
    """Columns of free text in which a purge looks for a name: every room's, and OFFICE_WORDS."""
    for model, policy in sorted(declared().items(), key=lambda one: one[0]._meta.label_lower):
        if policy.room in CLOSED or model._meta.label_lower in OFFICE_WORDS:
            for field in _free_text(model):
                most = field.max_length if isinstance(field, models.CharField) else None
                quiet = issubclass(model, Quiet)
                kind = "jsonb" if isinstance(field, models.JSONField) else "text"
                yield _place(model), field.column, kind, most, policy.room.value, quiet
    yield "public.procrastinate_jobs", "args", "jsonb", None, Room.AGGREGATE.value, False


def _free_text(model: type[models.Model]) -> Iterator[models.Field]:
    told = dependencies.telling(model)
    for field in model._meta.concrete_fields:
        free = isinstance(field, WORDS) and not (field.choices or field.unique)
        if free and field not in told:
            yield field


def _reach(model: type[models.Model]) -> tuple:
    room = policy_of(model).room.value if model in declared() else Room.AGGREGATE.value
    return (
        *(model._meta.label_lower, _place(model), room, issubclass(model, Kept)),
        *(issubclass(model, base) for base in (Quiet, SealedRow, SearchToken)),
        _shown(model),
        Jsonb(_redacts(model)),
    )


def _shown(model: type[models.Model]) -> list[str]:
    """The columns that a purge's reaches need, and those that open the sealed ones."""
    reached_by = (model._meta.get_field(name) for name in getattr(model, "reached_by", ()))
    fields = [*dependencies.telling(model), *reached_by]
    if any(isinstance(field, SealedField) for field in fields):
        fields += [model._meta.get_field(name) for name in ("sealed_with", "record_key")]
    columns = [field.column for field in fields]
    return columns + (["trace"] if issubclass(model, Kept) else [])


def _redacts(model: type[models.Model]) -> dict[str, str | None]:
    left = getattr(model, "redacts", {})
    return {model._meta.get_field(name).column: words for name, words in left.items()}


def _hang(hang: dependencies.Hangs) -> tuple:
    parent = hang.parent._meta.label_lower if hang.parent else "*"
    return hang.child._meta.label_lower, hang.column, parent, hang.falls.value


def _defaults() -> Iterator[tuple]:
    for record_class, bounds in DEFAULTS.items():
        yield record_class.value, bounds.least, bounds.most


def _filled(table: str, rows: Iterable[tuple]) -> Iterator[sql.Composable]:
    for row in rows:
        yield sql.SQL("INSERT INTO {} VALUES ({})").format(
            sql.Identifier("wall", table), sql.SQL(", ").join(map(sql.Literal, row))
        )


def _kept(model: type[Kept]) -> Iterator[sql.Composable]:
    """A table about people: dates within the rule, moved and ended by nobody in passing."""
    five = ("record_class NOT IN ({}) OR purge_on <= basis_on + interval '{} months'").format(
        ", ".join(f"'{one}'" for one in sorted(INTELLIGENCE)), INTELLIGENCE_MONTHS
    )
    yield from _check(model, "kept_never_past_five_years", five)
    yield from _check(model, "kept_purge_comes_after_basis", "purge_on >= basis_on")
    yield _index(model)
    classes = "{" + ",".join(sorted(model.record_classes)) + "}"
    moved = ", ".join(("record_class", "basis_on", "purge_on", "quiet", "trace"))
    old, new = (f"({', '.join(f'{row}.{c}' for c in moved.split(', '))})" for row in ("OLD", "NEW"))
    yield from _trigger(model, "kept_begins", "BEFORE INSERT OR DELETE", "kept_guard", classes)
    yield from _trigger(
        model, "kept_changes", "BEFORE UPDATE", "kept_guard", classes,
        when=f"{old} IS DISTINCT FROM {new}",
    )  # fmt: skip


def _own_triggers() -> Iterator[sql.Composable]:
    change = "BEFORE UPDATE OR DELETE"
    intelligence = "{" + ",".join(sorted(INTELLIGENCE)) + "}"
    yield from _trigger(RetentionRule, "only_shorter", "BEFORE INSERT", "rule_guard", intelligence)
    for model in (RetentionRule, Frozen):
        yield from _trigger(model, "stays", change, "keeper_alone")
    yield from _trigger(RetentionReview, "stays", change, "review_stays")
    for model in (Hold, Order):
        yield from _trigger(model, "stays", "BEFORE DELETE", "keeper_alone")
    yield from _trigger(CourtCopy, "stays", change, "copy_stays")
    yield from _trigger(RetentionReview, "begins", "BEFORE INSERT", "review_begins")
    yield from _trigger(RetentionReview, "counts", "AFTER INSERT", "review_counts")
    yield from _trigger(Frozen, "begins", "BEFORE INSERT", "frozen_begins")
    yield from _trigger(Frozen, "counts", "AFTER INSERT", "frozen_counts")
    yield from _trigger(Hold, "steps", "BEFORE INSERT OR UPDATE", "hold_step")
    yield from _trigger(Order, "steps", "BEFORE INSERT OR UPDATE", "order_step")
    yield from _trigger(
        Hold, "thaws", "AFTER UPDATE", "thaw", "hold",
        when="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL",
    )  # fmt: skip
    yield from _trigger(
        Order, "thaws", "AFTER UPDATE", "thaw", "order",
        when="OLD.state <> NEW.state AND NEW.state IN ('returned', 'withdrawn')",
    )  # fmt: skip


def _trigger(model, name: str, moment: str, function: str, *words: str, when: str = "true"):
    table, name = sql.Identifier(model._meta.db_table), sql.Identifier(name)
    yield sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(name, table)
    yield sql.SQL(
        "CREATE TRIGGER {} {} ON {} FOR EACH ROW WHEN ({}) EXECUTE FUNCTION {}({})"
    ).format(
        name, sql.SQL(moment), table, sql.SQL(when), sql.Identifier("wall", function),
        sql.SQL(", ").join(map(sql.Literal, words)),
    )  # fmt: skip


def _check(model, name: str, condition: str) -> Iterator[sql.Composable]:
    table, name = sql.Identifier(model._meta.db_table), sql.Identifier(name)
    yield sql.SQL("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}").format(table, name)
    yield sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({})").format(
        table, name, sql.SQL(condition)
    )


def _index(model) -> sql.Composable:
    """What is due is found by its day."""
    name = f"{model._meta.db_table[:50]}_purge_on"
    return sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} (purge_on)").format(
        sql.Identifier(name), sql.Identifier(model._meta.db_table)
    )


_KEEPER = sql.Identifier(KEEPER)


def _grant(table: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> sql.Composable:
    return sql.SQL("GRANT {} ON {} TO {}").format(
        sql.SQL(rights), sql.Identifier(*table.split(".")), _KEEPER
    )


def _listed(names: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _place(model: type[models.Model]) -> str:
    room = policy_of(model).room if model in declared() else Room.ACCOUNT
    schema = "public" if room is Room.ACCOUNT else room.value
    return f"{schema}.{model._meta.db_table}"
