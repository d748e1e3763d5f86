"""Silencing a record under a hold or an order."""

from django.db import connection

from ceasefire.access.retention.kept import Kept
from ceasefire.access.retention.models import Frozen, Hold, Order
from ceasefire.access.retention.refusals import in_words


def freeze(
    *, label: str, number: int, hold: Hold | None = None, order: Order | None = None,
    way: Frozen.Way = Frozen.Way.DESTROY,
) -> None:  # fmt: skip
    """Silence a record and what hangs on it. Doing it again changes nothing.

    Raises ObjectDoesNotExist for a record that is not there, or not the asker's to see.
    """
    with in_words(), connection.cursor() as cursor:
        # Without RETURNING: whoever freezes a record no longer reads it.
        cursor.execute(
            "INSERT INTO access_frozen (hold_id, order_id, label, number, way, root, done)"
            " VALUES (%s, %s, %s, %s, %s, true, false) ON CONFLICT DO NOTHING",
            [hold and hold.pk, order and order.pk, label, number, way],
        )


def freeze_record(record: Kept, **frame) -> None:
    freeze(label=record._meta.label_lower, number=record.pk, **frame)
