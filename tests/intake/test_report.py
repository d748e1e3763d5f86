"""The report of a batch: each row that was not taken as it stands, with the reason beside it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceasefire.access.exports.cells import FORMULA_STARTS, safe
from tests.intake.pages import shootings

HARMLESS = "'"


def test_a_reason_that_a_spreadsheet_would_run_is_made_text():
    assert safe('=HYPERLINK("http://elsewhere")') == '\'=HYPERLINK("http://elsewhere")'
    assert safe("  @SUM(A1)") == "'  @SUM(A1)"
    assert safe("the date is before 1950") == "the date is before 1950"


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula_and_nothing_of_it_is_lost(text):
    kept = safe(text)
    assert not kept.lstrip(" ").startswith(FORMULA_STARTS) or float(kept) <= 0
    assert kept.removeprefix(HARMLESS) == text or kept == text


@pytest.mark.django_db(transaction=True)
def test_every_rejected_and_every_emptied_value_is_in_the_report_and_no_other_row(desk):
    rows = shootings(40)
    rows[4]["Occurrence Date"] = "1/1/1899"
    rows[9]["Victim Age"] = "300"
    rows[20]["Victim Age"] = "999"
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm()
    page = desk.follow()
    assert "2 of 40 rows were rejected" in page
    assert "2 rows were rejected." in page
    assert "1 value was left empty" in page
    answer = desk.client.get(desk.url("report"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(body)))
    numbers = {(int(line["Row in the file"]), line["What became of it"]) for line in found}
    by_row = dict(numbers)
    assert len(found) == 3
    assert [by_row[number] for number in sorted(by_row)] == [
        "rejected",
        "rejected",
        "kept, this value left empty",
    ]
    assert all(line["Why"] and line["What to do"] for line in found)
    assert {line["Column"] for line in found} == {"Occurrence Date", "Victim Age"}


@pytest.mark.django_db(transaction=True)
def test_a_column_named_like_a_formula_does_not_run_in_the_report(desk):
    rows = [row | {"=cmd()": row.pop("Victim Age")} for row in shootings(30)]
    rows[3]["=cmd()"] = "300"
    desk.upload_new("Rivermouth", desk.file(rows))
    desk.follow()
    desk.confirm(column_age="=cmd()")
    desk.follow()
    desk.confirm()
    desk.follow()
    body = b"".join(desk.client.get(desk.url("report")).streaming_content).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(body)) for cell in line]
    assert "'=cmd()" in cells
    assert not any(cell.startswith("=") for cell in cells)
