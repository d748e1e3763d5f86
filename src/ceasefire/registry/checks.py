"""A numbered system check: no table holds a number by which people could be ranked (C34)."""

import re
from collections.abc import Iterable

from django.core.checks import Error, register
from django.db import models

# Words of a column's name; a weight of evidence is of a pair of records, and of nobody.
SCORES = re.compile(
    r"(^|_)(scores?|scored|rank|ranks|ranking|tiers?|rating|grade|danger|dangerousness|threat_level"
    r"|risk|risk_level|risk_score|likelihood|propensity|prediction|predicted|probability)(_|$)"
)


def scoring_fields(tables: Iterable[type[models.Model]]) -> list[str]:
    """The fields whose names say that somebody is scored, ranked, put in a tier or predicted."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in tables
        for field in model._meta.concrete_fields
        if SCORES.search(field.name)
    ]


@register()
def nobody_is_scored(app_configs=None, **_kwargs):
    """ceasefire.E002: a table of a closed room would hold a score, a rank or a tier."""
    from ceasefire.access.policies import declared
    from ceasefire.access.retention.walls import CLOSED

    tables = [model for model, policy in declared().items() if policy.room in CLOSED]
    return [
        Error(
            f"{field} would score, rank or predict people.",
            hint="Keep the facts, each with its source; people decide, in words.",
            id="ceasefire.E002",
        )
        for field in sorted(scoring_fields(tables))
    ]
