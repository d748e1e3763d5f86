"""Whether the files loaded so far reach to the end of the week."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ceasefire.shooting_review.packet.model import Packet
from ceasefire.shooting_review.panels import words


def coverage(packet: Packet) -> str:
    """What a reader must know before any figure; empty where the files cover the whole week."""
    if packet.whole:
        return ""
    newest = packet.newest_file.astimezone(ZoneInfo(packet.time_zone)).date()
    told = {"as_of": words.day(newest), "until": words.day(packet.covered_until)}
    if packet.uncovered:
        return _("No file covers this week yet (the newest is as of %(as_of)s).") % told
    return (
        _(
            "The files cover this week only until %(until)s (the newest is as of %(as_of)s): "
            "its figures will still grow."
        )
        % told
    )
