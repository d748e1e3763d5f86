"""Exports as pages print them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ceasefire.access.exports.models import Export
from ceasefire.access.exports.tables import table_named
from ceasefire.kit.tables import Badge, Link, Number


def state(export: Export) -> Badge:
    """In which of its states an export is, in words."""
    if export.taken_at:
        return Badge(_("taken"), "ok")
    if export.is_expired:
        return Badge(_("lapsed, nobody took it"), "")
    if export.waits:
        return Badge(_("waits for a second person"), "due")
    return Badge(_("ready to take"), "due")


def title(name: str) -> str:
    """A table that an earlier version of the product knew is shown by its name."""
    try:
        return str(table_named(name).title)
    except KeyError:
        return name


def columns() -> list:
    return [_("Export"), _("Table"), _("Asked by"), _("Asked"), Number(_("Rows")), _("State")]


def row(export: Export) -> list:
    link = Link(export.identifier, reverse("exports:one", args=[export.pk]))
    return [
        *(link, title(export.table), export.made_by, export.made_at, export.rows, state(export)),
    ]


def facts(export: Export) -> list[tuple]:
    """Everything about one export; approver_name and agency_name are beside it."""
    chosen = ", ".join(f"{name}: {value}" for name, value in _chosen(export))
    return [
        (_("Table"), title(export.table)),
        (_("Rows chosen"), chosen or _("all")),
        (_("Rows"), export.rows),
        (_("Columns"), ", ".join(_column_titles(export))),
        (_("File"), export.get_form_display()),
        (_("Purpose"), export.purpose),
        (_("Asked by"), export.made_by),
        (_("Agency"), export.agency_name),
        (_("Asked"), export.made_at),
        (_("Lapses"), export.expires_at),
        (_("Approved by"), export.approver_name),
        (_("Approved"), export.approved_at),
        (_("Taken"), export.taken_at),
        (_("SHA-256 of the file"), export.sha256),
    ]


def _chosen(export: Export) -> list[tuple]:
    try:
        return table_named(export.table).chosen_words(export.selection)
    except KeyError:
        return list(export.selection.items())


def _column_titles(export: Export) -> list[str]:
    try:
        titles = {column.name: str(column.title) for column in table_named(export.table).columns}
    except KeyError:
        titles = {}
    return [titles.get(name, name) for name in export.columns]
