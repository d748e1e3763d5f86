"""The package as a notebook meets it."""

import subprocess
import sys

import pytest

from ceasefire import statistics
from ceasefire.statistics import bands


def loaded_after(statement):
    code = f"{statement}; import sys; print(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_package_loads_no_heavy_library():
    heavy = {"numpy", "scipy", "numba", "pandas", "django"}
    assert not heavy & loaded_after("import ceasefire.statistics")


def test_near_repeat_loads_neither_numba_nor_django_until_a_shuffle_needs_it():
    loaded = loaded_after("from ceasefire.statistics import near_repeat")
    assert not {"numba", "django", "scipy.stats"} & loaded


def test_every_method_is_an_attribute_of_the_package():
    assert statistics.near_repeat.knox
    assert {"evaluation", "near_repeat", "self_excitation"} <= set(dir(statistics))
    assert {"disclosure", "networks", "reach", "retaliation"} <= set(dir(statistics))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = statistics.nothing


@pytest.mark.parametrize(
    ("edges", "printed"),
    [
        ([0, 100], ["0 to under 100 m"]),
        ([0, 0.5, 121.92], ["0 to under 0.5 m", "0.5 to under 121.92 m"]),
        ([1000, 2500, float("inf")], ["1,000 to under 2,500 m", "2,500 m and over"]),
    ],
)
def test_bands_print_half_open_in_plain_words(edges, printed):
    assert bands.labels(edges, "m") == printed
