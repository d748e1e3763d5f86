"""Learning, from the records at hand, what each agreement and each difference says."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import sqlglot
from splink import Linker

from ceasefire.registry.linkage import homes, model
from ceasefire.registry.linkage.columns import RECORD
from ceasefire.registry.linkage.engines import duckdb_engine, laid

LEARNT_IN = "duckdb"
# What is SQL in Splink's settings.
IN_SQL = ("sql_condition", "blocking_rule")
SEED = 1
RANDOM_PAIRS = 1_000_000
ROUND_PAIRS = 1_000_000
# The share of people's repeated records that the certain lines find; a start, not a result.
CERTAIN_RECALL = 0.8
# How two records of one person usually compare, which counts as so many pairs of every file.
SAME, OTHER, USUAL_PAIRS = 0.7, 0.1, 10


@dataclass(frozen=True)
class Model:
    """settings: what Splink needs to score, with every weight. records: how many taught it.
    home: the weight with which two records of one home begin."""

    settings: dict
    records: int
    home: float = homes.BEGIN

    @property
    def fields(self) -> list[str]:
        """What is compared."""
        return [one["output_column_name"] for one in self.settings["comparisons"]]

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
        laid_out = laid(api, table)
        told = _own(laid_out, table, filled)
        if filled & model.HOME:
            told["comparisons"] += _home(laid_out, filled, table.num_rows)["comparisons"]
        home = _home_begins(laid_out, Model(told, table.num_rows), filled)
        return Model(told, table.num_rows, home)


def _settled(told: dict, taught: float, records: int, differ: float) -> dict:
    """The learnt settings, with what records usually do where a file taught little of it.

    taught: by how many pairs of one person. differ: if more of them than that differ in a field,
    then it was strangers who taught it.
    """
    looked_at = max(1, min(RANDOM_PAIRS, records * (records - 1) / 2))
    for comparison in told["comparisons"]:
        levels = [one for one in comparison["comparison_levels"] if "is_null_level" not in one]
        learnt = [one.get("m_probability") or 0.0 for one in levels]
        seen = taught if any(learnt) and learnt[-1] <= differ else 0.0
        for level, found, usual in zip(levels, learnt, _usual(len(levels)), strict=True):
            level["m_probability"] = (seen * found + USUAL_PAIRS * usual) / (seen + USUAL_PAIRS)
            # What no two strangers had in common, half a pair of them may have.
            level["u_probability"] = max(level.get("u_probability") or 0.0, 0.5 / looked_at)
    return told


def _usual(levels: int) -> list[float]:
    """How records of one person compare as a rule: the same, in some way alike, different."""
    alike = levels - 2
    between = [(1 - SAME - OTHER) / alike] * alike if alike else []
    return [SAME, *between, OTHER if alike else 1 - SAME]


def filled_columns(table: pa.Table) -> frozenset[str]:
    """Columns that are filled often enough to be weighed."""
    least = model.LEAST_FILLED * max(1, table.num_rows)
    return frozenset(
        name for name in table.column_names if table.num_rows - table[name].null_count > least
    )


def _own(laid_out, table: pa.Table, filled: frozenset[str]) -> dict:
    """What agreement says in names, birth and numbers, learnt without looking at homes."""
    linker = _counted(laid_out, table, filled)
    training = linker.training
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    # Splink is lost after a round without pairs: a line that no two records share is left out.
    rounds = [line for line in model.ROUNDS if {*line} <= filled and _repeats(table, line)]
    for rule in model.lines(rounds, filled):
        training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=ROUND_PAIRS)
    told = linker.misc.save_model_to_json()
    chance = told["probability_two_random_records_match"]
    pairs = table.num_rows * (table.num_rows - 1) / 2
    return _settled(told, chance * pairs, table.num_rows, differ=0.5)


def _counted(laid_out, table: pa.Table, filled: frozenset[str]) -> Linker:
    """A linker that knows how often two records are one person's, where its certain lines say."""
    linker = Linker(laid_out, model.settings(filled - model.HOME, filled), log_level="ERROR")
    certain = [line for line in model.CERTAIN if {*line} <= filled and _repeats(table, line)]
    if certain:
        try:
            linker.training.estimate_probability_two_random_records_match(
                model.lines(certain, filled), recall=CERTAIN_RECALL
            )
        except ValueError:
            # Among namesakes alone they are met too often to be believed, and Splink is lost.
            return Linker(laid_out, model.settings(filled - model.HOME, filled), log_level="ERROR")
    return linker


def _home(laid_out, filled: frozenset[str], records: int) -> dict:
    """How often two records of one person have one home: counted among pairs that are surely one
    person's by what is their own. Learnt blindly, any two people of one home would seem the same.
    """
    linker = Linker(laid_out, model.settings(filled & model.HOME, filled), log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    surely = [line for line in model.SURELY if {*line} <= filled]
    taught = 0
    if surely:
        pairs = " UNION ".join(_pairs_sql(laid_out.physical_name, line) for line in surely)
        labels = linker.misc.query_sql(pairs)
        taught = labels.as_pyarrow_table().num_rows
        if taught:
            linker.training.estimate_m_from_pairwise_labels(labels)
    return _settled(linker.misc.save_model_to_json(), taught, records, differ=1.0)


def _home_begins(laid_out, taught: Model, filled: frozenset[str]) -> float:
    """The weight with which two records of one home begin, learnt from all that there are."""
    rules = model.lines(model.ONE_HOME, filled)
    if not rules:
        return homes.BEGIN
    rules = [one.create_blocking_rule_dict(LEARNT_IN) for one in rules]
    linker = Linker(
        laid_out, taught.settings | {"blocking_rules_to_generate_predictions": rules},
        log_level="ERROR",
    )  # fmt: skip
    found = linker.inference.predict()
    said = homes.Weights(taught.fields, (one.unquote().name for one in found.columns))
    own = linker.misc.query_sql(
        f"SELECT {said.own()} AS own FROM {found.physical_name} WHERE {said.of_one_home()}"
    )
    return homes.learnt(own.as_pyarrow_table()["own"].to_numpy())


def _pairs_sql(records: str, line: tuple[str, ...]) -> str:
    same = " AND ".join(f"l.{one} = r.{one}" for one in line)
    return f"""
        SELECT l.{RECORD} AS {RECORD}_l, r.{RECORD} AS {RECORD}_r
        FROM {records} AS l JOIN {records} AS r ON {same} AND l.{RECORD} < r.{RECORD}
    """


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
