"""How each room shows itself on top of a page: its name, a picture and one sentence."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.access.partitions import Room


@dataclass(frozen=True)
class Band:
    room: Room
    icon: str
    sentence: Promise


BANDS = {
    band.room: band
    for band in (
        Band(
            Room.INVESTIGATIVE,
            "shield",
            _("Investigative. Nothing leaves this room except by a release."),
        ),
        Band(
            Room.SHARED,
            "table",
            _("Ceasefire staff and partners. Nothing here comes from a case file."),
        ),
        Band(
            Room.SERVICES,
            "lock",
            _("The organisation's own files. Law enforcement cannot open this page."),
        ),
        Band(
            Room.AGGREGATE,
            "bars",
            _("Figures and oversight. No case file and no register is shown here."),
        ),
        Band(Room.ACCOUNT, "key", _("Signing in, and what you set for yourself.")),
    )
}
