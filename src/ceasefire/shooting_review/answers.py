"""What `./ceasefire packet` prints: the fixed keys of `--json`, and one line in words."""

from django.utils.translation import gettext as _

from ceasefire.shooting_review.packet import Packet
from ceasefire.shooting_review.packet.model import Comparison, OpenWindow
from ceasefire.shooting_review.panels import words
from ceasefire.shooting_review.panels.coverage import coverage


def as_json(packet: Packet) -> dict:
    return {
        "week_start": packet.week.start.isoformat(),
        "week_end": packet.week.end.isoformat(),
        "covered_until": packet.covered_until and packet.covered_until.isoformat(),
        "incidents": packet.count.incidents,
        "victims": packet.count.victims,
        "fatal_victims": packet.count.killed,
        "comparison": [_comparison(row) for row in packet.comparisons],
        "near_repeat_windows": [_window(window) for window in packet.windows],
    }


def _comparison(row: Comparison) -> dict:
    return {
        "window": row.window.name,
        "start": row.window.start.isoformat(),
        "end": row.window.end.isoformat(),
        "count": row.count,
        "expected": row.expected,
        "low": row.low,
        "high": row.high,
    }


def _window(window: OpenWindow) -> dict:
    return {
        "incident": str(window.shooting),
        "beyond_m": window.beyond_m,
        "within_m": window.within_m,
        "since": window.since.isoformat(),
        "until": window.until.isoformat(),
        "ratio": window.ratio,
    }


def in_words(packet: Packet) -> str:
    told = _counts(packet)
    if packet.uncovered and not packet.count.incidents:
        return f"{packet.week} ({told['span']}): {coverage(packet)}"
    sentence = (
        _(
            "%(week)s (%(span)s): %(incidents)s; victims: %(victims)s; near-repeat "
            "windows: %(opened)d."
        )
        % told
    )
    return " ".join(part for part in (sentence, coverage(packet)) if part)


def _counts(packet: Packet) -> dict:
    return {
        "week": str(packet.week),
        "span": words.span(packet.week.window),
        "incidents": words.incidents(packet.count.incidents),
        "victims": words.known(packet.count.victims),
        "opened": len(packet.windows),
    }
