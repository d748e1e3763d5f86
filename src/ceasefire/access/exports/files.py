"""The file itself, with its identifier in sight and in every row.

A CSV file ends with a line that says who took it and why; a workbook says so in its footer and
its properties. Each row's last column holds the identifier, so that any one row that is left
names the export. Whoever cuts that column out as well leaves no trace in a CSV file.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ceasefire.access.exports.cells import plain, safe
from ceasefire.access.exports.models import Export
from ceasefire.access.exports.tables import Column


def written(export: Export, columns: Sequence[Column], rows: Iterable) -> tuple[bytes, str]:
    """The file and its SHA-256."""
    lines = [[plain(column.value(row)) for column in columns] for row in rows]
    heads = [str(column.title) for column in columns]
    write = _workbook if export.form == Export.Form.XLSX else _csv
    made = write(export, heads, lines)
    return made, hashlib.sha256(made).hexdigest()


def notice(export: Export) -> str:
    """Who took what, when and why, as a reader of the file sees it."""
    return _(
        "Export %(identifier)s, made for %(who)s at %(when)s. Purpose: %(purpose)s. "
        "To be deleted by %(until)s. Not to be passed on."
    ) % {
        "identifier": export.identifier,
        "who": export.made_by,
        "when": _moment(export.made_at),
        "purpose": export.purpose,
        "until": _moment(export.expires_at),
    }


def _moment(at) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


def _csv(export: Export, heads: list[str], lines: list[list]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*map(safe, heads), _("Export")])
    for line in lines:
        cells = (safe(cell) if isinstance(cell, str) else cell for cell in line)
        writer.writerow([*cells, export.identifier])
    writer.writerow([f"# {notice(export)}"])
    # The mark tells Excel that the file is UTF-8.
    return text.getvalue().encode("utf-8-sig", "replace")


def _workbook(export: Export, heads: list[str], lines: list[list]) -> bytes:
    book = Workbook(write_only=True)
    book.properties.identifier = export.identifier
    book.properties.creator = _text(export.made_by)
    book.properties.description = _text(notice(export))
    sheet = book.create_sheet(export.table[:31])
    sheet.oddFooter.center.text = export.identifier
    for line in ([*heads, _("Export")], *([*line, export.identifier] for line in lines)):
        sheet.append([_cell(sheet, value) for value in line])
    sheet.append([_cell(sheet, notice(export))])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(sheet, value) -> WriteOnlyCell:
    """Numbers as numbers; every text typed as text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=_text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        # Stays a text even when somebody edits the cell.
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    return cell


def _text(value: str) -> str:
    """XML has no control characters."""
    return ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode()
