"""The part of the wall that opens one hidden record: of each model that declares it, a function."""

from collections.abc import Collection, Iterator

from django.db import models
from psycopg import sql

from ceasefire.access.narrowing import names
from ceasefire.access.partitions import Room
from ceasefire.access.purposes.narrowing import WithPurpose
from ceasefire.access.walls.names import KEEPER, ROOMS, WEB

# Written by functions alone; no room may.
WRITTEN = "access_opening"
READ = ("access_holiday",)
# Called by the other functions alone.
INNER = (
    "glass_note(text, text, bigint, text, jsonb)",
    "glass_refusal(bigint, bigint)",
    "glass_look(bigint, text)",
)
EVERYBODY = sql.SQL(", ").join(map(sql.Identifier, (WEB, *ROOMS.values())))

LOOK = """
CREATE FUNCTION {function}(of_opening bigint) RETURNS TABLE ({returned})
LANGUAGE plpgsql SECURITY DEFINER ROWS 1 SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    wanted bigint := wall.glass_look(of_opening, {model});
BEGIN
    IF wanted IS NOT NULL THEN
        RETURN QUERY SELECT {columns} FROM {table} AS t WHERE t.{key} = wanted AND {besides};
    END IF;
END $$
"""


def function_name(model: type[models.Model]) -> str:
    return f"glass_{model._meta.db_table}"


def columns_of(model: type[models.Model], hidden: Collection[str]) -> list[str]:
    """The columns that an opening shows: all but those which identify somebody."""
    return [one.column for one in model._meta.concrete_fields if one.name not in hidden]


def begin() -> Iterator[sql.Composable]:
    """Before any model: nothing may be opened but what a policy declares now."""
    yield sql.SQL("DELETE FROM wall.glass_model")
    yield sql.SQL("GRANT SELECT, INSERT, UPDATE ON {} TO {}").format(
        sql.Identifier(WRITTEN), sql.Identifier(KEEPER)
    )
    for name in READ:
        yield sql.SQL("GRANT SELECT ON {} TO {}").format(
            sql.Identifier(name), sql.Identifier(KEEPER)
        )
    for name in INNER:
        yield sql.SQL("REVOKE ALL ON FUNCTION wall.{} FROM {}").format(sql.SQL(name), EVERYBODY)


def model_functions(model: type[models.Model], policy) -> Iterator[sql.Composable]:
    """After the model's own table and rights: its function, or none where it declares none."""
    function = sql.Identifier("wall", function_name(model))
    yield sql.SQL("DROP FUNCTION IF EXISTS {}(bigint)").format(function)
    if policy.glass is None:
        return
    table = sql.Identifier(policy.room.value, model._meta.db_table)
    shown = columns_of(model, policy.named)
    yield from _schema_and_columns(policy.room, table, shown)
    yield _declared(model, policy)
    yield sql.SQL(LOOK).format(
        function=function,
        model=sql.Literal(model._meta.label_lower),
        returned=sql.SQL(", ").join(_typed(policy.room, model, name) for name in shown),
        columns=sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in shown),
        table=table,
        key=sql.Identifier(model._meta.pk.column),
        besides=_besides(model, policy),
    )
    yield from _handed_over(function, policy.room)


def _besides(model: type[models.Model], policy) -> sql.Composable:
    """What narrows every reader, and so an opening too: it lifts only what limits some.

    A record that its agency hides from everybody else is absent. That a purpose is stated is all
    the same here: an opening has a reason of its own.
    """
    narrowing = [one for one in policy.also if not isinstance(one, WithPurpose)]
    return sql.SQL(" AND ").join([sql.SQL("true"), *(one.condition(model) for one in narrowing)])


def _typed(room: Room, model, name: str) -> sql.Composable:
    return sql.SQL("{} {}%TYPE").format(
        sql.Identifier(name), sql.Identifier(room.value, model._meta.db_table, name)
    )


def _schema_and_columns(room: Room, table, shown) -> Iterator[sql.Composable]:
    keeper = sql.Identifier(KEEPER)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(room.value), keeper)
    yield sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(
        sql.SQL(", ").join(map(sql.Identifier, shown)), table, keeper
    )


def _declared(model: type[models.Model], policy) -> sql.Composable:
    said = [
        *(model._meta.label_lower, policy.room.value, policy.room.value, model._meta.db_table),
        *(model._meta.pk.column, model._meta.get_field(policy.glass.owner).column),
        _besides(model, policy).as_string(None),
    ]
    return sql.SQL("INSERT INTO wall.glass_model VALUES ({}, {})").format(
        sql.SQL(", ").join(map(sql.Literal, said)), names(policy.glass.by)
    )


def _handed_over(function, room: Room) -> Iterator[sql.Composable]:
    yield sql.SQL("ALTER FUNCTION {}(bigint) OWNER TO {}").format(function, sql.Identifier(KEEPER))
    yield sql.SQL("REVOKE ALL ON FUNCTION {}(bigint) FROM PUBLIC, {}").format(function, EVERYBODY)
    yield sql.SQL("GRANT EXECUTE ON FUNCTION {}(bigint) TO {}").format(
        function, sql.Identifier(ROOMS[room])
    )
