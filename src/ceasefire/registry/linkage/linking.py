"""Three outcomes for two records: joined, for a person to decide, or apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from splink import Linker

from ceasefire.registry.linkage import homes
from ceasefire.registry.linkage.columns import RECORD
from ceasefire.registry.linkage.engines import engine, laid
from ceasefire.registry.linkage.evidence import Weighed, weighed
from ceasefire.registry.linkage.training import Model

# Match weights: each point doubles the odds that two records are one person's. From JOINED on
# they are joined, from REVIEWED on a person looks at them, below they stay apart.
JOINED = 5.0
REVIEWED = 0.0
# Field by field; what a home shares is weighed after that, and may add to it.
LOOKED_AT = -12.0
FRESH = "fresh"


@dataclass(frozen=True)
class Linked:
    """pairs: record_id_l, record_id_r, match_weight; from REVIEWED on. why: for each of them
    what its fields weigh, where that was asked for.

    people: record_id, cluster_id. A cluster is one person's records; its id is one of theirs.
    """

    pairs: pa.Table
    people: pa.Table
    why: list[list[Weighed]] | None = None


def link(
    table: pa.Table, trained: Model, *, engine_name: str = "duckdb",
    fresh: Sequence[bool] | None = None, why: bool = False,
) -> Linked:  # fmt: skip
    """Which of the records are one person's. Raises NoSuchEngine.

    fresh: for each record whether it is new; two that are not are then never compared. why: also
    say what each field of a pair weighs.
    """
    if fresh is not None:
        table = table.append_column(FRESH, pa.array(fresh, pa.bool_()))
    with (
        TemporaryDirectory(prefix="ceasefire-linkage-") as folder,
        engine(engine_name, Path(folder)) as api,
    ):
        settings = trained.spoken(api.sql_dialect.sql_dialect_str)
        if fresh is not None:
            settings = _with_a_fresh_one(settings)
        linker = Linker(laid(api, table), settings, log_level="ERROR")
        found = linker.inference.predict(threshold_match_weight=LOOKED_AT)
        pairs = _weighed_by_home(linker, found, trained, REVIEWED)
        joined = linker.clustering.cluster_pairwise_predictions_at_threshold(
            _weighed_by_home(linker, found, trained, JOINED)
        )
        pairs = pairs.as_pyarrow_table()
        fields = list(weighed(pairs, settings)) if why else None
        pairs = pairs.select([f"{RECORD}_l", f"{RECORD}_r", "match_weight"])
        return Linked(pairs, _people(joined.as_pyarrow_table()), fields)


def _weighed_by_home(linker: Linker, found, trained: Model, least: float):
    """The pairs of at least this weight, what a home shares counted once."""
    names = [one.unquote().name for one in found.columns]
    weight = homes.Weights(trained.fields, names).weight(trained.home)
    kept = ", ".join(one for one in names if one not in ("match_weight", "match_probability"))
    return linker.misc.query_sql(f"""
        SELECT * FROM (
            SELECT {kept}, match_weight AS field_by_field, {weight} AS match_weight
            FROM {found.physical_name}
        ) AS weighed WHERE match_weight >= {least}
    """)


def _with_a_fresh_one(settings: dict) -> dict:
    lines = settings["blocking_rules_to_generate_predictions"]
    narrowed = [
        one | {"blocking_rule": f"({one['blocking_rule']}) AND (l.{FRESH} OR r.{FRESH})"}
        for one in lines
    ]
    return settings | {"blocking_rules_to_generate_predictions": narrowed}


def _people(clusters: pa.Table) -> pa.Table:
    return clusters.select([RECORD, "cluster_id"]).sort_by(
        [("cluster_id", "ascending"), (RECORD, "ascending")]
    )
