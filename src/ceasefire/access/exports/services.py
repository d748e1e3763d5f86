"""Verbs on exports: ask, approve, take."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ceasefire.access import audit
from ceasefire.access.exports.files import written
from ceasefire.access.exports.models import Export
from ceasefire.access.exports.tables import Column, Table, table_named
from ceasefire.access.identity import Actor
from ceasefire.access.policies import NotPermitted, require_change

# Letters and digits that nobody mistakes for one another.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class ExportRefused(Exception):
    """An export cannot be asked for, approved or taken; the message says what to do."""


@transaction.atomic
def export_request(
    *, table: str, purpose: str, columns: Sequence[str] | None = None,
    selection: dict | None = None, form: str = Export.Form.CSV,
) -> Export:  # fmt: skip
    """Ask for a file; few rows, or rows about nobody, are ready at once, others want approval.

    Raises ExportRefused, and NotPermitted without the right.
    """
    actor = require_change(Export)
    what = _table(table)
    chosen = _columns(what, columns)
    _require_rights(actor, what, chosen)
    if not purpose.strip():
        raise ExportRefused(_("An export has a purpose: say which meeting or case it serves."))
    if form not in Export.Form.values:
        raise ExportRefused(_("A table leaves as CSV or as an Excel workbook."))
    rows = len(_rows(what, selection or {}))
    asked = Export.objects.create(
        identifier=_identifier(),
        maker_id=actor.user_id,
        made_by=actor.name,
        agency_id=actor.agency_id,
        table=what.name,
        room=what.room,
        selection=selection or {},
        columns=[column.name for column in chosen],
        form=form,
        purpose=purpose.strip(),
        rows=rows,
        with_names=any(column.names for column in chosen),
        wants_approval=what.person_linked and rows > settings.EXPORT_ROWS_ALONE,
        expires_at=timezone.now() + timedelta(hours=settings.EXPORT_HOURS),
    )
    _note("export.asked", asked)
    return asked


@transaction.atomic
def export_approve(*, export: Export) -> Export:
    """The second person's yes. Raises ExportRefused, and NotPermitted without the right."""
    actor = require_change(Export)
    held = _locked(export)
    if actor.user_id is None or actor.user_id == held.maker_id:
        raise NotPermitted(_("An export is approved by somebody else than who asked for it."))
    _require_rights(actor, *_asked(held))
    _require_open(held)
    if not held.waits:
        raise ExportRefused(_("This export wants no approval any more."))
    held.approved_by_id, held.approved_at = actor.user_id, timezone.now()
    held.save(update_fields=["approved_by", "approved_at"])
    _note("export.approved", held)
    return held


@transaction.atomic
def export_take(*, export: Export) -> bytes:
    """The file, once, for whoever asked for it and still has the right.

    It is made now, so that it holds only what that person may see now. Raises ExportRefused,
    OverBudget beyond the reading budget, and NotPermitted without the right.
    """
    actor = require_change(Export)
    held = _locked(export)
    if actor.user_id != held.maker_id:
        raise NotPermitted(_("Only who asked for an export takes it."))
    what, columns = _asked(held)
    _require_rights(actor, what, columns)
    _require_open(held)
    if held.waits:
        raise ExportRefused(_("This export waits for a second person's approval."))
    rows = _rows(what, held.selection)
    if len(rows) > held.rows and what.person_linked:
        raise ExportRefused(_("The table has grown since the export was asked for. Ask again."))
    held.rows = len(rows)
    made, held.sha256 = written(held, columns, rows)
    held.taken_at = timezone.now()
    held.save(update_fields=["rows", "sha256", "taken_at"])
    # What a second person has approved is done; what nobody else has seen is a reading like any
    # other, and counts against the budget of whoever takes it.
    _note("export.taken", held, what.subjects(rows), "done" if held.approved_by_id else "shown")
    return made


def exports_expire() -> int:
    """Note in the log every export whose time is over and that nobody took; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.exports_expire()")
        return cursor.fetchone()[0]


def _note(verb: str, export: Export, subjects: Sequence[str] = (), result: str = "done") -> None:
    facts = {"identifier": export.identifier, "table": export.table, "rows": export.rows}
    audit.record(
        verb, export, subjects=subjects, fields=export.columns, purpose=export.purpose,
        result=result, detail=facts,
    )  # fmt: skip


def _locked(export: Export) -> Export:
    return Export.objects.select_for_update().get(pk=export.pk)


def _asked(export: Export) -> tuple[Table, list[Column]]:
    what = _table(export.table)
    return what, _columns(what, export.columns)


def _table(name: str) -> Table:
    try:
        return table_named(name)
    except KeyError:
        raise ExportRefused(_("There is no table '%s' that may leave.") % name) from None


def _columns(what: Table, names: Sequence[str] | None) -> list[Column]:
    try:
        chosen = what.chosen(names)
    except KeyError as unknown:
        raise ExportRefused(
            _("The table %(table)s has no column %(column)s.")
            % {"table": what.title, "column": unknown.args[0]}
        ) from None
    if not chosen:
        raise ExportRefused(_("Choose at least one column."))
    return chosen


def _require_rights(actor: Actor, what: Table, columns: Sequence[Column]) -> None:
    if not what.may_export(actor):
        raise NotPermitted(_("%(who)s may not export this table.") % {"who": actor.name})
    if any(column.names for column in columns) and not what.may_export_names(actor):
        raise NotPermitted(_("%(who)s may not export columns with names.") % {"who": actor.name})


def _require_open(export: Export) -> None:
    if export.taken_at is not None:
        raise ExportRefused(_("This export has been taken already. Ask for a new one."))
    if export.is_expired:
        raise ExportRefused(_("This export has expired. Ask for a new one."))


def _rows(what: Table, selection: dict) -> list:
    most = settings.EXPORT_ROWS_MOST
    rows = list(islice(iter(what.rows(selection)), most + 1))
    if len(rows) > most:
        raise ExportRefused(
            _("More than %(most)s rows cannot leave at once. Narrow the dates or the area.")
            % {"most": f"{most:,}"}
        )
    return rows


def _identifier() -> str:
    groups = ("".join(secrets.choice(_ALPHABET) for _place in range(4)) for _group in range(3))
    return "CF-" + "-".join(groups)
