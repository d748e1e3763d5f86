"""The database's refusal of a reading beyond the budget, as Python knows it."""

import json
from dataclasses import dataclass
from datetime import datetime

# Raised by wall.reading_require and by nothing else.
SQLSTATE = "CF057"


@dataclass
class OverBudget(Exception):
    """A page would have shown more persons than the account's budget allows, so it showed none.

    span: hour or day. allowed: persons. step_up: whether showing the second step again helps.
    again: when the next person may be read without it.
    """

    span: str
    allowed: int
    step_up: bool
    again: datetime


def over_budget(error: BaseException | None) -> OverBudget | None:
    """The refusal behind an error, if one is behind it."""
    while error is not None:
        if isinstance(error, OverBudget):
            return error
        if getattr(error, "sqlstate", None) == SQLSTATE:
            return _read(error.diag.message_detail)
        error = error.__cause__ or error.__context__
    return None


def _read(detail: str) -> OverBudget:
    said = json.loads(detail)
    return OverBudget(**said | {"again": datetime.fromisoformat(said["again"])})
