"""The whole packet in words and pictures, once, for the page and for paper."""

from django.utils.translation import gettext as _

from ceasefire.kit.charts.canvas import Palette
from ceasefire.registry.selectors.listing import outlines
from ceasefire.shooting_review.packet import Packet
from ceasefire.shooting_review.panels import (
    areas,
    cards,
    clock,
    coverage,
    hot_spots,
    near_repeats,
    notes,
    overview,
    to_date,
    words,
)
from ceasefire.shooting_review.panels.parts import Report
from ceasefire.shooting_review.panels.place_maps import Atlas


def report(packet: Packet, *, palette: Palette = "screen") -> Report:
    atlas = Atlas(outlines(), packet.projected_system, palette)
    return Report(
        title=_("Shooting review packet, week %(week)s") % {"week": str(packet.week)},
        subtitle=f"{packet.city} · {words.span(packet.week.window)}",
        stamp=_stamp(packet),
        coverage=coverage.coverage(packet),
        headlines=overview.headlines(packet),
        overview=overview.overview(packet, atlas),
        groups=cards.groups(packet, atlas),
        panels=[
            near_repeats.near_repeats(packet),
            hot_spots.hot_spots(packet, atlas),
            areas.areas(packet, palette),
            to_date.to_date(packet),
            clock.clock(packet, palette),
            notes.notes(packet),
        ],
    )


def _stamp(packet: Packet) -> list[str]:
    lines = [_("For the review on %(day)s") % {"day": words.day(packet.review_day)}]
    if packet.as_of is None:
        return [*lines, _("The register holds no shootings yet")]
    moment = words.moment(packet.as_of, packet.time_zone)
    lines.append(_("As of %(moment)s") % {"moment": moment})
    if packet.as_known:
        lines.append(_("As known on %(day)s") % {"day": words.day(packet.as_known)})
    return lines
