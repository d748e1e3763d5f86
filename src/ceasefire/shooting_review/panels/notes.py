"""Data notes: what is missing, what is still changing, what was left out, what is not here yet."""

from django.utils.translation import gettext as _

from ceasefire.kit.tables import Number
from ceasefire.registry.shootings import counting
from ceasefire.shooting_review.packet.model import Gaps, Packet
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.panels.parts import Panel, Table


def notes(packet: Packet) -> Panel:
    return Panel(
        key="notes",
        title=_("Data notes"),
        sentences=[
            _definition(packet),
            *_left_out(packet),
            *_changes(packet),
            *_oddities(packet),
            _not_here(),
        ],
        tables=[_gaps(packet), *_files(packet)],
    )


def _definition(packet: Packet) -> str:
    return _("What counts here as a verified shooting: %(words)s") % {"words": packet.rule.words}


def _left_out(packet: Packet) -> list[str]:
    week, year = packet.notes.left_out, packet.notes.left_out_year
    told = [
        _("Not counted since the week began: %(n)d %(reason)s (%(names)s).")
        % {"n": len(rows), "reason": _reasons()[reason], "names": words.listed(rows)}
        for reason, rows in week.items()
    ]
    earlier = ", ".join(f"{len(rows)} {_reasons()[reason]}" for reason, rows in year.items())
    total = _("Not counted in the last 52 weeks: %(told)s.") % {"told": earlier}
    return [*told, total] if year else [_("No incident of the last 52 weeks was left out.")]


def _reasons() -> dict[str, str]:
    return {
        counting.HELD: _("on hold"),
        counting.UNFOUNDED: _("unfounded"),
        counting.WITHHELD: _("withheld, because the publisher dropped it"),
        counting.OUTSIDE: _("outside the city, counted where it happened"),
        counting.NOT_MEANT: _("outside the city's definition"),
    }


def _changes(packet: Packet) -> list[str]:
    found = packet.notes
    told = {"day": words.day(found.last_review)}
    if found.first_load:
        return [
            _(
                "Everything here was first loaded after the last review (%(day)s), so nothing "
                "can be said about what changed."
            )
            % told
        ]
    lines = []
    if found.changed:
        told |= {"n": len(found.changed), "names": words.listed(found.changed)}
        lines.append(
            _("Changed since the last review (%(day)s): %(n)d earlier incidents (%(names)s).")
            % told
        )
    return [*lines, *_late(packet)] or [
        _("No earlier incident of the last 52 weeks has changed since the last review (%(day)s).")
        % told
    ]


def _late(packet: Packet) -> list[str]:
    """Late reports by name; what a new feed brought with it is only counted."""
    found = packet.notes
    told = {
        "day": words.day(found.last_review),
        "n": len(found.late),
        "names": words.listed(found.late),
        "fed": words.number(found.newly_fed),
    }
    late = _("First known since the last review (%(day)s): %(n)d earlier incidents (%(names)s).")
    both = _(
        "First known since the last review (%(day)s): %(n)d earlier incidents (%(names)s), and "
        "%(fed)s from a feed loaded for the first time."
    )
    fed = _(
        "First known since the last review (%(day)s): no late report, and %(fed)s earlier "
        "incidents from a feed loaded for the first time."
    )
    if found.newly_fed:
        return [(both if found.late else fed) % told]
    return [late % told] if found.late else []


def _oddities(packet: Packet) -> list[str]:
    lines = []
    if rows := packet.notes.disagreeing:
        told = {"n": words.incidents(len(rows)), "names": words.listed(rows)}
        lines.append(
            _(
                "In the last 52 weeks %(n)s state another district or neighbourhood than the "
                "one that holds their place (%(names)s)."
            )
            % told
        )
    if packet.notes.undated:
        told = {"n": words.incidents(packet.notes.undated)}
        lines.append(_("%(n)s in the register have no date and are in no figure.") % told)
    return lines


def _not_here() -> str:
    return _(
        "Not in this packet: ballistic links, which wait for their feed. Linked "
        "shootings are near in space and time, and nothing more is known to connect "
        "them."
    )


def _gaps(packet: Packet) -> Table:
    return Table(
        _("What the counted incidents do not say"),
        [
            _("Window"),
            Number(_("Incidents")),
            Number(_("No place")),
            Number(_("No time of day")),
            Number(_("Number of victims not known")),
        ],
        [_gap(gaps) for gaps in packet.notes.gaps],
    )


def _gap(gaps: Gaps) -> list[str]:
    missing = (gaps.without_place, gaps.without_time, gaps.without_victims)
    return [
        words.window_name(gaps.window),
        words.number(gaps.incidents),
        *(f"{words.number(count)} ({words.share(count, gaps.incidents)})" for count in missing),
    ]


def _files(packet: Packet) -> list[Table]:
    files = packet.notes.last_files
    if not files:
        return []
    rows = [
        [file.feed, file.file_name, words.moment(file.as_of, packet.time_zone)] for file in files
    ]
    return [Table(_("The last file of each feed"), [_("Feed"), _("File"), _("As of")], rows)]
