"""Verbs of the weekly review."""

from django.db import transaction

from ceasefire.access.policies import require_change
from ceasefire.registry.shootings import counting
from ceasefire.registry.shootings.shooting import shootings
from ceasefire.shooting_review.models import FittedBands
from ceasefire.shooting_review.packet import near_repeats
from ceasefire.shooting_review.packet.history import History
from ceasefire.shooting_review.packet.model import Bands
from ceasefire.shooting_review.weeks import Week


@transaction.atomic
def bands_refit(*, week: Week) -> Bands:
    """Fit and keep the near-repeat table that the week's packet reads, before anybody asks for it.

    Does nothing where the kept one still stands on the very same incidents.
    """
    require_change(FittedBands)
    window = near_repeats.fit_window(week.end)
    rule = counting.rules()(week.end)
    rows = shootings(window.start, window.end)
    return near_repeats.bands_for(History([row for row in rows if rule.counts(row)]), week.end)
