"""How each room shows itself on top of a page: its name, a picture and one sentence.

Oversight has no room of its own in the database, and a band of its own all the same: its pages
name accounts, which no page of counts does.
"""

from dataclasses import dataclass

from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ceasefire.access.gates import Gate
from ceasefire.access.identity import Actor
from ceasefire.access.partitions import Room


@dataclass(frozen=True)
class Band:
    """name: as the style sheet knows it."""

    name: str
    label: Promise
    icon: str
    sentence: Promise


def _of(room: Room, icon: str, sentence: Promise) -> Band:
    return Band(room.value, room.label, icon, sentence)


BANDS = {
    Room.INVESTIGATIVE: _of(
        Room.INVESTIGATIVE,
        "shield",
        _("Investigative. Nothing leaves this room except by a release."),
    ),
    Room.SHARED: _of(
        Room.SHARED,
        "table",
        _("Ceasefire staff and partners. Nothing here comes from a case file."),
    ),
    Room.SERVICES: _of(
        Room.SERVICES,
        "lock",
        _("The organisation's own files. Law enforcement cannot open this page."),
    ),
    Room.AGGREGATE: _of(
        Room.AGGREGATE, "bars", _("Counts only. No person and no address is shown here.")
    ),
    Room.ACCOUNT: _of(Room.ACCOUNT, "key", _("Signing in, and what you set for yourself.")),
}
OVERSIGHT = Band(
    "oversight",
    _("Oversight"),
    "eye",
    _("Who did what. Accounts and record numbers, never what a record says."),
)
EXPORTS = Band("exports", _("Exports"), "out", _("What leaves the product, for whom and why."))
ADMINISTRATION = Band(
    Room.ACCOUNT.value,
    _("Administration"),
    "key",
    _("Accounts and agreements. No content of any room is here."),
)
IMMIGRATION = Band(
    "oversight",
    _("Immigration requests"),
    "eye",
    _("Who asked about immigration, and what they were told. Anybody may write one down."),
)
RIGHTS = Band(
    "oversight",
    _("People's own records"),
    "eye",
    _("Who asks what is held about them. What a holder answers goes to the person alone."),
)
# Parts whose pages lie in a room that says too little about them.
OF_PART = {
    "oversight": OVERSIGHT,
    "exports": EXPORTS,
    "administration": ADMINISTRATION,
    "federal": IMMIGRATION,
    "rights": RIGHTS,
    "interests": BANDS[Room.ACCOUNT],
}


def band_of(gate: Gate | None, actor: Actor | None, match: ResolverMatch | None) -> Band | None:
    """The band of a page; None where no gate has said what the page is."""
    if gate is None:
        return None
    part = OF_PART.get(match.namespace if match else "")
    if part is OVERSIGHT and gate.readers_room:
        part = None  # what an agency's own people keep in their room is no part of oversight
    return part or BANDS[gate.room_for(actor)]
