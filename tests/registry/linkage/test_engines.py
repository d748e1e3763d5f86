"""Both engines give the same answers: real DuckDB, a real Spark session."""

import sys

import pytest

from ceasefire.registry.linkage import engines
from ceasefire.registry.linkage.engines import NoSuchEngine, chosen
from ceasefire.registry.linkage.linking import link
from ceasefire.registry.linkage.records import records_of
from ceasefire.registry.linkage.training import train
from tests.registry.linkage.test_command import written


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    return records_of([written(tmp_path_factory.mktemp("files") / "people.csv")])


def weights(linked):
    told = linked.pairs.to_pydict()
    sides = zip(told["record_id_l"], told["record_id_r"], strict=True)
    return dict(zip((frozenset(pair) for pair in sides), told["match_weight"], strict=True))


def persons(linked):
    told = linked.people.to_pydict()
    together = {}
    for record, person in zip(told["record_id"], told["cluster_id"], strict=True):
        together.setdefault(person, set()).add(record)
    return {frozenset(records) for records in together.values()}


def test_spark_and_duckdb_agree_pair_by_pair(table):
    trained = train(table)
    fresh = [number % 3 != 0 for number in range(table.num_rows)]
    ours, theirs = (
        link(table, trained, engine_name=name, fresh=fresh, why=True)
        for name in ("duckdb", "spark")
    )
    found = weights(ours)
    assert found
    assert weights(theirs) == pytest.approx(found, abs=1e-6)
    assert persons(theirs) == persons(ours)


def test_one_setting_says_which_engine_compares(monkeypatch):
    monkeypatch.delenv("CEASEFIRE_LINKAGE", raising=False)
    assert chosen() == "duckdb"
    monkeypatch.setenv("CEASEFIRE_LINKAGE", "spark")
    assert chosen() == "spark"
    monkeypatch.setenv("CEASEFIRE_LINKAGE", "flink")
    with pytest.raises(NoSuchEngine, match=r"'flink'.*duckdb and spark"):
        chosen()


def test_without_spark_its_engine_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with (
        pytest.raises(NoSuchEngine, match="CEASEFIRE_LINKAGE=spark"),
        engines.engine("spark", tmp_path),
    ):
        raise AssertionError
