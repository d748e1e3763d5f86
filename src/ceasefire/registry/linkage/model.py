"""What is compared with what, and which records are brought together to be compared.

One description serves both engines. It compares by edits alone: DuckDB and Spark agree on the
Damerau-Levenshtein distance of ASCII texts, and not on Jaro-Winkler's similarity (ADR 0015).
"""

from collections.abc import Iterator

import splink.comparison_level_library as levels
from splink import SettingsCreator, block_on
from splink.comparison_library import CustomComparison

from ceasefire.registry.linkage.columns import RECORD

Level = levels.CustomLevel
SWAPPED_NAMES = "given_l = family_r AND family_l = given_r"
# A column filled less often tells too little to be weighed.
LEAST_FILLED = 0.05

# Records that share all of one line are compared with each other. A line is used where the file
# has its columns; each finds pairs that an error in another line's columns hides.
TOGETHER = (
    ("number",), ("email",), ("phone", "given_start"),
    ("born", "family_start"), ("born", "given_start"), ("born", "place"), ("born", "postcode"),
    ("born", "house"), ("given", "family"), ("given_sound", "family_sound"),
    ("born_year", "family", "given_start"), ("born_day", "given"), ("born_day", "family"),
    ("email_user", "given"), ("email_user", "family"), ("house", "street"), ("house", "line"),
    ("house", "postcode"), ("postcode", "family"), ("postcode", "given", "born_year"),
    ("place", "family", "given_start"),
)  # fmt: skip
# And records whose names are the other way round.
SWAPPED = (
    ("l.given = r.family AND l.family = r.given", {"given", "family"}),
    ("l.born = r.born AND l.given_start = r.family_start", {"born", "given_start", "family_start"}),
    ("l.born = r.born AND l.family_start = r.given_start", {"born", "given_start", "family_start"}),
)  # fmt: skip
# Pairs that share one of these are nearly always the same person: how common that is, is learnt
# from them.
CERTAIN = (
    ("given", "family", "born"), ("number", "family"), ("email", "family"),
    ("given", "family", "street"), ("given", "born", "street"), ("family", "born", "street"),
)  # fmt: skip
# And these, by what is a person's own alone.
SURELY = (("given", "family", "born"), ("number", "family"))
# What people of one home share.
HOME = frozenset(("phone", "house", "street", "line", "place", "postcode", "state"))
ONE_HOME = (("house", "street"), ("house", "line"), ("street", "place"), ("phone",))
# Each line hides what it says from one round of learning, so that the rounds cover every field.
# An address is none of them: who shares it is mostly somebody of the same home.
ROUNDS = (("born",), ("given", "family"), ("number",), ("email",))


def lines(chosen, filled: frozenset[str]) -> list:
    """Splink's blocking rules, of those lines whose columns the file has."""
    return [block_on(*line) for line in chosen if {*line} <= filled]


def settings(compared: frozenset[str], filled: frozenset[str]) -> SettingsCreator:
    """The untrained model that compares some fields of records with these columns filled."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=RECORD,
        comparisons=list(_comparisons(compared)),
        blocking_rules_to_generate_predictions=[
            *lines(TOGETHER, filled),
            *(rule for rule, needed in SWAPPED if needed <= filled),
        ],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=True,
    )


def _comparisons(fields: frozenset[str]) -> Iterator[CustomComparison]:
    for field, agreeing in COMPARISONS.items():
        if field in fields:
            yield CustomComparison(
                output_column_name=field,
                comparison_levels=[_silent(field), *agreeing, levels.ElseLevel()],
            )


def _silent(field: str):
    """Where a field says nothing: one of the two is missing, or the other field says it all."""
    missing = f"{field}_l IS NULL OR {field}_r IS NULL"
    if field == "family":
        missing += f" OR ({SWAPPED_NAMES} AND given_l <> given_r)"
    return Level(missing, f"{field} is NULL").configure(is_null_level=True)


def _same(field: str, rare: bool = False) -> levels.ExactMatchLevel:
    """rare: agreeing on a rare value says more than on a common one."""
    return levels.ExactMatchLevel(field, term_frequency_adjustments=rare)


def _edits(field: str, most: int, least_letters: int = 0) -> Level:
    """At most so many letters added, left out, changed or swapped with the next."""
    told = f"levenshtein({field}_l, {field}_r) <= {most}"
    if least_letters:
        told += (
            f" AND length({field}_l) >= {least_letters} AND length({field}_r) >= {least_letters}"
        )
    return Level(told, f"{most} edit{'s' if most > 1 else ''}")


def _name(field: str) -> list:
    short = " OR ".join(
        f"substr({field}_{one}, 1, length({field}_{two})) = {field}_{two}"
        for one, two in ("lr", "rl")
    )
    return [
        _same(field, rare=True),
        *([Level(SWAPPED_NAMES, "the other way round")] if field == "given" else []),
        _edits(field, 1, 4),
        _edits(field, 2, 7),
        Level(f"levenshtein({field}_l, {field}_r) <= 1", "1 edit of a short name"),
        Level(f"{field}_sound_l = {field}_sound_r", "sounds alike"),
        Level(f"{field}_start_l = {field}_start_r OR {short}", "begins alike"),
    ]


def _born() -> list:
    swapped = (
        "substr(born_l, 1, 4) = substr(born_r, 1, 4)"
        " AND substr(born_l, 5, 2) = substr(born_r, 7, 2)"
        " AND substr(born_l, 7, 2) = substr(born_r, 5, 2)"
    )
    return [
        _same("born"),
        _edits("born", 1),
        Level(swapped, "day and month the other way round"),
        _edits("born", 2),
        Level("born_day_l = born_day_r OR born_year_l = born_year_r", "same year, or same day"),
    ]


def _address(field: str, other: str) -> list:
    return [
        _same(field, rare=True),
        Level(f"{field}_l = {other}_r OR {other}_l = {field}_r", "in the other line"),
        _edits(field, 2, 6),
        _edits(field, 4, 12),
    ]


COMPARISONS = {
    "given": _name("given"),
    "family": _name("family"),
    "born": _born(),
    "number": [_same("number"), _edits("number", 1), _edits("number", 2, 6)],
    "phone": [_same("phone"), _edits("phone", 1, 7)],
    "email": [
        _same("email"),
        Level("email_user_l = email_user_r", "same before the @"),
        _edits("email", 2),
        _edits("email_user", 2, 5),
    ],
    "house": [_same("house"), _edits("house", 1, 2)],
    "street": _address("street", "line"),
    "line": _address("line", "street"),
    "place": [_same("place", rare=True), _edits("place", 2, 6)],
    "postcode": [_same("postcode"), _edits("postcode", 1, 4)],
    "state": [_same("state")],
}
