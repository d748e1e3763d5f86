"""Django's PostgreSQL backend, which shows each transaction who is asking and in which room.

The identity is set locally in the transaction, and again after anything that may have undone it;
never on the session, where the connection's next borrower would find it.
"""

import psycopg
from django.db import transaction
from django.db.backends.postgresql import base

from ceasefire.access import identity

TELL = "SELECT set_config('role', %s, true), set_config('wall.proof', %s, true)"
UNKNOWN = None


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._told = identity.NOBODY
        self.execute_wrappers.append(self._as_the_asker)

    def _as_the_asker(self, execute, sql, params, many, context):
        if self.in_atomic_block or not self.autocommit or identity.shown() == identity.NOBODY:
            self._tell()
            return execute(sql, params, many, context)
        # A statement by itself is a transaction by itself, and the identity lives in no other.
        with transaction.atomic(using=self.alias):
            self._tell()
            return execute(sql, params, many, context)

    def _cursor(self, name=None):
        cursor = super()._cursor(name)
        if self.in_atomic_block:
            self._tell()  # COPY passes by the wrapper of statements
        return cursor

    def _tell(self) -> None:
        wanted = identity.shown()
        if self._told == wanted:
            return
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            # Bound by the server: others who share the role can read the text of a statement.
            psycopg.Cursor(self.connection).execute(TELL, wanted)
        self._told = wanted

    def close_if_unusable_or_obsolete(self):
        """Between two borrowers the session is made as new: no setting, cursor, lock or temporary
        table of one is found by the next."""
        super().close_if_unusable_or_obsolete()
        if self.connection is None or self.in_atomic_block:
            return
        try:
            self.connection.execute("DISCARD ALL")
            self.init_connection_state()
        except psycopg.Error:
            self.close()
        self._told = identity.NOBODY

    def _set_autocommit(self, autocommit):
        super()._set_autocommit(autocommit)
        self._told = identity.NOBODY

    def _commit(self):
        super()._commit()
        self._told = identity.NOBODY

    def _rollback(self):
        super()._rollback()
        self._told = identity.NOBODY

    def _savepoint_rollback(self, sid):
        # A transaction that has failed takes no other word before this one.
        self._told = identity.shown()
        super()._savepoint_rollback(sid)
        self._told = UNKNOWN
