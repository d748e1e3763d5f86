"""Raises the wall: makes the roles, tells the database the home's key, and runs the blueprint."""

from contextlib import suppress

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import errors, sql

from ceasefire.access.walls import blueprint, proof
from ceasefire.access.walls.names import KEEPER, ROOMS, WEB

NOLOGIN = (*ROOMS.values(), KEEPER)


def wall_raise(*, again: bool = False) -> bool:
    """Bring the database's wall up to the declared policies; whether anything had to change.

    again: also where it stands, because tables have changed under it. Works as the tables' owner,
    in one transaction. Safe to repeat and to race.
    """
    owner = connections["owner"]
    owner.ensure_connection()
    connection: psycopg.Connection = owner.connection
    digest = blueprint.digest(connection)
    if not again and _stands(connection, digest):
        return False
    roles_make(connection)
    with connection.transaction():
        # One process raises the wall; others wait, find it standing and go on.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('ceasefire.wall'))")
        if not again and _stands(connection, digest):
            return False
        for statement in blueprint.statements():
            connection.execute(statement)
        _key_tell(connection)
        _remember(connection, digest)
    return True


def roles_make(connection: psycopg.Connection) -> None:
    """The roles belong to the whole server: another database of it may be making them just now."""
    for name in NOLOGIN:
        rights = " BYPASSRLS" if name == KEEPER else ""
        _once(connection, sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT" + rights), name)
    _once(connection, sql.SQL("CREATE ROLE {} LOGIN NOINHERIT"), WEB)
    for room in ROOMS.values():
        if not _one(connection, "SELECT pg_has_role(%s, %s, 'MEMBER')", WEB, room):
            _said(
                connection,
                sql.SQL("GRANT {} TO {}").format(sql.Identifier(room), sql.Identifier(WEB)),
            )
    _hide_statements(connection)
    password = settings.DATABASES["default"]["PASSWORD"]
    if not _may_sign_in(password):
        _said(
            connection,
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(WEB), sql.Literal(password)),
        )


def _hide_statements(connection: psycopg.Connection) -> None:
    """All rooms share one login: none may read in the server's list what another is asking."""
    wanted = "track_activities=off"
    held = "SELECT coalesce(%s = ANY (rolconfig), false) FROM pg_roles WHERE rolname = %s"
    if _one(connection, held, wanted, WEB):
        return
    # Where the owner is no superuser, a superuser must say it: ADR 0014.
    with suppress(errors.InsufficientPrivilege):
        _said(
            connection,
            sql.SQL("ALTER ROLE {} SET track_activities = off").format(sql.Identifier(WEB)),
        )


def _once(connection: psycopg.Connection, statement: sql.SQL, name: str) -> None:
    if _one(connection, "SELECT count(*) > 0 FROM pg_roles WHERE rolname = %s", name):
        return
    _said(connection, statement.format(sql.Identifier(name)))


def _said(connection: psycopg.Connection, statement: sql.Composed) -> None:
    """Say it of the server's roles; another home of the server may be saying the same just now."""
    try:
        with connection.transaction():
            connection.execute(statement)
    except (errors.DuplicateObject, errors.UniqueViolation):
        return
    except errors.InternalError_ as refused:
        if "concurrently updated" not in str(refused):
            raise


def _may_sign_in(password: str) -> bool:
    wanted = connections["default"].get_connection_params()
    try:
        psycopg.connect(
            dbname=wanted["dbname"], user=WEB, password=password, host=wanted.get("host"),
            port=wanted.get("port"), connect_timeout=5,
        ).close()  # fmt: skip
    except psycopg.OperationalError:
        return False
    return True


def _stands(connection: psycopg.Connection, digest: str) -> bool:
    if not _one(connection, "SELECT to_regclass('wall.blueprint') IS NOT NULL"):
        return False
    return _one(connection, "SELECT count(*) > 0 FROM wall.blueprint WHERE digest = %s", digest)


def _remember(connection: psycopg.Connection, digest: str) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS wall.blueprint (digest text)")
    connection.execute("DELETE FROM wall.blueprint")
    connection.execute("INSERT INTO wall.blueprint VALUES (%s)", [digest])


def _key_tell(connection: psycopg.Connection) -> None:
    connection.execute(
        """
        INSERT INTO wall.key (inner_pad, outer_pad) VALUES (%s, %s)
        ON CONFLICT (only_one) DO UPDATE SET inner_pad = EXCLUDED.inner_pad,
            outer_pad = EXCLUDED.outer_pad
        """,
        proof.pads(),
    )


def _one(connection: psycopg.Connection, query: str, *values):
    return connection.execute(query, values).fetchone()[0]
