"""A study from its plan to its public edition, by the pages and by the command."""

import json
import re
import shutil
import subprocess
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from ceasefire.access import identity
from ceasefire.access.partitions import Room
from ceasefire.problem_analysis.study import files, referring, services
from ceasefire.problem_analysis.study.models import Edition, PublicEdition, Reference, Study
from tests.problem_analysis.study.conftest import FIRST, LAST
from tests.shooting_review.test_packet_pdf import words_of

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def address(name, *words):
    return reverse(f"problem_analysis:{name}", args=words)


def test_a_study_is_planned_built_frozen_and_published(shot, at, being):
    analyst, captain = at("analyst"), at("captain")
    analyst.post(address("study_plan"), {
        "title": "Two years", "starts": "2024-01-01", "ends": "2025-12-31",
        "kinds": ["fatal", "injury", "no_injury", "unknown"],
    })  # fmt: skip
    with being("analyst"):
        study = Study.objects.get()
        edition = services.edition_build(study=study)
    assert "T1" in analyst.get(address("edition", edition.pk)).content.decode()
    analyst.post(address("edition_freeze", edition.pk))
    refused = analyst.post(address("edition_publish", edition.pk), follow=True)
    assert "somebody else publishes it" in refused.content.decode()
    captain.post(address("edition_publish", edition.pk))
    with identity.acting(identity.OPERATOR, Room.AGGREGATE):
        made = PublicEdition.objects.get()
    assert made.edition == edition.pk
    words = captain.get(reverse("published:item", args=[made.pk, "T1"])).content.decode()
    assert f">{made.title}</a>" in words


def test_building_waits_in_the_queue_for_whoever_said_what_for(study, at):
    analyst = at("analyst")
    answer = analyst.post(address("study_build", study.pk))
    assert answer.status_code == 302
    assert b"Building every table" in analyst.get(address("study", study.pk)).content


def test_every_item_of_an_edition_has_a_page(edition, at):
    client = at("officer")
    for item in edition.items:
        answer = client.get(address("item", edition.pk, item["number"]))
        assert answer.status_code == 200, item["number"]


def test_an_item_that_is_not_there_is_not_found(edition, at):
    assert at("analyst").get(address("item", edition.pk, "T99")).status_code == 404


def test_the_paper_has_every_item_and_says_for_whom_it_is(edition, being):
    with being("analyst"):
        words = words_of(files.pdf(edition, reader="Ann Reader"))
    for item in edition.items:
        assert f"{item['number']} " in words
    assert "For Ann Reader" in words


def test_the_workbook_has_every_figure_as_a_number(edition, being):
    with being("analyst"):
        held = BytesIO()
        files.workbook(edition).save(held)
    book = load_workbook(held)
    cells = {row[0].value: row[1] for row in book["T1"].iter_rows()}
    assert cells["2024"].value == 37
    assert cells["2024"].number_format == "#,##0"


def test_a_name_that_looks_like_a_formula_stays_a_name(shoot, being):
    for n in range(40):
        shoot(FIRST + n * DAY, incident_number=f"S-{n}", x_m=float(n), y_m=1.0,
              district_found="=HYPERLINK(1)" if n % 2 else "North")  # fmt: skip
    with being("analyst"):
        study = services.study_plan(title="One", starts=FIRST, ends=LAST)
        edition = services.edition_build(study=study)
        held = BytesIO()
        files.workbook(edition).save(held)
    kinds = {cell.data_type for row in load_workbook(held)["F20"].iter_rows() for cell in row}
    assert "f" not in kinds


def test_two_editions_are_compared_on_a_page(frozen, study, shoot, at, being):
    shoot(LAST, incident_number="S-late")
    with being("analyst"):
        later = services.edition_build(study=study)
    words = at("analyst").get(address("compare", later.pk, frozen.pk)).content.decode()
    assert "Shootings and people by year" in words


def test_figures_from_outside_need_their_columns_and_name_the_row(at):
    client = at("analyst")
    for content, why in (
        (b"city,year\nElm,2020\n", "rate"),
        (b"city,year,rate\nElm,2020,many\n", "Row 2"),
        (b"city,year,rate\n", "no row"),
    ):
        answer = client.post(address("references"), {
            "kind": "peers", "source": "Peers, table 2",
            "file": SimpleUploadedFile("peers.csv", content),
        })  # fmt: skip
        assert why in answer.content.decode()
    with identity.acting(identity.OPERATOR):
        assert not Reference.objects.exists()


def test_other_cities_rates_stand_with_their_source(study, being, tmp_path):
    path = tmp_path / "peers.csv"
    path.write_text("city,year,rate\nElm,2019,4.0\nElm,2021,8.0\nOak,2019,2\n")
    with being("analyst"):
        referring.reference_load(kind="peers", path=path, file_name="peers.csv", source="Table 2")
        edition = services.edition_build(study=study)
        words = words_of(files.pdf(edition, reader="A"))
    rates = next(one for one in edition.items if one["number"] == "T2")["tables"][0]
    assert [row["cells"] for row in rates["rows"]] == [[4, 8, 1], [2, None, None]]
    assert "Table 2" in words


@pytest.mark.parametrize("verb", ["freeze", "publish"])
def test_an_edition_that_is_not_there_is_refused_in_words(verb, operator, rivermouth):
    import argparse

    from ceasefire.config.running import Refused
    from ceasefire.problem_analysis.study.commands import Study as Command

    words = argparse.Namespace(edition=99, out=None, json=True, language="en")
    with pytest.raises(Refused, match="no edition 99"):
        getattr(Command(), verb)(words)


def test_the_command_writes_its_files_and_names_them(shot, operator, tmp_path, capsys):
    import argparse
    from datetime import date

    from ceasefire.problem_analysis.study.commands import Study as Command

    told = Command().build(argparse.Namespace(
        starts=date(2024, 1, 1), ends=date(2025, 12, 31), title="", kinds=[], exclude=[],
        as_known=None, out=tmp_path, language="es", json=True,
    ))  # fmt: skip
    assert {"edition", "files", "tables"} <= told.keys()
    assert json.loads(json.dumps(told)) == told
    written = {str(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert written == set(told["files"])
    assert Edition.objects.count() == 1


def test_a_table_of_many_years_of_months_stays_on_its_pages(shot, being):
    """Sixteen years of months are deeper than a page: none is printed over the foot of one."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is absent; install poppler-utils to read the PDF's text")
    with being("analyst"):
        study = services.study_plan(title="Long", starts=date(2010, 1, 1), ends=LAST)
        edition = services.edition_build(study=study)
        paper = files.pdf(edition, reader="Ann Reader")
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=paper, capture_output=True)
    pages = done.stdout.decode().split("<page ")[1:]
    words = [re.findall(r'yMax="([0-9.]+)">([^<]*)<', page) for page in pages]
    printed = [text for page in words for _at, text in page]
    assert printed.count("2010") >= 12
    foot = [" ".join(text for at, text in page if float(at) > 735.5) for page in words]
    said = "Law enforcement only. For Ann Reader. Do not copy or pass on."
    assert foot == [f"{said} page {nth} of {len(pages)}" for nth in range(1, len(pages) + 1)]
