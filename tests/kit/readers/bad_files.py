"""Files that no reader should accept, made on the spot: nothing of this kind is kept."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import openpyxl

MB = 1024 * 1024
HEADER = "incident,date,street,hurt\n"


def rows_of_text(count: int) -> str:
    lines = (f"{i},2024-01-{i % 28 + 1:02d},{i} MAIN ST,{i % 3}\n" for i in range(count))
    return HEADER + "".join(lines)


def workbook(path: Path, rows=(("incident", "street"), (1, "MAIN ST"))) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def with_member(path: Path, name: str, data: bytes) -> Path:
    """The same workbook with one of its parts replaced."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            target.writestr(member, data if member == name else source.read(member))
        if name not in source.namelist():
            target.writestr(name, data)
    return path


def gzip_bomb(folder: Path) -> Path:
    path = folder / "bomb.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(HEADER.encode())
        for _ in range(100):
            file.write(b"1,2024-01-01,MAIN ST,0\n" * (MB // 23))
    return path


def workbook_bomb(folder: Path) -> Path:
    path = workbook(folder / "bomb.xlsx")
    row = b'<row><c t="inlineStr"><is><t>A</t></is></c></row>'
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += b"<sheetData>" + row * (80 * MB // len(row)) + b"</sheetData></worksheet>"
    return with_member(path, "xl/worksheets/sheet1.xml", sheet)


def entity_bomb(folder: Path) -> Path:
    path = workbook(folder / "entities.xlsx")
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY e0 "ha">{levels}]>'
    text += '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    text += "<si><t>&e11;</t></si></sst>"
    return with_member(path, "xl/sharedStrings.xml", text.encode())


def entity_bomb_in_wide_text(folder: Path) -> Path:
    path = entity_bomb(folder)
    text = zipfile.ZipFile(path).read("xl/sharedStrings.xml").decode()
    return with_member(path, "xl/sharedStrings.xml", text.encode("utf-16"))


def sparse_workbook(folder: Path) -> Path:
    """Two cells, in opposite corners of the largest sheet there is."""
    path = workbook(folder / "sparse.xlsx")
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return with_member(path, "xl/worksheets/sheet1.xml", sheet.encode())


def cut_gzip(folder: Path) -> Path:
    path = folder / "cut.csv.gz"
    data = gzip.compress(rows_of_text(20_000).encode())
    path.write_bytes(data[: len(data) // 2])
    return path


def cut_workbook(folder: Path) -> Path:
    path = workbook(folder / "cut.xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    return path


def protected_workbook(folder: Path) -> Path:
    path = folder / "secret.xlsx"
    directory = "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + directory + bytes(4096))
    return path


def wide_header(folder: Path) -> Path:
    path = folder / "wide.csv"
    names = ",".join(f"c{i}" for i in range(3_000))
    path.write_text(f"{names}\n{names}\n")
    return path


def deep_geojson(folder: Path) -> Path:
    path = folder / "deep.geojson"
    nested = "[" * 10_000 + "]" * 10_000
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},'
        f'"geometry":{{"type":"Polygon","coordinates":{nested}}}}}]}}'
    )
    return path


def bottomless_geojson(folder: Path) -> Path:
    path = folder / "bottomless.geojson"
    start = b'{"type":"FeatureCollection","features":['
    path.write_bytes(start + b"[" * (20 * MB))
    return path


def giant_feature(folder: Path) -> Path:
    """One feature of five million corners, flat and well formed."""
    path = folder / "giant.geojson"
    start = '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"coordinates":['
    path.write_text(start + "[1.5,2.5]," * (5 * MB))
    return path


def scattered_workbook(folder: Path) -> Path:
    """Two cells that make a table of two gigabytes: a machine would manage, a child must not."""
    path = sparse_workbook(folder).rename(folder / "scattered.xlsx")
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b"XFD1048576", b"ALL60000").replace(b"1048576", b"60000")
    return with_member(path, "xl/worksheets/sheet1.xml", sheet)


def deep_json(folder: Path) -> Path:
    path = folder / "deep.json"
    path.write_text('[{"a":' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}]")
    return path


def cut_json(folder: Path) -> Path:
    path = folder / "cut.json"
    path.write_text(json.dumps([{"a": i} for i in range(1_000)])[:-20])
    return path


def endless_line(folder: Path) -> Path:
    path = folder / "endless.csv"
    with path.open("wb") as file:
        file.write(HEADER.encode() + b"1,")
        for _ in range(100):
            file.write(b"x" * MB)
    return path


def endless_row(folder: Path) -> Path:
    """One row whose quoted cells go on over line after line."""
    path = folder / "endless row.csv"
    path.write_text(HEADER + "1,2,3,4\n" + '"a\n",' * (6 * MB))
    return path


def traversal(folder: Path) -> Path:
    path = folder / "traversal.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/shootings.csv", rows_of_text(3))
    return path


def two_members(folder: Path) -> Path:
    path = folder / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", rows_of_text(3))
        archive.writestr("b.csv", rows_of_text(3))
    return path


def _file(name: str, data: bytes):
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    make.__name__ = name.replace(" ", "_").replace(".", "_")
    return make


FAULTY = {
    gzip_bomb: "unpacks to more than",
    workbook_bomb: "unpacks to more than",
    entity_bomb: "defines entities",
    entity_bomb_in_wide_text: "damaged|defines entities|memory or time",
    sparse_workbook: "memory or time",
    cut_gzip: "cut short",
    cut_workbook: "cut short or damaged",
    protected_workbook: "has a password",
    wide_header: "3000 columns",
    deep_geojson: "nested over",
    bottomless_geojson: "nested over",
    giant_feature: "one record is longer than",
    scattered_workbook: "memory or time",
    deep_json: "nested over|memory or time|no records",
    cut_json: "cut short",
    endless_line: "longer than",
    endless_row: "goes on for too long",
    traversal: "unsafe path",
    two_members: "holds 2 files",
    _file("empty.csv", b""): "empty",
    _file("blank.csv", b"  \n\n"): "empty",
    _file("header only.csv", HEADER.encode()): "no rows",
    _file("numbers.csv", b"1,2\n3,4\n"): "no row of column names",
    _file("paper.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"): "a PDF document",
    _file("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"): "a picture",
    _file("binary.csv", bytes(range(256)) * 40): "a binary file",
    _file("page.csv", b"<!DOCTYPE html><html><table><tr><td>1"): "a web page",
    _file("nested.csv.gz", gzip.compress(gzip.compress(rows_of_text(9).encode()))): "packed",
    _file("damaged.parquet", b"PAR1" + bytes(400) + b"PAR1"): "damaged",
}
