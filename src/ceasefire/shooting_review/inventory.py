"""What the weekly packet keeps between runs."""

from ceasefire.access.describing import DataClass, Kept, describe
from ceasefire.access.partitions import Room
from ceasefire.shooting_review.models import FittedBands

describe(
    FittedBands,
    {
        "id": "row number",
        "window_start": "first day of the shootings used",
        "window_end": "last day",
        "incidents": "how many shootings",
        "fitted_at": "when",
        "settings": "with which distances and times",
        "bands": "the table: ratios by distance and time",
    },
    what="The city's own near-repeat table; it names no shooting.",
    room=Room.INVESTIGATIVE,
    data_class=DataClass.INCIDENT_FACTS,
    whose="all shootings together",
    source="the software, from the register",
    kept=Kept.DERIVED,
)
