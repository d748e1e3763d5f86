"""Why two records were found alike: what each field's agreement or difference weighs."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Weighed:
    """One field of a pair. level: how the two values agree ("1 edit"), "missing" where one is not
    told. weight: what that says, in doublings of the odds; rare: what a rare or common value adds.
    """

    field: str
    level: str
    weight: float
    rare: float = 0.0


MISSING, SAME, OTHER = "missing", "the same", "different"
# What is corrected where an address was counted field by field.
HOME, ONE_HOME, MOVED = "home", "one home, counted once", "another home, counted once"


def before(settings: dict) -> float:
    """The weight with which every pair begins: how rarely two records are one person's."""
    chance = settings["probability_two_random_records_match"]
    return math.log2(chance / (1 - chance))


def weighed(pairs: pa.Table, settings: dict) -> Iterator[list[Weighed]]:
    """For each pair of Splink's own table, its fields in the order of the settings."""
    named = [(one["output_column_name"], _levels(one)) for one in settings["comparisons"]]
    columns = {name: pairs[name].to_pylist() for name in _needed(pairs, named)}
    once = _counted_once(pairs)
    for row in range(pairs.num_rows):
        fields = [_weighed(columns, row, field, levels) for field, levels in named]
        yield [*fields, *_home(once[row])]


def _counted_once(pairs: pa.Table) -> list[float]:
    """How much each pair's weight differs from the sum of its fields' (see `homes`)."""
    return pc.subtract(pairs["match_weight"], pairs["field_by_field"]).to_pylist()


def _home(differs: float) -> list[Weighed]:
    if not differs:
        return []
    return [Weighed(HOME, ONE_HOME if differs < 0 else MOVED, differs)]


def _needed(pairs: pa.Table, named) -> Iterator[str]:
    for field, _levels_of in named:
        yield from (f"gamma_{field}", f"mw_{field}")
        if f"mw_tf_adj_{field}" in pairs.column_names:
            yield f"mw_tf_adj_{field}"


def _weighed(columns: dict[str, list], row: int, field: str, levels: dict[int, str]) -> Weighed:
    rare = columns.get(f"mw_tf_adj_{field}")
    level = levels[columns[f"gamma_{field}"][row]]
    weight = columns[f"mw_{field}"][row] or 0.0
    return Weighed(field, level, weight, (rare[row] or 0.0) if rare else 0.0)


def _levels(comparison: dict) -> dict[int, str]:
    """Splink numbers what agrees from the top down to 0, and what is missing -1."""
    told = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
    return {-1: MISSING} | {
        len(told) - 1 - nth: _words(one["label_for_charts"]) for nth, one in enumerate(told)
    }


def _words(label: str) -> str:
    if label.startswith("Exact match"):
        return SAME
    return OTHER if label.startswith("All other") else label
