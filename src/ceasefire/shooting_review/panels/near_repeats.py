"""Which of this week's shootings opened a window in space and time, and on what evidence."""

from itertools import pairwise

from django.utils import formats
from django.utils.translation import gettext as _

from ceasefire.kit.tables import Number
from ceasefire.registry.shootings.windows import Window
from ceasefire.shooting_review.packet.model import Bands, Card, OpenWindow, Packet
from ceasefire.shooting_review.packet.near_repeats import (
    ALPHA,
    FEWEST,
    LEAST_PAIRS,
    YEARS,
    Reach,
    reaches,
)
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.panels.parts import Panel, Table

# Fitted on less than this, a table usually sees nothing even where something is there.
SHORT_DAYS = 2 * 365


def near_repeats(packet: Packet) -> Panel:
    bands = packet.bands
    return Panel(
        key="near-repeats",
        title=_("Near repeats"),
        sentences=[*_verdict(packet), *_short(packet)],
        tables=[*_windows(packet), *([_fitted(bands)] if bands.fitted else [])],
        notes=_method(packet) if bands.fitted else [],
    )


def _verdict(packet: Packet) -> list[str]:
    bands = packet.bands
    if bands.fitted is None:
        told = {"n": bands.incidents, "fewest": FEWEST, "span": words.span(_covered(packet))}
        return [
            _(
                "Too few shootings with a place (%(n)d, of the %(fewest)d needed) from "
                "%(span)s: no table is fitted and no window is opened."
            )
            % told
        ]
    if not bands.opens:
        return [_("The city's own data do not show near repeats; no window is opened.")]
    opened = {window.shooting.id for window in packet.windows}
    unplaced = sum(not card.shooting.placed for card in packet.cards)
    told = {"n": words.shootings(len(opened))}
    sentences = [
        _(
            "After a shooting in this city, more shootings than chance would bring follow "
            "in the rings and on the days below. %(n)s of this week opened such windows."
        )
        % told
    ]
    if unplaced:
        sentences.append(
            _("%(n)s without a known place opened none.") % {"n": words.shootings(unplaced)}
        )
    return sentences


def _covered(packet: Packet) -> Window:
    """The part of the fitted window that holds history."""
    window, begins = packet.bands.window, packet.history_begins
    return Window(
        window.name, min(max(window.start, begins or window.start), window.end), window.end
    )


def _short(packet: Packet) -> list[str]:
    covered = _covered(packet)
    if packet.bands.fitted is None or covered.days >= SHORT_DAYS:
        return []
    told = {"days": words.days(covered.days), "years": YEARS}
    return [
        _(
            "The table rests on %(days)s of history instead of %(years)d years. One year "
            "is usually not enough data: a band that shows nothing may only be too thin."
        )
        % told
    ]


def _windows(packet: Packet) -> list[Table]:
    if not packet.windows:
        return []
    rows = [
        [str(card.shooting), _area(card), *(_dates(packet, window) for window in card.windows)]
        for card in packet.cards
        if card.windows
    ]
    columns = [_("Shooting"), _("Area"), *(_reach_name(reach) for reach in reaches(packet.bands))]
    return [Table(_("Windows that this week's shootings opened"), columns, rows)]


def _area(card: Card) -> str:
    return card.shooting.neighbourhood or card.shooting.district


def _reach_name(reach: Reach) -> str:
    told = {
        "ring": words.ring(reach.beyond_m, reach.within_m),
        "days": words.lag(reach.first_day, reach.last_day + 1),
        "ratio": words.number(reach.ratio, 1),
    }
    return _("%(ring)s, %(days)s: %(ratio)s times") % told


def _dates(packet: Packet, window: OpenWindow) -> str:
    told = {
        "since": formats.date_format(window.since, "j M"),
        "until": formats.date_format(window.until, "j M"),
    }
    if window.until < packet.review_day:
        return _("%(since)s to %(until)s, over") % told
    return _("%(since)s to %(until)s") % told


def _fitted(bands: Bands) -> Table:
    table = bands.fitted
    return Table(
        _("Pairs of shootings: observed / expected = ratio (p)"),
        [_("Distance"), *(Number(words.lag(*edges)) for edges in pairwise(table.time_edges))],
        [
            [words.ring(*edges), *(_cell(bands, band, lag) for lag in range(table.ratio.shape[1]))]
            for band, edges in enumerate(pairwise(table.space_edges))
        ],
    )


def _cell(bands: Bands, band: int, lag: int) -> str:
    table = bands.fitted
    told = {
        "observed": words.number(int(table.observed[band, lag])),
        "expected": words.number(table.expected[band, lag], 1),
        "ratio": words.number(table.ratio[band, lag], 2) if table.expected[band, lag] else "–",
        "p": words.p_value(table.p_value[band, lag]),
        "mark": " *" if bands.raised[band, lag] else "",
    }
    return "{observed} / {expected} = {ratio} ({p}){mark}".format(**told)


def _method(packet: Packet) -> list[str]:
    bands, table = packet.bands, packet.bands.fitted
    told = {
        "n": words.shootings(bands.incidents),
        "span": words.span(_covered(packet)),
        "unplaced": words.number(bands.unplaced),
        "shuffles": words.number(table.permutations),
        "alpha": words.number(ALPHA, 2),
        "least": LEAST_PAIRS,
    }
    notes = [
        _(
            "Knox table of %(n)s with a known place, %(span)s (%(unplaced)s without a "
            "place left out); one row per incident. Expected pairs are exact; p from "
            "%(shuffles)s shuffles of the dates over the places. A band (*) opens windows "
            "when it holds at least %(least)s pairs, more than expected, and its p stays "
            "below %(alpha)s with false discoveries controlled over the whole table. "
            "Distances from the lower figure up to, not including, the upper; whole days."
        )
        % told
    ]
    if bands.fitted_at:
        moment = words.moment(bands.fitted_at, packet.time_zone)
        notes.append(_("Fitted on %(moment)s and kept.") % {"moment": moment})
    return notes
