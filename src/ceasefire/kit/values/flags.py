"""Yes and no in their many spellings."""

YES = frozenset({"y", "yes", "t", "true", "1", "1.0", "-1", "x", "s", "si", "sí", "on", "checked"})
NO = frozenset({"n", "no", "f", "false", "0", "0.0", "off", "unchecked"})


def parse_flag(text: str | None) -> bool | None:
    """True or False for a yes-or-no text in any of the known spellings, else None."""
    if text is None:
        return None
    word = text.strip().casefold()
    return True if word in YES else False if word in NO else None
