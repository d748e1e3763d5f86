"""The weekly packet: one week's shootings, and what they stand beside."""

from ceasefire.shooting_review.packet.builder import build
from ceasefire.shooting_review.packet.model import Packet

__all__ = ["Packet", "build"]
