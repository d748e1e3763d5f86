"""What is known of Portland's shootings of 2019 to March 2021 comes out of a study of its file."""

import subprocess
import sys

import pytest
from python_calamine import CalamineWorkbook

from tests import studies


@pytest.fixture
def workbook(shared_data, made_home, own_folder, monkeypatch):
    """The numbers of a study that is built as a city builds it: one command after another."""
    monkeypatch.setenv("CEASEFIRE_SHARED_DATA", str(shared_data))
    for verb in studies.steps(studies.CITIES["portland"]):
        more = ["--out", str(own_folder)] if "build" in verb else []
        command = [sys.executable, "-m", "ceasefire", *verb, *more, "--home", str(made_home)]
        subprocess.run(command, capture_output=True, check=True)
    return CalamineWorkbook.from_path(str(own_folder / "study.xlsx"))


@pytest.fixture
def figures(workbook):
    """figures("T1")["2019"]: the cells of the row with that label, of one item."""

    def of(item: str) -> dict[str, list]:
        rows = workbook.get_sheet_by_name(item).to_python()
        return {str(row[0]): row[1:] for row in rows if row[0]}

    return of


def test_growth_level_and_missing_places_are_portlands(figures):
    """The file holds 389, 891 and 273 shootings of three years; 9 lie outside the city's
    outlines, or their file says so."""
    years = figures("T1")
    shootings = [years[one][0] for one in ("2019", "2020", "2021 (part of the year)")]
    assert shootings == [387, 885, 272]
    assert sum(shootings) + 9 == 389 + 891 + 273
    assert years["2020"][-1] == pytest.approx(885 / 387 - 1)  # 129% more, in shootings

    clock = figures("T3")
    before, since = years["Jan 2019 to May 2020"], years["Jun 2020 to Mar 2021"]
    assert [round(one[2], 1) for one in (before, since)] == [34.5, 95.7]  # shootings a month
    assert since[3] == pytest.approx(2.77, abs=0.005)  # times as many a day
    july_on = [clock[f"{month} 2020"][0] for month in ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec")]
    assert sum(july_on) / 6 == pytest.approx(104)

    places = figures("F20")
    assert places["Place not known"] == [268, pytest.approx(0.1736, abs=5e-5)]
