"""Weekday and hour, as far as the recorded times go."""

from django.utils.translation import gettext as _

from ceasefire.kit.charts.canvas import Palette
from ceasefire.shooting_review.packet.model import Packet
from ceasefire.shooting_review.panels import pictures, words
from ceasefire.shooting_review.panels.parts import Panel


def clock(packet: Packet, palette: Palette) -> Panel:
    found = packet.clock
    figures = [pictures.weekdays(found, palette)] if found.incidents else []
    if found.hours:
        figures.append(pictures.hours(found, palette))
    return Panel(
        key="clock",
        title=_("Weekday and hour"),
        sentences=_told(packet),
        figures=figures,
    )


def _told(packet: Packet) -> list[str]:
    found = packet.clock
    told = {"timed": words.number(found.timed), "n": words.incidents(found.incidents)}
    if not found.incidents:
        return [_("Not shown: no incident in the last 52 weeks.")]
    if not found.timed:
        return [
            _(
                "The hour of day is not shown: the city's file gives the day of a shooting and "
                "no time of day."
            )
        ]
    if not found.hours:
        return [
            _(
                "The hour of day is not shown: only %(timed)s of %(n)s in the last 52 weeks "
                "have a time of day, fewer than half."
            )
            % told
        ]
    return [
        _(
            "%(timed)s of %(n)s in the last 52 weeks have a time of day; the others are "
            "not in the grid of hours."
        )
        % told
    ]
