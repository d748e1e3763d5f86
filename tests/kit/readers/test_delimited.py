"""Delimited text: any separator, quotation, line end and encoding, and what is wrong in rows."""

import csv
import gzip
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ceasefire.kit.readers import FileFault, open_table
from ceasefire.kit.readers import delimited as delimited_module

MODEST = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path, size=20_000):
    """Columns, row numbers, values by column, faults and notes of a whole file."""
    with open_table(path) as table:
        chunks = list(table.chunks(size))
        values = {name: [v for c in chunks for v in c.columns[name]] for name in table.columns}
        numbers = [n for chunk in chunks for n in chunk.row_numbers]
        faults = [fault for chunk in chunks for fault in chunk.faults]
        return table, numbers, values, faults


def written(folder, data, name="rows.csv"):
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# No control characters, and nothing that a spreadsheet would take for a formula.
cell = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="=+-@\ufeff"),
    max_size=12,
) | st.sampled_from(
    ["a\nb", "a\r\nb", 'he said "no"', "a;b|c\td,e", "a\u2028b", "a\vb", "-122.6", "+1", ""]
)


@MODEST
@given(
    rows=st.lists(st.tuples(cell, cell, cell), min_size=3, max_size=12),
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_written_is_read_back(tmp_path, rows, delimiter, quoting, line_end, encoding):
    rows = [(f"case {i}", *row) for i, row in enumerate(rows)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerows([("key", "first", "second", "third"), *rows])
    path = written(tmp_path, text.getvalue().encode(encoding))
    table, numbers, values, faults = read(path)
    assert not faults
    assert table.columns == ("key", "first", "second", "third")
    expected = [[cell.strip() or None for cell in column] for column in zip(*rows, strict=True)]
    assert list(values.values()) == expected
    starts = [2]
    for row in rows:
        starts.append(starts[-1] + 1 + sum(cell.count("\n") for cell in row))
    assert numbers == starts[:-1]


@MODEST
@given(size=st.integers(1, 60), step=st.integers(1, 40), start=st.integers(0, 3))
def test_rows_and_faults_do_not_depend_on_the_chunk_size(tmp_path, size, step, start):
    lines = ["key,street"]
    for i in range(50):
        lines.append([f"{i},MAIN ST", f'{i},"A\nB"', f"{i}", f"{i},=CMD(1)"][(i + start) % 4])
    lines.insert(20, '90,"x"y')
    path = written(tmp_path, "\n".join(lines))
    _, *expected = read(path)
    usual = delimited_module.STEP
    delimited_module.STEP = step
    try:
        table, numbers, values, faults = read(path, size)
    finally:
        delimited_module.STEP = usual
    assert [numbers, values, sorted(faults)] == [*expected[:2], sorted(expected[2])]
    with open_table(path) as table:
        assert all(len(chunk) <= size for chunk in table.chunks(size))


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path):
    table, *_ = read(written(tmp_path, b"\xef\xbb\xbfkey,street\n1,a\n"))
    assert table.columns == ("key", "street")


def test_repeated_and_blank_headings_get_names_of_their_own(tmp_path):
    table, *_ = read(written(tmp_path, "Name, Name ,,Name\na,b,c,d\n"))
    assert table.columns == ("Name", "Name (2)", "Column 3", "Name (3)")


def test_title_lines_above_the_header_are_passed_over_and_noted(tmp_path):
    text = "City of Rivermouth\nShootings, 2024\n\nkey,date,street,hurt\n1,2024-01-01,A ST,2\n"
    table, numbers, values, _ = read(written(tmp_path, text))
    assert table.columns == ("key", "date", "street", "hurt")
    assert (numbers, values["hurt"]) == ([5], ["2"])
    assert "header on row 4" in table.notes


def test_decimal_commas_do_not_hide_the_semicolon(tmp_path):
    table, _, values, faults = read(written(tmp_path, "x;y;z\n1,5;2,5;a\n3,5;4,5;b\n"))
    assert "separator semicolon" in table.notes
    assert values["y"] == ["2,5", "4,5"]
    assert not faults


def test_a_line_in_windows_1252_is_read_and_noted_with_its_line(tmp_path):
    data = "key,street\n1,Peña\n".encode() + "2,Cañon – west\n".encode("cp1252") + b"3,plain\n"
    table, _, values, faults = read(written(tmp_path, data))
    assert values["street"] == ["Peña", "Cañon – west", "plain"]
    assert table.notes == ("1 lines read as windows-1252 text, the first on line 3",)
    assert not faults


def test_bytes_that_windows_1252_leaves_undefined_are_read_as_latin_1(tmp_path):
    _, _, values, _ = read(written(tmp_path, b"key,street\n1,a\x81\xe9b\n"))
    assert values["street"] == ["a\x81éb"]


def test_cells_that_are_spreadsheet_formulas_are_row_faults_and_signed_numbers_are_not(tmp_path):
    good = ["-122.6", "+1", "- two (2) men", "@home", "-", "=", '"(41.9, -87.7)"', "25-44 (est)"]
    bad = [
        "=CMD(1)",
        '"=HYPERLINK(""http://x"")"',
        "=cmd|' /C calc'!A0",
        "@SUM(A1)",
        "+A1(2)",
        "=B2",
    ]
    lines = ["key,note", *(f"{i},{cell}" for i, cell in enumerate(good + bad))]
    _, numbers, _, faults = read(written(tmp_path, "\n".join(lines)))
    assert numbers == list(range(2, 2 + len(good)))
    assert [fault.row for fault in faults] == list(range(2 + len(good), 2 + len(good) + len(bad)))
    assert {fault.column for fault in faults} == {"note"}


@pytest.mark.parametrize("cell", ["@SUM(A1)", "+A1(2)", "-cmd|1", "=B2"])
def test_one_formula_alone_in_a_column_is_found(tmp_path, cell):
    _, numbers, _, faults = read(written(tmp_path, f"key;note\n1;A\n2;{cell}\n"))
    assert numbers == [2]
    assert [(fault.row, fault.column) for fault in faults] == [(3, "note")]


def test_a_nul_in_one_cell_is_a_row_fault_naming_row_and_column(tmp_path):
    _, numbers, _, faults = read(written(tmp_path, "key,street\n1,A\n2,B\0B\n3,C\n"))
    assert numbers == [2, 4]
    assert [(fault.row, fault.column) for fault in faults] == [(3, "street")]


def test_rows_of_another_width_are_faults_and_spare_separators_are_not(tmp_path):
    wide = ",".join("x" * 10_000)
    _, numbers, _, faults = read(written(tmp_path, f"key,street\n1,A\n2\n3,C,,\n{wide}\n5,E\n"))
    assert numbers == [2, 4, 6]
    assert [fault.row for fault in faults] == [3, 5]
    assert "10000 cells where the header has 2" in faults[1].reason


def test_blank_lines_and_rows_of_separators_are_no_rows(tmp_path):
    _, numbers, values, faults = read(written(tmp_path, "key,street\n\n1,A\n,\n , \n2,B\n\n"))
    assert (numbers, values["key"], faults) == ([3, 6], ["1", "2"], [])


def test_every_line_that_a_stray_quotation_mark_swallows_is_a_fault(tmp_path):
    text = 'key,street\n1,A\n2,"B\n3,C\n4,"D"x\n5,E\n'
    _, numbers, _, faults = read(written(tmp_path, text))
    assert numbers == [2, 6]
    assert [fault.row for fault in faults] == [3, 4, 5]


def test_a_quotation_mark_left_open_to_the_end_is_a_fault_of_each_line(tmp_path):
    _, numbers, _, faults = read(written(tmp_path, 'key,street\n1,A\n2,"B\n3,C\n'))
    assert numbers == [2]
    assert [fault.row for fault in faults] == [3, 4]


def test_an_overlong_cell_is_a_row_fault(tmp_path):
    text = "key,street\n1,A\n2," + "x" * 200_000 + "\n3,C\n"
    _, numbers, _, faults = read(written(tmp_path, text))
    assert numbers == [2, 4]
    assert "longer than" in faults[0].reason


def test_gzip_and_zip_of_one_file_are_unpacked_and_the_share_read_grows_to_one(tmp_path):
    text = "key,street\n" + "".join(f"{i},{i * 7919} MAIN ST\n" for i in range(200_000))
    packed = written(tmp_path, gzip.compress(text.encode()), "rows.csv.gz")
    archive = tmp_path / "rows.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("folder/rows.csv", text)
    for path in (packed, archive):
        with open_table(path) as table:
            chunks = list(table.chunks(20_000))
        shares = [chunk.fraction for chunk in chunks]
        assert sum(map(len, chunks)) == 200_000
        assert shares == sorted(shares)
        assert 0 < shares[0] < 0.5
        assert 0.99 < shares[-1] <= 1.0


def test_the_place_of_a_fault_met_half_way_is_the_last_row_read(tmp_path):
    text = "key,street\n" + "1,A\n" * 400_000 + "2," + "x" * (10 * 1024 * 1024)
    with (
        pytest.raises(FileFault, match=r"after row 400001"),
        open_table(written(tmp_path, text)) as table,
    ):
        list(table.chunks())


def test_first_row_is_the_first_of_the_rows_read_or_refused(tmp_path):
    with open_table(written(tmp_path, "key,street\n1\n2,B\n")) as table:
        (chunk,) = table.chunks()
    assert chunk.first_row == 2
