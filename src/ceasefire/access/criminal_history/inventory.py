"""What certificates for criminal-history data keep."""

from ceasefire.access.criminal_history.models import HistoryCertificate
from ceasefire.access.describing import DataClass, Kept, describe, staff
from ceasefire.access.partitions import Room

describe(
    HistoryCertificate,
    {
        "id": "row number",
        "account": "who is certified",
        "agency": "for which agency",
        "screened_on": "day of the fingerprint screening",
        "certified_on": "first day",
        "certified_until": "last day, two years later at most",
        "source": "where it is written",
        "recorded_by": staff("who recorded it"),
        "recorded_at": "when",
        "ended_at": "when it was ended before its last day",
    },
    what="Who may be shown criminal-history data of the state or the FBI, and until when.",
    room=Room.AGGREGATE,
    data_class=DataClass.ACCOUNTS,
    whose="staff",
    source="the person's agency, through a keeper of accounts",
    kept=Kept.ACCOUNT,
)
