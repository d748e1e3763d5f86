"""A sealed text of a table that serves every room: it is sealed with the keys of its row's room."""

from ceasefire.access.partitions import Room
from ceasefire.access.sealing.envelope import SealingError
from ceasefire.access.sealing.fields import SealedTextField


class RoomSealedTextField(SealedTextField):
    """The row has a column `room`; its record key must be of that room."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"room": Room.AGGREGATE} | kwargs)

    def _record_key(self, instance):
        if instance.record_key_id is None or instance.record_key.room != instance.room:
            raise SealingError(f"{self} wants a record key of its row's room: record_key_make().")
        return instance.record_key

    def _about(self, instance) -> str:
        return f"{instance.room}/{instance._meta.db_table}/{self.column}/{instance.sealed_with}"
