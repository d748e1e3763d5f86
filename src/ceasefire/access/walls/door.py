"""The names door in the database: for each table with names, one function that reads them.

It gives the names of rows that the asker reads anyway, writes the row of the audit log before it
gives them, and belongs to the one room. Nobody may select the columns themselves.
"""

from collections.abc import Iterator

from django.db import connections, models
from psycopg import sql

from ceasefire.access.narrowing import names
from ceasefire.access.policies import Policy
from ceasefire.access.walls.names import KEEPER, ROOMS

# What is asked has names of its own: a table may have a column `purpose`.
DOOR = """
CREATE FUNCTION {door}(asked_ids bigint[], asked_purpose text, asked_route text)
RETURNS TABLE (row_id bigint, {types})
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
DECLARE
    shown_ids bigint[] := ARRAY[]::bigint[];{certified}
BEGIN
    IF wall.admits({anybody}) THEN
        shown_ids := ARRAY(
            SELECT t.id FROM {table} AS t WHERE t.id = ANY (asked_ids) AND {reach} ORDER BY t.id);
    END IF;
    IF cardinality(shown_ids) > 0 THEN
        PERFORM wall.audit_entry(
            'names.read', {label},
            CASE WHEN cardinality(shown_ids) = 1 THEN shown_ids[1]::text ELSE '' END,
            {subjects}, {fields}, asked_purpose, asked_route, 'shown', NULL, '{{}}');
        -- Whoever takes the transaction back takes back the row, and not the server's own log.
        RAISE LOG 'ceasefire: account % was given names of % %',
            wall.own_account(), {label}, shown_ids;
    END IF;
    {masking}
    RETURN QUERY SELECT t.id, {columns} FROM {table} AS t WHERE t.id = ANY (shown_ids);
END $$
"""
# What the machine compares and nobody is shown: signed with this home's key, so that no page and
# no statement of anybody's own can ask it. The log says how many rows it was.
COMPARING = """
CREATE FUNCTION {compared}(asked_purpose text, asked_route text, until bigint, mac bytea)
RETURNS TABLE (row_id bigint, {types})
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
DECLARE{certified}
    rows_read bigint;
BEGIN
    IF to_timestamp(until) < clock_timestamp() OR NOT wall.admits({comparing})
        OR NOT wall.signed(format('compared:%s:%s:%s',
            encode(wall.bearer_hash(), 'hex'), {label}, until), mac) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only this home''s own work compares names';
    END IF;
    SELECT count(*) INTO rows_read FROM {table} AS t WHERE {reach};
    PERFORM wall.audit_entry(
        'names.compared', {label}, '', '{{}}', {fields}, asked_purpose, asked_route, 'done', NULL,
        jsonb_build_object('rows', rows_read));
    RETURN QUERY SELECT t.id, {columns} FROM {table} AS t WHERE {reach};
END $$
"""
# Asked once, so that what is given and what the log says are one answer.
CERTIFIED = """
    certified boolean := wall.history_certified();"""
# Criminal-history data: who may ask for it, but lacks a certificate, leaves a row that says so.
MASKING = """
    IF cardinality(shown_ids) > 0 AND wall.admits({asking}) AND NOT certified THEN
        PERFORM wall.audit_entry(
            'history.masked', {label},
            CASE WHEN cardinality(shown_ids) = 1 THEN shown_ids[1]::text ELSE '' END,
            {subjects}, {fields}, asked_purpose, asked_route, 'denied', NULL, '{{}}');
    END IF;
"""


def function_of(model: type[models.Model], policy: Policy) -> sql.Identifier:
    """The door's function: services.names_of_outreach_client."""
    return sql.Identifier(policy.room.value, f"names_of_{model._meta.db_table}")


def comparing_of(model: type[models.Model], policy: Policy) -> sql.Identifier:
    """The function of the machine's own work: investigative.compared_registry_personrecord."""
    return sql.Identifier(policy.room.value, f"compared_{model._meta.db_table}")


def fields_of(model: type[models.Model], policy: Policy) -> list[models.Field]:
    """The fields behind the door, in the order in which the function gives them."""
    return [one for one in model._meta.concrete_fields if one.name in policy.named]


def statements(
    model: type[models.Model], policy: Policy, *, reach: sql.Composable
) -> Iterator[sql.Composable]:
    """reach: the condition on a row that is read, as row security has it."""
    schema = sql.Identifier(policy.room.value)
    table, keeper = sql.Identifier(policy.room.value, model._meta.db_table), sql.Identifier(KEEPER)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, keeper)
    yield sql.SQL("GRANT SELECT ON {} TO {}").format(table, keeper)
    door = function_of(model, policy) + sql.SQL("(bigint[], text, text)")
    yield from _function(door, _written(DOOR, model, policy, table, reach), policy.room)
    comparing = comparing_of(model, policy) + sql.SQL("(text, text, bigint, bytea)")
    if policy.compared:
        written = _written(COMPARING, model, policy, table, reach)
        yield from _function(comparing, written, policy.room)
    else:
        yield sql.SQL("DROP FUNCTION IF EXISTS {}").format(comparing)


def _function(signature, written: sql.Composable, room) -> Iterator[sql.Composable]:
    """A function of the keeper's, which one room may call."""
    yield sql.SQL("DROP FUNCTION IF EXISTS {}").format(signature)
    yield written
    yield sql.SQL("ALTER FUNCTION {} OWNER TO {}").format(signature, sql.Identifier(KEEPER))
    yield sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC").format(signature)
    yield sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(
        signature, sql.Identifier(ROOMS[room])
    )


def _written(template: str, model, policy: Policy, table, reach: sql.Composable) -> sql.Composable:
    fields = fields_of(model, policy)
    return sql.SQL(template).format(
        door=function_of(model, policy),
        compared=comparing_of(model, policy),
        comparing=names(policy.compared),
        schema=sql.Identifier(policy.room.value),
        table=table,
        reach=reach,
        anybody=names(frozenset().union(*policy.named.values())),
        label=sql.Literal(model._meta.label_lower),
        subjects=_subjects(model, policy, table),
        fields=_told(fields),
        masking=_masking(model, policy, table, fields),
        certified=sql.SQL(CERTIFIED if any(map(is_criminal_history, fields)) else ""),
        types=_joined(
            sql.SQL("{} {}").format(
                sql.Identifier(f"the_{field.column}"),
                sql.SQL(field.db_type(connections["owner"])),
            )
            for field in fields
        ),
        columns=_joined(_column(field, policy.named[field.name]) for field in fields),
    )


# Whom the log names: each row, or each of those whose names stand in the rows.
SUBJECTS = {
    True: "ARRAY(SELECT DISTINCT {label} || ':' || t.{whose} FROM {table} AS t"
    " WHERE t.id = ANY (shown_ids))",
    False: "ARRAY(SELECT {label} || ':' || one FROM unnest(shown_ids) AS one)",
}


def _subjects(model, policy: Policy, table: sql.Composable) -> sql.Composable:
    whose = model._meta.get_field(policy.whose) if policy.whose else None
    named = whose.related_model if whose else model
    return sql.SQL(SUBJECTS[whose is not None]).format(
        label=sql.Literal(named._meta.label_lower),
        whose=sql.Identifier(whose.column if whose else "id"),
        table=table,
    )


def _told(fields: list[models.Field]) -> sql.Composable:
    """What the log says was read: criminal-history data only under a certificate."""
    always = [one.name for one in fields if not is_criminal_history(one)]
    held_back = [one.name for one in fields if is_criminal_history(one)]
    if not held_back:
        return sql.Literal(always)
    return sql.SQL("CASE WHEN certified THEN {} ELSE {} END").format(
        sql.Literal(always + held_back), sql.SQL("{}::text[]").format(sql.Literal(always))
    )


def _masking(model, policy: Policy, table, fields: list[models.Field]) -> sql.Composable:
    held_back = [one.name for one in fields if is_criminal_history(one)]
    if not held_back:
        return sql.SQL("")
    return sql.SQL(MASKING).format(
        asking=names(frozenset().union(*(policy.named[one] for one in held_back))),
        label=sql.Literal(model._meta.label_lower),
        subjects=_subjects(model, policy, table),
        fields=sql.Literal(held_back),
    )


def _column(field: models.Field, asking) -> sql.Composable:
    besides = " AND certified" if is_criminal_history(field) else ""
    return sql.SQL("CASE WHEN (SELECT wall.admits({}))" + besides + " THEN t.{} END").format(
        names(asking), sql.Identifier(field.column)
    )


def is_criminal_history(field: models.Field) -> bool:
    """Of `access.names.CriminalHistoryField`, which is built upon this module."""
    return getattr(field, "criminal_history", False)


def _joined(parts) -> sql.Composable:
    return sql.SQL(", ").join(parts)
