"""Verbs of the weekly review."""

from datetime import date

from django.db import transaction

from ceasefire.access.policies import require_change
from ceasefire.shooting_review import counting, selectors
from ceasefire.shooting_review.models import FittedBands
from ceasefire.shooting_review.packet import near_repeats
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.weeks import Week


@transaction.atomic
def bands_refit(*, until: date) -> FittedBands | None:
    """Fit the near-repeat table on the three years up to a day and keep it in place of older ones.

    Only tables whose window ends on or after `until` minus nothing are replaced; None where too
    few shootings have a place.
    """
    require_change(FittedBands)
    window = near_repeats.fit_window(until)
    rule = counting.rule_for(Week.of(until))
    rows = selectors.shootings(window.start, window.end)
    bands = near_repeats.fit(History([row for row in rows if rule.counts(row)]), window)
    return near_repeats.keep(bands) if bands.fitted else None
