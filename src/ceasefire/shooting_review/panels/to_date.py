"""The year so far beside as many days of the last three years."""

from django.utils.translation import gettext as _

from ceasefire.kit.tables import Number
from ceasefire.shooting_review.packet.model import Packet, ToDate
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.panels.parts import Panel, Table

FEW = 10


def to_date(packet: Packet) -> Panel:
    return Panel(
        key="to-date",
        title=_("Year to date"),
        sentences=[_told(packet)],
        tables=[_table(packet)],
        notes=[*_absent(packet), _method(packet.to_date[0])],
    )


def _told(packet: Packet) -> str:
    now = packet.to_date[0]
    told = {"n": words.incidents(now.count.incidents), "span": words.span(now.window)}
    return _("%(n)s from %(span)s.") % told


def _table(packet: Packet) -> Table:
    return Table(
        _("Equal windows from 1 January"),
        [
            _("Dates"),
            Number(_("Incidents")),
            Number(_("Victims")),
            Number(_("Fatal victims")),
            Number(_("Change to this year")),
            Number(_("p")),
        ],
        [_row(row, packet.whole) for row in packet.to_date],
    )


def _row(row: ToDate, whole: bool) -> list[str]:
    """Without the change and its p while a part of this year's days is still to come."""
    compared = whole and row.p_value is not None
    return [
        words.span(row.window),
        words.number(row.count.incidents),
        words.known(row.count.victims),
        words.known(row.count.killed),
        _change(row) if compared else "",
        words.p_value(row.p_value) if compared else "",
    ]


def _change(row: ToDate) -> str:
    if row.change is None:
        return "–"
    told = f"{'+' if row.change > 0 else ''}{words.number(100 * row.change)}%"
    return _("%(change)s (few)") % {"change": told} if row.count.incidents < FEW else told


def _absent(packet: Packet) -> list[str]:
    if not packet.to_date_missing:
        return []
    years = ", ".join(str(missing.window.start.year) for missing in packet.to_date_missing)
    return [
        _("Not shown: %(years)s. The register does not hold those days in full.") % {"years": years}
    ]


def _method(now: ToDate) -> str:
    told = {"days": words.days(now.window.days), "few": FEW}
    return (
        _(
            "Every window is %(days)s long and none reaches into another. Change: "
            "incidents of this year over those of that year, less one; from fewer than "
            "%(few)d incidents it is marked few. p: exact test of two Poisson counts given "
            "their sum."
        )
        % told
    )
