"""The weeks, one week's packet, and the packet as a PDF."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ceasefire.access.gates import LAW_ENFORCEMENT_REVIEW, gate
from ceasefire.access.partitions import Room
from ceasefire.registry.services import CityNotSet
from ceasefire.shooting_review import documents, selectors
from ceasefire.shooting_review import packet as packets
from ceasefire.shooting_review.packet import Packet
from ceasefire.shooting_review.panels import report
from ceasefire.shooting_review.weekly import weeks_of
from ceasefire.shooting_review.weeks import NotAWeek, Week

# A quarter of a year stands open on the list; the rest of the year is folded.
NEWEST = 13

reviewers = gate(Room.INVESTIGATIVE, full=LAW_ENFORCEMENT_REVIEW)


@reviewers
def weeks(request):
    years = selectors.years()
    year = _year(request.GET.get("year"), years)
    rows = weeks_of(year) if year else []
    context = {
        "years": years, "year": year, "weeks": rows, "newest": rows[:NEWEST],
        "earlier": rows[NEWEST:],
    }  # fmt: skip
    return render(request, "shooting_review/weeks.html", context)


def _year(asked: str | None, years: list[int]) -> int | None:
    """The year asked for, where the register has it; else the latest one."""
    return next((year for year in years if str(year) == asked), years[0] if years else None)


@reviewers
def packet(request, week):
    built = _build(request, week)
    context = {
        "week": built.week,
        "report": report(built),
        "earlier": built.week.shifted(-1),
        "later": built.week.shifted(1),
        "as_known": built.as_known,
    }
    return render(request, "shooting_review/packet.html", context)


@reviewers
def packet_pdf(request, week):
    built = _build(request, week)
    answer = HttpResponse(
        documents.packet_pdf(built, reader=request.actor.name), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="packet-{built.week}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _build(request, week: str) -> Packet:
    try:
        return packets.build(Week.parse(week), as_of=_as_of(request))
    except (NotAWeek, CityNotSet) as error:
        raise Http404(str(error)) from error


def _as_of(request) -> date | None:
    asked = request.GET.get("as_of")
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError as error:
        raise Http404(f"'{asked}' is not a date.") from error
