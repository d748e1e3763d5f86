"""Every benchmark is there, and those of the statistics agree with their peers at a small size."""

import importlib

import pytest

from tests import benchmarks

SMALL = {
    "near_repeat": 400, "near_repeat_table": 400, "near_repeat_without_shuffles": 400,
    "chains": 800, "local": 400, "kde": 400, "getis_ord_star": 900, "fewest": 400,
    "fewest_beside_solver": 400, "most": 600, "exposure": 1_000, "lag_curve": 600,
    "small_cells": 400, "group_effects": 80,
}  # fmt: skip


@pytest.mark.parametrize("name", benchmarks.BENCHMARKS)
def test_every_benchmark_can_be_called(name):
    module, function = benchmarks.BENCHMARKS[name].split(":")
    assert callable(getattr(importlib.import_module(module), function))


@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_finds_what_its_peer_finds(name):
    module, function = benchmarks.BENCHMARKS[name].split(":")
    rows = getattr(importlib.import_module(module), function)(SMALL[name])
    assert {"name", "ours_s", "other", "other_s", "ratio", "n", "peak_mb"} <= set(rows[0])
    assert [row["n"] for row in rows] == sorted(row["n"] for row in rows)
