"""A small Excel workbook, written part by part so that its bytes never change.

A library would stamp the time of writing into it, and compressed bytes differ between versions of
zlib, so the parts are stored uncompressed with a fixed time.
"""

import io
from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DAY_ZERO = date(1899, 12, 30)
# Two cell formats: 0 plain, 1 a date (number format 14, shown as the reader's short date).
_PLAIN = 'fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {_PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="2"><xf numFmtId="0" {_PLAIN} xfId="0"/>'
    f'<xf numFmtId="14" {_PLAIN} xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def stored_zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of uncompressed parts, all dated 1 January 1980."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, content in parts:
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def workbook(sheets: dict[str, list[tuple]]) -> bytes:
    """An .xlsx of named sheets; cells are text, numbers, dates, or None for an empty cell."""
    parts = [("[Content_Types].xml", _content_types(len(sheets)))]
    parts.append(("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])))
    parts.append(("xl/workbook.xml", _index(list(sheets))))
    links = [("worksheet", f"worksheets/sheet{i + 1}.xml") for i in range(len(sheets))]
    parts.append(("xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles.xml")])))
    parts.append(("xl/styles.xml", _STYLES))
    for i, rows in enumerate(sheets.values()):
        parts.append((f"xl/worksheets/sheet{i + 1}.xml", _sheet(rows)))
    return stored_zip((name, (_HEAD + text).encode()) for name, text in parts)


def _content_types(count: int) -> str:
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds += [(f"/xl/worksheets/sheet{i + 1}.xml", "worksheet") for i in range(count)]
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in kinds
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{i + 1}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _index(names: list[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{i + 1}" r:id="rId{i + 1}"/>'
        for i, name in enumerate(names)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>'


def _sheet(rows: list[tuple]) -> str:
    lines = "".join(
        f'<row r="{r}">{"".join(_cell(r, c, v) for c, v in enumerate(row))}</row>'
        for r, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(row: int, column: int, value: object) -> str:
    at = f"{chr(65 + column)}{row}"
    if value is None:
        return ""
    if isinstance(value, date):
        return f'<c r="{at}" s="1"><v>{(value - _DAY_ZERO).days}</v></c>'
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{at}"><v>{value}</v></c>'
