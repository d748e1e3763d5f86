"""Which keys a room has, which of them its record keys still need, and which are missing."""

from dataclasses import asdict, dataclass

from django.db.models import Count

from ceasefire.access import identity
from ceasefire.access.sealing import keyring
from ceasefire.access.sealing.models import RecordKey


@dataclass(frozen=True)
class RoomState:
    """wraps: number of a room's key -> how many record keys it wraps."""

    room: str
    keys: list[int]
    wraps: dict[int, int]
    destroyed: int

    @property
    def missing(self) -> list[int]:
        return sorted(self.wraps.keys() - set(self.keys))

    @property
    def unused(self) -> list[int]:
        """Older keys that only backups may still need."""
        return [key for key in self.keys[:-1] if key not in self.wraps]

    def as_dict(self) -> dict:
        return asdict(self) | {"missing": self.missing, "unused": self.unused}

    @property
    def words(self) -> str:
        if not self.keys and not self.wraps:
            return f"{self.room}: no key, nothing sealed"
        wraps = ", ".join(f"key {key} wraps {n:,}" for key, n in sorted(self.wraps.items()))
        parts = [f"keys {self.keys}", wraps, f"{self.destroyed:,} destroyed"]
        parts += [f"MISSING {self.missing}"] if self.missing else []
        parts += [f"only old backups need {self.unused}"] if self.unused else []
        return f"{self.room}: " + "; ".join(part for part in parts if part)


def room_states() -> list[RoomState]:
    """Each room's keys are counted in that room: no other sees them."""
    states = []
    for room in keyring.ROOMS:
        with identity.acting(identity.current(), room):
            states.append(_state(room.value))
    return states


def _state(room: str) -> RoomState:
    mine = RecordKey.objects.filter(room=room)
    held = mine.filter(destroyed_at=None).values_list("wrapped_by")
    return RoomState(
        room=room,
        keys=sorted(keyring.numbered(room)),
        wraps=dict(held.annotate(n=Count("pk"))),
        destroyed=mine.exclude(destroyed_at=None).count(),
    )
