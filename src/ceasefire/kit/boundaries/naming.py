"""Which property of a boundary file holds the names of its areas."""

import re
from collections.abc import Sequence
from typing import Any

WORDS = (
    "name",
    "district",
    "precinct",
    "neighb",
    "nbr",
    "community",
    "beat",
    "ward",
    "dist",
    "sector",
    "zone",
    "zip",
    "label",
)
NEVER = re.compile(
    r"^(object|global|f|g|o|cartodb_)?_?id$|^oid|guid|^shape|geom|area_?$|area_?(sq|m|ft|km)"
    r"|len(gth)?$|perim|acres|sq_?(mi|ft|km|m)|created|edited|date|user$|abbrev",
    re.IGNORECASE,
)
LONGEST = 60


def name_property_of(properties: Sequence[dict[str, Any]]) -> str | None:
    """The property that best tells the areas apart; None when no property does."""
    keys = dict.fromkeys(key for row in properties for key in row)
    fitting = [key for key in keys if _fits(key, properties)]
    return max(fitting, key=lambda key: _merit(key, properties), default=None)


def name_text(value: Any) -> str:
    """A name as text: 77.0 is "77", blanks are stripped and runs of them made one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _fits(key: str, properties: Sequence[dict[str, Any]]) -> bool:
    values = [row.get(key) for row in properties]
    texts = [name_text(value) for value in values]
    fractions = any(isinstance(v, float) and not v.is_integer() for v in values)
    filled = [text for text in texts if text]
    nested = any(isinstance(value, dict | list) for value in values)
    return (
        not (NEVER.search(key) or fractions or nested)
        and 2 * len(filled) > len(texts)
        and max(map(len, filled)) <= LONGEST
        and 2 * len(set(filled)) > len(filled)
    )


def _merit(key: str, properties: Sequence[dict[str, Any]]) -> tuple[float, int, bool]:
    texts = [name_text(row.get(key)) for row in properties]
    distinct = len({text for text in texts if text}) / len(texts)
    word = next((len(WORDS) - i for i, w in enumerate(WORDS) if w in key.lower()), 0)
    letters = any(any(map(str.isalpha, text)) for text in texts)
    return (bool(word) + round(distinct, 1), word, letters)
