"""Territories on the city's map."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ceasefire.kit import maps
from ceasefire.kit.charts import Chart
from ceasefire.registry.groups.selectors import Picture
from ceasefire.registry.selectors import listing


def territories(pictures: Iterable[Picture]) -> Chart | None:
    """The territories that sources draw; None where none does."""
    drawn = [(one.name, one.area) for one in pictures if one.area]
    if not drawn:
        return None
    chart = maps.draw(
        boundaries=listing.outlines(), points=[], kinds=[], territories=drawn,
        title=_("Territories"),
        sentence=_(
            "The areas that groups claim, as the newest source draws each. Who lives or is seen "
            "there is tied to nobody by that."
        ),
    )  # fmt: skip
    chart.columns[:], chart.rows[:] = [_("Group")], [[name] for name, _area in drawn]
    return chart
