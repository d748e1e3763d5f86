"""Learning, from the records at hand, what each agreement and each difference says."""

import logging
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import sqlglot
from splink import Linker
from splink.internals.exceptions import EMTrainingException

from ceasefire.registry.linkage import model
from ceasefire.registry.linkage.engines import duckdb_engine, laid

LEARNT_IN = "duckdb"
# What is SQL in Splink's settings.
IN_SQL = ("sql_condition", "blocking_rule")
SEED = 1
RANDOM_PAIRS = 1_000_000
ROUND_PAIRS = 1_000_000
# The share of people's repeated records that the certain lines find; a start, not a result.
CERTAIN_RECALL = 0.8
CHANCES = ("m_probability", "u_probability")
LEAST_CHANCE = 1e-12


@dataclass(frozen=True)
class Model:
    """settings: what Splink needs to score, with every weight. records: how many taught it."""

    settings: dict
    records: int

    def spoken(self, dialect: str) -> dict:
        """The settings in an engine's own SQL; they are learnt in DuckDB's."""
        return _spoken(self.settings, dialect)


def _spoken(told, dialect: str):
    if isinstance(told, list):
        return [_spoken(one, dialect) for one in told]
    if isinstance(told, dict):
        return {name: _word(name, one, dialect) for name, one in told.items()}
    return told


def _word(name: str, told, dialect: str):
    if name == "sql_dialect":
        return dialect
    if name in IN_SQL and told != "ELSE":
        return sqlglot.transpile(told, read=LEARNT_IN, write=dialect)[0]
    return _spoken(told, dialect)


def train(table: pa.Table) -> Model:
    """The model of these records (columns of `records.SCHEMA`), with its weights.

    Learnt with DuckDB whichever engine scores, so that both score with the same weights.
    """
    filled = filled_columns(table)
    with (
        TemporaryDirectory(prefix="ceasefire-linkage-") as folder, _quiet(),
        duckdb_engine(Path(folder)) as api,
    ):  # fmt: skip
        linker = Linker(laid(api, table), model.settings(filled), log_level="ERROR")
        _learn(linker, table, filled)
        return Model(_bounded(linker.misc.save_model_to_json()), table.num_rows)


def _bounded(told):
    """What was never seen in training is held for very rare and not for impossible: Splink refuses
    a chance that its engine cannot write."""
    if isinstance(told, list):
        return [_bounded(one) for one in told]
    if isinstance(told, dict):
        return {
            name: max(one, LEAST_CHANCE) if name in CHANCES else _bounded(one)
            for name, one in told.items()
        }
    return told


def filled_columns(table: pa.Table) -> frozenset[str]:
    """Columns that are filled often enough to be weighed."""
    least = model.LEAST_FILLED * max(1, table.num_rows)
    return frozenset(
        name for name in table.column_names if table.num_rows - table[name].null_count > least
    )


def _learn(linker: Linker, table: pa.Table, filled: frozenset[str]) -> None:
    training = linker.training
    certain = [line for line in model.CERTAIN if {*line} <= filled and _repeats(table, line)]
    if certain:
        training.estimate_probability_two_random_records_match(
            model.lines(certain, filled), recall=CERTAIN_RECALL
        )
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    for rule in model.lines(model.ROUNDS, filled):
        # Where no two records share a line, its round has nothing to teach.
        with suppress(EMTrainingException):
            training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=ROUND_PAIRS)


def _repeats(table: pa.Table, line: tuple[str, ...]) -> bool:
    """Whether any two records share all of a line."""
    told = table.select(line).drop_null()
    counted = told.group_by([*line]).aggregate([([], "count_all")])
    return counted.num_rows < told.num_rows and pc.max(counted["count_all"]).as_py() > 1


@contextmanager
def _quiet():
    """Splink tells its user what to do next; ours is told what was done."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
