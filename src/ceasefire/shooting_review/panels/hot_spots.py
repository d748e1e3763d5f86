"""Where the shootings of the last 4 and 52 weeks concentrate."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ceasefire.kit.tables import Number
from ceasefire.shooting_review.packet.hot_spots import BANDWIDTH_M, PLACE_M
from ceasefire.shooting_review.packet.model import HotSpots, Packet, Place
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.panels.parts import Panel, Table
from ceasefire.shooting_review.panels.place_maps import Atlas
from ceasefire.statistics.concentration import PlacesHolding


def hot_spots(packet: Packet, atlas: Atlas) -> Panel:
    shown = [found for found in packet.hot_spots if found.density is not None]
    tables = [_fullest(found) for found in shown if found.holding.fullest]
    return Panel(
        key="hot-spots",
        title=_("Where shootings concentrate"),
        sentences=[sentence for found in packet.hot_spots for sentence in _told(found)],
        figures=[atlas.density(found) for found in shown],
        tables=tables,
        notes=[_method(shown[0])] if shown else [],
    )


def _told(found: HotSpots) -> list[str]:
    name = words.window_name(found.window)
    if found.holding is None:
        return [_("%(window)s: no shooting with a known place.") % {"window": name}]
    holding = found.holding
    told = {
        "window": name,
        "n": words.shootings(found.incidents),
        "places": ngettext("%(n)s place", "%(n)s places", holding.half.of_places)
        % {"n": words.number(holding.half.of_places)},
        "quarter": words.number(holding.quarter.places),
        "half": words.number(holding.half.places),
    }
    if not holding.fullest:
        return [
            _(
                "%(window)s: %(n)s with a known place, each at a place of its own; no place "
                "holds more than one."
            )
            % told
        ]
    lead = (
        _(
            "%(window)s: %(n)s with a known place, at %(places)s. A quarter of them "
            "happened at %(quarter)s places, half at %(half)s."
        )
        % told
    )
    return [lead, *_tied(holding.quarter)]


def _tied(held: PlacesHolding) -> list[str]:
    """Where equal places compete for the last seats of the quarter, no list of them exists."""
    if held.tied == held.tied_taken:
        return []
    told = {"tied": words.number(held.tied), "each": held.smallest, "taken": held.tied_taken}
    return [
        _(
            "Of the quarter's places, %(taken)s are any of the %(tied)s places with "
            "exactly %(each)s; which ones is arbitrary."
        )
        % told
    ]


def _fullest(found: HotSpots) -> Table:
    return Table(
        _("%(window)s: places with more than one shooting, the fullest first")
        % {"window": words.window_name(found.window)},
        [_("Place"), Number(_("Incidents")), _("The last one")],
        [
            [_place(place), words.number(place.incidents), words.day(place.latest)]
            for place in found.holding.fullest
        ],
    )


def _place(place: Place) -> str:
    point = f"{place.latitude:.4f}, {place.longitude:.4f}"
    return ", ".join(part for part in (place.address or point, place.area) if part)


def _method(found: HotSpots) -> str:
    told = {
        "bandwidth": words.metres(BANDWIDTH_M),
        "cell": words.metres(found.cell_m),
        "place": words.metres(PLACE_M),
    }
    return (
        _(
            "Density: Gaussian kernel, bandwidth %(bandwidth)s, exact, in cells of "
            "%(cell)s, in the city's own projected system. A place is a square of "
            "%(place)s. Shootings without a known place are not in it."
        )
        % told
    )
