"""An edition as files: a tagged PDF, a workbook with every figure, each chart for a slide."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ceasefire.access.exports.cells import safe
from ceasefire.kit import documents
from ceasefire.kit.charts import Chart
from ceasefire.kit.tables import Number
from ceasefire.problem_analysis.study import groups
from ceasefire.problem_analysis.study.items.order import CHAPTERS
from ceasefire.problem_analysis.study.models import Edition, PublicEdition
from ceasefire.problem_analysis.study.results import Item, Unit, read
from ceasefire.problem_analysis.study.showing import Showing, Shown, counted
from ceasefire.registry.words import day, moment

TEMPLATE = Path(__file__).parents[1] / "templates" / "problem_analysis" / "study.typ"
FORMATS = {
    Unit.COUNT: "#,##0", Unit.SHARE: "0.0%", Unit.RATE: "0.0", Unit.MEAN: "0.0",
    Unit.RATIO: "0.00", Unit.P: "0.000", Unit.MONEY: "$#,##0",
}  # fmt: skip
RESTRICTED = gettext_lazy("Law enforcement only. For %(reader)s. Do not copy or pass on.")
PUBLIC = gettext_lazy("Public edition.")


def write(edition: Edition | PublicEdition, folder: Path, *, reader: str) -> list[Path]:
    """Write the files of an edition, in the active language. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "figures").mkdir(exist_ok=True)
    items = [read(one) for one in edition.items]
    written = [_written(folder / "study.pdf", pdf(edition, reader=reader))]
    book = folder / "study.xlsx"
    workbook(edition).save(book)
    written.append(book)
    show = showing("print")
    for item in items:
        for one, chart in zip(item.figures, show.item(item).figures, strict=True):
            name = f"{item.number}-{one.key}"
            written += _pictures(folder / "figures" / name, chart)
    return written


def _pictures(path: Path, chart: Chart) -> Iterator[Path]:
    svg = str(chart.printed)
    yield _written(path.with_suffix(".svg"), svg.encode())
    yield _written(
        path.with_suffix(".png"), documents.picture(svg, title=chart.title, sentence=chart.sentence)
    )


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def showing(palette: str) -> Showing:
    """Shows the items of an edition to whoever asks, with the groups that they may read."""

    return Showing(palette=palette, group=groups.named())


def pdf(edition: Edition | PublicEdition, *, reader: str) -> bytes:
    """The whole study on paper: contents, chapters, every table and figure with its notes on pages
    of its own; last, what the register cannot tell, and why."""
    show = showing("print")
    items = [read(one) for one in edition.items]
    told = [one for one in items if not (one.lacking or one.left_out)]
    chapters = [
        {
            "title": str(title),
            "items": [_item(show.item(one)) for one in told if one.chapter == key],
        }
        for key, title in CHAPTERS.items()
        if any(one.chapter == key for one in told)
    ]
    silent = [_item(show.item(one)) for one in items if one not in told]
    return documents.pdf(TEMPLATE, _head(edition, reader) | {
        "chapters": chapters,
        "silent": {"title": _("What is not told here"), "items": silent},
    })  # fmt: skip


def _head(edition: Edition | PublicEdition, reader: str) -> dict:
    is_public = isinstance(edition, PublicEdition)
    study = edition if is_public else edition.study
    number = edition.edition if is_public else edition.pk
    stamp = [_("Edition %(n)s") % {"n": number}]
    if not is_public:
        stamp.append(str(edition.get_state_display()))
    if edition.as_of:
        stamp.append(_("As of %(moment)s") % {"moment": moment(edition.as_of)})
    told = [] if is_public else _told(edition)
    return {
        "language": (get_language() or "en").partition("-")[0],
        "title": _("Gun violence problem analysis"),
        "city": edition.city if is_public else edition.plan["city"],
        "days": _("%(start)s to %(end)s") % {"start": day(study.starts), "end": day(study.ends)},
        "stamp": stamp,
        "mark": str(PUBLIC) if is_public else str(RESTRICTED) % {"reader": reader},
        "author": reader,
        "contents": _("Contents"),
        "page": _("page"), "of": _("of"),
        "told": told,
        "hash": edition.content_hash,
        "hash_label": _("Fingerprint of all that this edition says"),
    }  # fmt: skip


def _told(edition: Edition) -> list[list[str]]:
    plan = edition.plan
    left_out = sum(plan["left_out"].values())
    return [
        [_("What counts as a shooting"), plan["definition"]],
        [_("Left out of the study's days"), _("%(n)s shootings") % {"n": left_out}],
        [_("Code that counted"), edition.code_version],
        [_("Fingerprint of what was read"), edition.data_hash],
    ]


def _item(shown: Shown) -> dict:
    return {
        "title": f"{shown.number} {shown.title}",
        "about": shown.about,
        "sentences": shown.sentences,
        "lacking": shown.lacking,
        "tables": [
            {
                "caption": table.caption,
                "columns": [str(column) for column in table.columns],
                "align": ["right" if isinstance(c, Number) else "left" for c in table.columns],
                "rows": table.rows,
                "foot": table.foot,
            }
            for table in shown.tables
        ],
        "figures": [
            {"svg": str(chart.printed), "alt": f"{chart.title}. {chart.sentence}",
             "title": str(chart.title), "sentence": str(chart.sentence)}
            for chart in shown.figures
        ],
        "notes": shown.notes,
    }  # fmt: skip


def workbook(edition: Edition | PublicEdition) -> Workbook:
    """A sheet for each item that has tables; figures as numbers, with their units as formats."""
    book, show = Workbook(), showing("print")
    first = book.active
    first.title = _("Contents")[:31]
    _line(first, [_("Number"), _("Title"), _("Unit"), _("Shares are of")], bold=True)
    for item in (read(one) for one in edition.items):
        told = (item.title, item.unit, item.denominator)
        _line(first, [item.number, *(show.words(one) for one in told)])
        if item.tables:
            _sheet(book.create_sheet(item.number), item, show)
    _widths(first, (10, 40, 50, 60))
    return book


def _sheet(sheet, item: Item, show: Showing) -> None:
    _line(sheet, [f"{item.number} {show.words(item.title)}"], bold=True)
    for told in (item.definition, item.unit, item.denominator, item.method):
        _line(sheet, [show.words(told)])
    for table in item.tables:
        sheet.append([])
        _line(sheet, [f"{show.words(table.caption)}. {counted(table.of)}"], bold=True)
        heads = [show.words(one.label) for one in table.columns]
        _line(sheet, [show.words(table.stub), *heads], bold=True)
        for row in table.rows:
            note = f" ({show.words(row.note)})" if row.note else ""
            _line(sheet, [show.words(row.label) + note, *row.cells])
            for cell, column in zip(sheet[sheet.max_row][1:], table.columns, strict=False):
                cell.number_format = FORMATS[column.unit]
    _widths(sheet, (44,))


def _line(sheet, values: list, *, bold: bool = False) -> None:
    sheet.append([safe(one) if isinstance(one, str) else one for one in values])
    for cell in sheet[sheet.max_row] if bold else ():
        cell.font = Font(bold=True)


def _widths(sheet, widths: tuple[int, ...]) -> None:
    for nth, wide in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(nth)].width = wide
    sheet["A1"].alignment = Alignment(vertical="top")
