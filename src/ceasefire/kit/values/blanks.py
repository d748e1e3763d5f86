"""Which texts say nothing at all, and which say that nothing is known."""

EMPTY = frozenset(
    {"", "-", "--", "---", "(null)", "null", "<null>", "[null]", "none", "(none)", "nan", "nil"}
    | {"n/a", "na", "#n/a", "(blank)", "blank", "\\n", "nat", ".", "?", "s/d", "sin dato"}
)
UNKNOWN = frozenset(
    {"unknown", "unk", "unk.", "unkn", "not known", "not reported", "not stated", "undetermined"}
    | {"desconocido", "desconocida", "se desconoce", "no especificado", "unspecified"}
)


def is_empty(text: str | None) -> bool:
    """True for a cell that holds nothing: blank, "(null)", "N/A" and the like."""
    return text is None or text.strip().casefold() in EMPTY


def is_unknown(text: str | None) -> bool:
    """True for an empty cell and for a cell that says "unknown" in words."""
    return text is None or text.strip().casefold() in EMPTY | UNKNOWN
