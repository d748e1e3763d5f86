"""The packet on paper: tagged, described, honest about what it does not know."""

import io
import re
import subprocess
from datetime import UTC, date, datetime

import pikepdf
import pytest
from django.utils import translation

from ceasefire.shooting_review.documents import packet_pdf
from ceasefire.shooting_review.weeks import Week


@pytest.fixture
def week(four_years, shoot):
    shoot(date(2021, 3, 24), (500, 500), incident_number="R-NOW", address="100 block #read(x)",
          victims=2, killed=1)  # fmt: skip
    shoot(date(2021, 3, 25), incident_number="R-NOWHERE", victims=None, killed=None)


def made(build, language="en"):
    with translation.override(language):
        return packet_pdf(build("2021-W12"), reader="Dana Reader")


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def descriptions(node, found):
    """Every alternative text in the tree of tags."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            descriptions(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/Alt" in node:
            found.append(str(node.Alt))
        if "/K" in node:
            descriptions(node.K, found)
    return found


def figures(node, found):
    if isinstance(node, pikepdf.Array):
        for child in node:
            figures(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == "/Figure":
            found.append(node)
        if "/K" in node:
            figures(node.K, found)
    return found


def words_of(pdf: bytes) -> str:
    """The text of the document by Poppler, where it is installed."""
    try:
        told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    except FileNotFoundError:
        pytest.skip("pdftotext is absent; install poppler-utils to read the PDF's text")
    return told.stdout.decode()


def test_the_pdf_is_tagged_titled_and_says_its_language(week, build):
    document = opened(made(build))
    assert bool(document.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in document.Root
    assert str(document.Root.Lang) == "en"
    assert "2021-W12" in str(document.docinfo["/Title"])
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    assert document.open_metadata()["pdfuaid:part"] == "1"


def test_every_figure_has_a_description(week, build):
    document = opened(made(build))
    tree = document.Root.StructTreeRoot
    assert figures(tree, [])
    assert all("/Alt" in figure for figure in figures(tree, []))
    assert any("Incidents a week" in words for words in descriptions(tree, []))


def test_spanish_is_marked_as_spanish(week, build):
    assert str(opened(made(build, "es")).Root.Lang) == "es"


def test_paper_is_us_letter_without_scripts_or_attachments(week, build):
    document = opened(made(build))
    assert all([float(v) for v in page.mediabox] == [0, 0, 612, 792] for page in document.pages)
    assert "/OpenAction" not in document.Root
    assert "/AA" not in document.Root
    assert not document.attachments


def test_every_page_names_the_reader_the_moment_and_its_number(week, build):
    pages = words_of(made(build)).rstrip("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in page
        assert "Dana Reader" in page
        assert "As of" in page


def test_the_text_holds_the_counts_and_no_invented_place_or_hour(week, build):
    packet = build("2021-W12")
    text = words_of(made(build))
    assert f"{packet.count.incidents} incidents" in text
    assert "R-NOW" in text
    assert "The place of this shooting is not known" in text
    assert "time of day not known" in text
    assert "0,0" not in text.replace(" ", "")
    occurred = [line for line in text.splitlines() if "Occurred:" in line]
    assert occurred
    assert not any(re.search(r"\d\d:\d\d", line) for line in occurred)


def test_what_a_source_wrote_stays_text(week, build):
    assert "100 block #read(x)" in words_of(made(build))


def test_it_is_drawn_in_black_and_grey_alone(week, build):
    """Every colour that the pages set has its three parts equal."""
    for page in opened(made(build)).pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("rg", "RG"):
                assert len({float(value) for value in operands}) == 1


def test_a_week_without_shootings_and_a_city_without_any_make_a_pdf(rivermouth, build):
    assert made(build).startswith(b"%PDF-")


def test_week_53_makes_a_pdf(four_years, rivermouth):
    from ceasefire.shooting_review import packet

    built = packet.build(Week.parse("2020-W53"))
    assert packet_pdf(built, reader="x").startswith(b"%PDF-")


def test_a_city_with_hours_shows_them(shoot, build):
    for day in range(22, 29):
        shoot(date(2021, 3, day), (0, day), occurred_precision="minute",
              occurred_from=datetime(2021, 3, day, 20, 15, tzinfo=UTC))  # fmt: skip
    assert "13:15" in words_of(made(build))
