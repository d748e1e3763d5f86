"""Numbers as people and programs write them."""

import re

_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_DECIMAL_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")


def parse_number(text: str | None) -> float | None:
    """The number in a text ("7,690,238", "45,5172", "1.5e6", " -87.6"), or None.

    A single comma before exactly three digits groups thousands; any other comma is a decimal
    comma, with points before it as thousands.
    """
    if text is None:
        return None
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return float(text)
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def parse_count(text: str | None) -> int | None:
    """A whole number from zero upwards ("3", "3.0"), or None."""
    number = parse_number(text)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


_WHOLE = re.compile(r"(\d+)\.0+")


def stable_text(text: str) -> str:
    """An identifier as text, without the ".0" and thousands commas that software adds."""
    text = text.strip()
    whole = _WHOLE.fullmatch(text)
    if whole:
        return whole[1]
    if _GROUPED.fullmatch(text):
        return text.replace(",", "")
    return text
