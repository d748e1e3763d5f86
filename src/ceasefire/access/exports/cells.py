"""Values as spreadsheet cells: no text of ours is ever run as a formula."""

import re
from datetime import datetime

from django.utils import timezone

# A spreadsheet takes a text that begins with one of these for a formula and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NEGATIVE = re.compile(r"-[0-9]+(?:\.[0-9]+)?")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a negative number stays one."""
    starts = text.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{text}" if starts and not _NEGATIVE.fullmatch(text) else text


def plain(value: object) -> object:
    """A value as cells hold it: moments in the city's time, and whatever is no number as text."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None).isoformat(" ", "minutes")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return str(value)
