"""The per-row report of a batch: every row that was rejected or kept with a value left empty."""

import csv
import io
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _

from ceasefire.access.exports.cells import safe
from ceasefire.intake.models import Batch, RowFault


def report_csv(batch: Batch) -> BinaryIO:
    """An open temporary file, at its beginning; one line for each fault, in row order."""
    report = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    # The mark tells Excel that the file is UTF-8.
    text = io.TextIOWrapper(report, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(
        [_("Row in the file"), _("What became of it"), _("Column"), _("Why"), _("What to do")]
    )
    for fault in RowFault.objects.filter(batch=batch).iterator(chunk_size=2_000):
        writer.writerow(_line(fault))
    text.flush()
    text.detach()
    report.seek(0)
    return report


def _line(fault: RowFault) -> list:
    became = _("rejected") if fault.rejected else _("kept, this value left empty")
    return [fault.row_number, became, *map(safe, (fault.column, fault.reason, fault.remedy))]


def report_name(batch: Batch) -> str:
    return f"{batch.feed.name}-batch-{batch.pk}-rows.csv"
