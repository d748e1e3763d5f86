"""Districts and neighbourhoods that moved: the last four weeks beside the 52 before."""

from django.utils.translation import gettext as _

from ceasefire.kit.charts.canvas import Palette
from ceasefire.kit.tables import Number
from ceasefire.shooting_review.packet.areas import ALPHA, SMALL
from ceasefire.shooting_review.packet.model import Areas, Moved, Packet
from ceasefire.shooting_review.panels import pictures, words
from ceasefire.shooting_review.panels.parts import Panel, Table

ROWS_TOLD = 10


def areas(packet: Packet, palette: Palette) -> Panel:
    told = [moved for moved in packet.areas if moved.rows and packet.whole]
    return Panel(
        key="areas",
        title=_("Districts and neighbourhoods that moved"),
        sentences=[_told(moved) for moved in told] or [_absent(packet)],
        figures=[pictures.areas(moved, _title(moved), _of(moved), palette) for moved in told],
        tables=[_table(moved) for moved in told],
        notes=[_method(told), *_where()] if told else [],
    )


def _absent(packet: Packet) -> str:
    if not packet.whole:
        return _("Not shown: the last four weeks are not yet covered whole by any file.")
    if not packet.areas:
        return _("Not shown: the register does not hold the 56 weeks that this comparison needs.")
    return _("Not shown: no shooting of the last 56 weeks has a district or neighbourhood.")


def _of(moved: Areas) -> str:
    return _("District") if moved.kind == "district" else _("Neighbourhood")


def _title(moved: Areas) -> str:
    if moved.kind == "district":
        return _("Districts: the last 4 weeks and the 52 weeks before")
    return _("Neighbourhoods: the last 4 weeks and the 52 weeks before")


def _told(moved: Areas) -> str:
    sure = [row for row in moved.rows if row.sure and not row.small]
    names = "; ".join(f"{row.name} ({row.now} / {words.number(row.expected, 1)})" for row in sure)
    if moved.kind == "district":
        nothing = _("Districts: none differs from its 52 weeks before by more than chance.")
        some = _(
            "Districts that differ from their 52 weeks before by more than chance (now / "
            "expected): %(names)s."
        )
    else:
        nothing = _("Neighbourhoods: none differs from its 52 weeks before by more than chance.")
        some = _(
            "Neighbourhoods that differ from their 52 weeks before by more than chance "
            "(now / expected): %(names)s."
        )
    return some % {"names": names} if sure else nothing


def _table(moved: Areas) -> Table:
    return Table(
        _title(moved),
        [
            _of(moved),
            Number(_("Last 4 weeks")),
            Number(_("Expected in 4 weeks")),
            Number(_("52 weeks before")),
            Number(_("p")),
            _("Note"),
        ],
        [_row(row) for row in moved.rows[:ROWS_TOLD]],
    )


def _row(row: Moved) -> list[str]:
    if row.small:
        note = _("few")
    elif row.sure:
        note = _("more") if row.now > row.expected else _("fewer")
    else:
        note = _("within chance")
    return [
        row.name,
        words.number(row.now),
        words.number(row.expected, 1),
        words.number(row.before),
        words.p_value(row.p_value),
        note,
    ]


def _method(told: list[Areas]) -> str:
    compared = max(len(moved.rows) for moved in told)
    first = told[0]
    values = {
        "now": words.span(first.now),
        "before": words.span(first.before),
        "n": compared,
        "chance": words.number(compared * ALPHA, 1),
        "few": SMALL,
        "alpha": words.number(ALPHA, 2),
    }
    return (
        _(
            "Unit: incidents. %(now)s against %(before)s; the windows do not overlap. p: "
            "exact test of two Poisson counts given their sum. Among %(n)d areas about "
            "%(chance)s would fall "
            "below %(alpha)s by chance alone, so only those that stay below it with false "
            "discoveries controlled are named. Fewer than %(few)d incidents in both "
            "windows together are marked few. The areas shown are those least likely by "
            "chance."
        )
        % values
    )


def _where() -> list[str]:
    return [
        _(
            "Areas are those found from the city's boundary files; where a place is not "
            "known, those stated by the source."
        )
    ]
