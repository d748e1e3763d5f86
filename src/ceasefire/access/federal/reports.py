"""The year's report to the state: how many requests came, from whom, how, for what, answered how.

Counts only. No person asked about and no official is named.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ceasefire.access.exports import tables
from ceasefire.access.exports.tables import Column, Table
from ceasefire.access.federal.models import ImmigrationRequest
from ceasefire.access.federal.policies import DIRECTORS
from ceasefire.access.partitions import Room
from ceasefire.kit import documents

TEMPLATE = Path(__file__).parents[1] / "templates" / "federal" / "report.typ"
TABLE = "immigration-requests"


@dataclass(frozen=True)
class Line:
    """One row of the report: which breakdown, which value of it, how many requests."""

    by: str
    value: str
    requests: int


def years() -> list[int]:
    """The years in which a request came, and this one; the newest first."""
    known = ImmigrationRequest.objects.datetimes("received_at", "year", tzinfo=_zone())
    return sorted({timezone.localdate().year, *(moment.year for moment in known)}, reverse=True)


def of_year(year: int) -> list[Line]:
    """The report of a calendar year in the time zone at hand; zeros are said, not left out."""
    zone = _zone()
    requests = list(
        ImmigrationRequest.objects.filter(
            received_at__gte=datetime(year, 1, 1, tzinfo=zone),
            received_at__lt=datetime(year + 1, 1, 1, tzinfo=zone),
        )
    )
    return [Line(_("All requests"), str(year), len(requests)), *_breakdowns(requests)]


def _breakdowns(requests: list[ImmigrationRequest]) -> Iterator[Line]:
    kinds = ImmigrationRequest
    yield from _fixed(_("Answer"), kinds.Answer, [one.answer for one in requests])
    yield from _fixed(_("Means"), kinds.Means, [one.means for one in requests])
    yield from _fixed(_("What was asked for"), kinds.About, [one.about for one in requests])
    bodies = Counter(one.body for one in requests)
    yield from (Line(_("Authority"), body, bodies[body]) for body in sorted(bodies))
    months = Counter(timezone.localtime(one.received_at).month for one in requests)
    yield from (Line(_("Month"), str(MONTHS[month]), months[month]) for month in MONTHS)


def _fixed(by: str, choices, values: Iterable[str]) -> Iterator[Line]:
    counted = Counter(values)
    yield from (Line(by, str(one.label), counted[one.value]) for one in choices)


def _zone():
    return timezone.get_current_timezone()


def as_pdf(year: int, *, reader: str) -> bytes:
    """The report as PDF bytes, in the active language."""
    lines = of_year(year)
    data = {
        "language": (get_language() or "en").partition("-")[0],
        "title": _("Requests by immigration authorities, %(year)s") % {"year": year},
        "sentence": _("Counts of requests received in the calendar year. No person is named."),
        "columns": [_("By"), _("Which"), _("Requests")],
        "rows": [[line.by, line.value, str(line.requests)] for line in lines],
        "reader": _("Made by %(reader)s, %(day)s.")
        % {"reader": reader, "day": timezone.localdate().isoformat()},
        "page": _("page"),
        "of": _("of"),
    }
    return documents.pdf(TEMPLATE, data)


def _may(actor) -> bool:
    return actor.is_operator or actor.standing in DIRECTORS


tables.declare(
    Table(
        name=TABLE,
        title="Requests by immigration authorities",
        room=Room.AGGREGATE,
        columns=(
            Column("by", "By", attrgetter("by")),
            Column("value", "Which", attrgetter("value")),
            Column("requests", "Requests", attrgetter("requests")),
        ),
        rows=lambda selection: of_year(int(selection["year"])),
        may_export=_may,
        may_export_names=lambda actor: False,
        person_linked=False,
    )
)
